/** Sealed files: each row has one, each has a row, and some, drawn at random, still hold what was kept. */
import { digestKeyOf, openContent, openMeta } from '../../files/sealed-file.js';
import { Vault } from '../../privacy/vault.js';
import { VaultError } from '../../privacy/vault-error.js';
import type { Blobs, FileRow, PortableRow, PortableSource } from '../../store/contract.js';
import { heldKeys } from '../held-keys.js';
import { eachRow, stillNamed } from '../references.js';
import { finding, type Finding } from './finding.js';
import type { Keyring } from './keys.js';

const DAY = 24 * 60 * 60 * 1000;
/** The clock of whoever wrote a file may be ahead of this one. */
const YEAR = 365 * DAY;
/** Files that are opened. */
const SAMPLE = 25;

export interface FilesNeeds {
  source: PortableSource;
  /** Opens the store again, for a second look. */
  open: () => Promise<PortableSource>;
  blobs: Blobs;
  keyring: Keyring;
  /** Null: files are looked for, not into. */
  encryptionKeys: readonly Buffer[] | null;
  now: number;
  /** 0 ≤ x < 1. */
  random: () => number;
}

export async function examineFiles(needs: FilesNeeds): Promise<Finding[]> {
  const rows: FileRow[] = [];
  await eachRow(needs.source, 'files', (row) => rows.push(rowOf(row)));
  const ids = new Set(rows.map(({ id }) => id));
  const there = new Set(await needs.blobs.writtenBefore(needs.now + YEAR));
  const missing = rows.filter(({ id }) => !there.has(id)).map(({ id }) => id);
  const lost = missing.length > 0 ? await stillNamed(needs.open, new Set(missing)) : [];
  const orphans = (await needs.blobs.writtenBefore(needs.now - DAY)).filter((name) => !ids.has(name));
  const sample = drawn(
    rows.filter(({ id }) => there.has(id)),
    needs.random,
  );
  const damaged = await damagedIn(sample, needs);
  return [
    lost.length > 0 ? [finding('bad', 'files_lost', { count: lost.length, of: rows.length })] : [],
    damaged === null || damaged.length === 0 ? [] : [finding('bad', 'files_damaged', { ids: damaged.join(', ') })],
    orphans.length > 0 ? [finding('look', 'files_orphaned', { count: orphans.length })] : [],
    lost.length + (damaged?.length ?? 0) > 0
      ? []
      : [finding('well', 'files_there', { count: rows.length, opened: damaged ? sample.length : 0 })],
  ].flat();
}

/** Ids of files that do not hold what was kept; null when nothing can be opened. */
async function damagedIn(sample: readonly FileRow[], needs: FilesNeeds): Promise<string[] | null> {
  const { keyring, encryptionKeys, blobs } = needs;
  if (!encryptionKeys || keyring.wrapped.size === 0) return null;
  const damaged: string[] = [];
  try {
    const vault = await Vault.open({ keys: heldKeys(keyring.wrapped, []), encryptionKeys });
    for (const row of sample) if (!(await holds(row, vault, blobs))) damaged.push(row.id);
  } catch (error) {
    // Told by what looks at the keys.
    if (error instanceof VaultError && error.code === 'wrong_key') return null;
    throw error;
  }
  return damaged;
}

/** Also true when nobody may open it any more, or it was removed meanwhile. */
async function holds(row: FileRow, vault: Vault, blobs: Blobs): Promise<boolean> {
  try {
    const meta = await openMeta(vault, row);
    const sealed = meta && (await blobs.get(row.id));
    return !sealed || digestKeyOf(vault, openContent(meta, row.id, sealed)) === row.digestKey;
  } catch (error) {
    if (error instanceof VaultError && error.code === 'tampered') return false;
    throw error;
  }
}

function drawn(rows: readonly FileRow[], random: () => number): FileRow[] {
  const left = [...rows];
  const sample: FileRow[] = [];
  while (left.length > 0 && sample.length < SAMPLE) sample.push(...left.splice(Math.floor(random() * left.length), 1));
  return sample;
}

function rowOf(row: PortableRow): FileRow {
  const bytes = (column: string) => (row[column] instanceof Uint8Array ? row[column] : null);
  return {
    ...{ id: String(row['id']), owner: String(row['owner']), bytes: Number(row['bytes']), mime: String(row['mime']) },
    ...{ digestKey: String(row['digestKey']), at: Number(row['at']), sealed: bytes('sealed') ?? new Uint8Array() },
    caseNumber: row['caseNumber'] === null ? null : String(row['caseNumber']),
    caseSealed: bytes('caseSealed'),
  };
}
