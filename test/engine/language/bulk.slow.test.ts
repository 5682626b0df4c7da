/** The compiler before the largest files that it takes, and one step more. */
import { bulkTests } from './bulk.js';

bulkTests(1);
