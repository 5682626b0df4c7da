// Messenger and Instagram (channels/messenger/) under the suite of every channel.
import { messengerContract } from '../providers/messenger-provider.js';
import { channelContract } from './contract-suite.js';

channelContract('messenger', messengerContract);
