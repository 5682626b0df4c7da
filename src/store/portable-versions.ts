/** The versions of rows and keys as this program takes them along; both stores call columns alike, so they count together. */
import type { PortableVersions } from './contract-portable.js';
import { KEY_MIGRATIONS, MIGRATIONS } from './embedded/schema.js';

export const LATEST: PortableVersions = { rows: MIGRATIONS.length, keys: KEY_MIGRATIONS.length };
