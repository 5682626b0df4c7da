// WhatsApp (channels/whatsapp/) under the suite of every channel.
import { whatsappContract } from '../providers/graph-provider.js';
import { channelContract } from './contract-suite.js';

channelContract('whatsapp', whatsappContract);
