// A thousand people write twenty numbered messages each, fast: none missing, none out of order, one conversation each.
import { describe } from 'vitest';
import { whatsappContract } from '../providers/graph-provider.js';
import { silaTests } from './contract-sila.js';

describe('whatsapp, a thousand runs', () => silaTests(whatsappContract, 1_000));
