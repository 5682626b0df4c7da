/** Models of scripts and tests, by the hash of what they learned; the last four are kept. */
import { join } from 'node:path';

export const modelFolder = join('node_modules', '.cache', 'sila-models');
