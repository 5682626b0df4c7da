// The Bot Framework channel (channels/botframework/) under the suite of every channel, and the limits of each channel behind it.
import { describe } from 'vitest';
import { channelIds } from '../../channels/botframework/azure-channels.js';
import { contractOn } from '../providers/botframework-provider.js';
import { limitTests } from './contract-limits.js';
import { channelContract } from './contract-suite.js';

channelContract('botframework', contractOn('webchat'));

/** They carry the same, and the suite has seen it. */
const seen = ['webchat', 'directline', 'emulator'];
describe.each([...channelIds.filter((channel) => !seen.includes(channel)), 'groupme'])('to people on %s', (channel) =>
  limitTests(contractOn(channel)),
);
