// A thousand people write twenty numbered messages each, fast (channels/telegram/): none missing, none out of order, one conversation each.
import { describe } from 'vitest';
import { silaTests } from './contract-sila.js';
import { telegramContract } from './telegram-contract.js';

describe('telegram, a thousand runs', () => silaTests(telegramContract, 1_000));
