// A thousand people write twenty numbered messages each, fast: none missing, none out of order, one conversation each.
import { describe } from 'vitest';
import { contractOn } from '../providers/botframework-provider.js';
import { silaTests } from './contract-sila.js';

describe('botframework, a thousand runs', () => silaTests(contractOn('msteams'), 1_000));
