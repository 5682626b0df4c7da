// A thousand people write twenty numbered messages each, fast: none missing, none out of order, one conversation each.
import { describe } from 'vitest';
import { webContract } from '../providers/whatsapp-web-provider.js';
import { silaTests } from './contract-sila.js';

describe('whatsapp-web, a thousand runs', () => silaTests(webContract(), 1_000));
