// A thousand people write twenty numbered messages each, fast: none missing, none out of order, one conversation each.
import { describe } from 'vitest';
import { messengerContract } from '../providers/messenger-provider.js';
import { silaTests } from './contract-sila.js';

describe('messenger, a thousand runs', () => silaTests(messengerContract, 1_000));
