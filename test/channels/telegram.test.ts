// Telegram keeps the contract of channels/telegram/ with its provider.
import { channelContract } from './contract-suite.js';
import { telegramContract } from './telegram-contract.js';

channelContract('telegram', telegramContract);
