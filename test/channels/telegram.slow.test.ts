// Twenty numbered messages, a thousand times, through channels/telegram/.
import { channelContract } from './contract-suite.js';
import { telegramContract } from './telegram-contract.js';

channelContract('telegram', telegramContract, 1_000);
