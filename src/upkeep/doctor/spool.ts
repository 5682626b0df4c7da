/** The spool: what was acknowledged while the store was away and still waits, what of it was damaged, and whether the key opens it. */
import { Vault } from '../../privacy/vault.js';
import { VaultError } from '../../privacy/vault-error.js';
import { lookIntoSpools } from '../../spool/look.js';
import type { SpoolEntry } from '../../spool/records.js';
import { heldKeys } from '../held-keys.js';
import { finding, type Finding } from './finding.js';
import type { Keyring } from './keys.js';

const MINUTE = 60_000;
/** Milliseconds that an entry may wait before somebody must look: by then the store is away for long, or no process empties the spool. */
const PATIENCE = 15 * MINUTE;

export interface SpoolNeeds {
  /** The folder of all spools. */
  spoolDir: string;
  /** Null: the store cannot be read, so nothing is opened. */
  keyring: Keyring | null;
  /** Null when none is set. */
  encryptionKeys: readonly Buffer[] | null;
  now: number;
}

/** Nothing where no process ever had a spool: one that works alone has none. */
export async function examineSpool({ spoolDir, now, ...keys }: SpoolNeeds): Promise<Finding[]> {
  const found = await lookIntoSpools(spoolDir);
  if (found === null) return [];
  const { entries, damaged } = found;
  const unopened = await unopenedOf(entries, keys);
  return [
    waiting(entries, now),
    damaged > 0 ? [finding('bad', 'spool_damaged', { count: damaged })] : [],
    unopened > 0 ? [finding('bad', 'spool_unopened', { count: unopened, of: entries.length })] : [],
  ].flat();
}

function waiting(entries: readonly SpoolEntry[], now: number): Finding {
  if (entries.length === 0) return finding('well', 'spool_empty');
  const age = now - Math.min(...entries.map(timeOf));
  const values = { count: entries.length, minutes: Math.max(0, Math.round(age / MINUTE)) };
  return finding(age > PATIENCE ? 'bad' : 'look', 'spool_waits', values);
}

/** Their ids are UUIDs of version 7: the first 48 bits are UTC milliseconds (RFC 9562, section 5.7). */
function timeOf({ id }: SpoolEntry): number {
  return parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

/** How many the key does not open; none where it cannot be known, which is told by what looks at the keys. */
async function unopenedOf(
  entries: readonly SpoolEntry[],
  { keyring, encryptionKeys }: Pick<SpoolNeeds, 'keyring' | 'encryptionKeys'>,
): Promise<number> {
  if (entries.length === 0 || !keyring || !encryptionKeys) return 0;
  if (!keyring.wrapped.has('intake')) return entries.length;
  try {
    const vault = await Vault.open({ keys: heldKeys(keyring.wrapped, []), encryptionKeys });
    let unopened = 0;
    for (const entry of entries) if (!(await opens(vault, entry))) unopened += 1;
    return unopened;
  } catch (error) {
    if (error instanceof VaultError) return 0;
    throw error;
  }
}

async function opens(vault: Vault, { id, sealed }: SpoolEntry): Promise<boolean> {
  try {
    await vault.open('intake', { table: 'spool', record: id, field: 'body' }, sealed);
    return true;
  } catch (error) {
    // What a newer program sealed is whole, and that one opens it.
    if (error instanceof VaultError) return error.code !== 'tampered';
    throw error;
  }
}
