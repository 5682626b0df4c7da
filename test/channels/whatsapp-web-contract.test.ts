// whatsapp-web.js (channels/whatsapp-web/) under what every channel promises, as far as a channel without a webhook can.
import { describe } from 'vitest';
import { begunContract, webContract } from '../providers/whatsapp-web-provider.js';
import { limitTests } from './contract-limits.js';
import { silaTests } from './contract-sila.js';

describe('whatsapp-web keeps the channel contract', () => {
  limitTests(begunContract());
  silaTests(webContract(), 5);
});
