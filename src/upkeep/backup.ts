/**
 * Writes a back-up while the program runs: rows of one moment, the sealed files that they name, then the keys. Data keys only ever go by an
 * erasure, so keys that are read after the rows open all of them but what was erased meanwhile, and that stands in the list beside them.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs, PortableRow, PortableSource } from '../store/contract.js';
import { lineOf, Summers, type Sum } from './canonical.js';
import { UpkeepError } from './failure.js';
import { LineWriter, syncFolder } from './line-file.js';
import { FORMAT, NAMES, writeManifest, type Manifest } from './manifest.js';
import { keysFiles, stampOf, timeOf } from './places.js';
import { stillNamed } from './references.js';

export interface BackupNeeds {
  /** Opens the store for reading, as it stands then. */
  open: () => Promise<PortableSource>;
  blobs: Blobs;
  /** Folder of all back-ups: `rows/<time>` and `keys/<time>.jsonl` are made below it. */
  to: string;
  /** Keys files older than this, in days, are removed once a newer one is there. */
  keepKeys: number;
  now: () => number;
}

export interface BackupReport {
  /** The folder of rows and files, and the keys file. */
  folder: string;
  keys: string;
  tables: Readonly<Record<string, Sum>>;
  keyTables: Readonly<Record<string, Sum>>;
  files: Manifest['files'];
  /** Keys files that were removed because their time is over. */
  dropped: number;
}

const DAY = 24 * 60 * 60 * 1000;
const PART = '.part';

/** Whole, on disk and under its name when it resolves. Rejects with an `UpkeepError` (`unfinished`, `name_taken`) or a `StoreError`. */
export async function backup(needs: BackupNeeds): Promise<BackupReport> {
  const at = needs.now();
  const source = await needs.open();
  try {
    if ((await source.mark('unfinished')) !== null) throw new UpkeepError('unfinished', 'source');
    const folder = join(needs.to, 'rows', stampOf(at));
    if (existsSync(folder)) throw new UpkeepError('name_taken', folder);
    await makeFolder(`${folder}${PART}`);
    const { tables, files } = await writeRows(needs, source, `${folder}${PART}`);
    const keys = await writeKeys(needs, source, at);
    const { versions, moment } = source;
    await writeManifest(`${folder}${PART}`, { format: FORMAT, at, moment, versions, tables, files, keys: keys.name });
    await rename(`${folder}${PART}`, folder);
    await syncFolder(join(needs.to, 'rows'));
    const dropped = await dropOldKeys(needs, at);
    return { folder, keys: keys.path, tables, keyTables: keys.tables, files, dropped };
  } finally {
    await source.close();
  }
}

/** The keys alone: often, small, and all that is needed to make older back-ups forget who was erased since. */
export async function backupKeys(
  needs: Omit<BackupNeeds, 'blobs'>,
): Promise<Pick<BackupReport, 'keys' | 'keyTables' | 'dropped'>> {
  const source = await needs.open();
  try {
    if ((await source.mark('unfinished')) !== null) throw new UpkeepError('unfinished', 'source');
    const at = needs.now();
    const { path, tables } = await writeKeys(needs, source, at);
    return { keys: path, keyTables: tables, dropped: await dropOldKeys(needs, at) };
  } finally {
    await source.close();
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(join(folder, '..'), { recursive: true, mode: 0o700 });
    await mkdir(folder, { mode: 0o700 });
    await mkdir(join(folder, NAMES.files), { mode: 0o700 });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new UpkeepError('name_taken', folder);
    throw error;
  }
}

async function writeRows(
  needs: BackupNeeds,
  source: PortableSource,
  folder: string,
): Promise<Pick<Manifest, 'tables' | 'files'>> {
  const rows = await LineWriter.create(join(folder, NAMES.rows));
  const summers = new Summers();
  const keep = async (table: string, row: PortableRow) => {
    const line = lineOf(table, row);
    summers.open(table).add(line);
    await rows.add(line);
  };
  for (const { name, part } of source.tables) {
    if (part !== 'rows' || name === 'files') continue;
    summers.open(name);
    for await (const page of source.pages(name, null)) for (const row of page) await keep(name, row);
  }
  summers.open('files');
  const files = await copyFiles(needs, source, folder, (row) => keep('files', row));
  await rows.end(null);
  return { tables: summers.sums, files };
}

/** A file whose row went since the moment of the rows is left out with its row; one whose row still stands is lost, and is named. */
async function copyFiles(
  { blobs, open }: BackupNeeds,
  source: PortableSource,
  folder: string,
  keep: (row: PortableRow) => Promise<void>,
): Promise<Manifest['files']> {
  const index = await LineWriter.create(join(folder, NAMES.index));
  const missing = new Map<string, PortableRow>();
  let [count, bytes] = [0, 0];
  for await (const page of source.pages('files', null)) {
    for (const row of page) {
      const id = String(row['id']);
      const sealed = await blobs.get(id);
      if (!sealed) {
        missing.set(id, row);
        continue;
      }
      await writeFile(join(folder, NAMES.files, id), sealed, { flag: 'wx', mode: 0o600, flush: true });
      await index.add(JSON.stringify([id, sealed.length, createHash('sha256').update(sealed).digest('hex')]));
      await keep(row);
      count += 1;
      bytes += sealed.length;
    }
  }
  const lost = missing.size > 0 ? await stillNamed(open, new Set(missing.keys())) : [];
  for (const id of lost) await keep(missing.get(id) ?? {});
  await syncFolder(join(folder, NAMES.files));
  await index.end(null);
  return { count, bytes, lost };
}

async function writeKeys(
  { to }: Pick<BackupNeeds, 'to'>,
  source: PortableSource,
  at: number,
): Promise<{ name: string; path: string; tables: Record<string, Sum> }> {
  const name = `${stampOf(at)}.jsonl`;
  const path = join(to, 'keys', name);
  await mkdir(join(to, 'keys'), { recursive: true, mode: 0o700 });
  const file = await LineWriter.create(path);
  const summers = new Summers();
  for (const table of source.tables.filter(({ part }) => part === 'keys')) {
    const summer = summers.open(table.name);
    for await (const page of source.pages(table.name, null)) {
      for (const row of page) {
        const line = lineOf(table.name, row);
        summer.add(line);
        await file.add(line);
      }
    }
  }
  await file.end({ format: FORMAT, at, versions: source.versions, tables: summers.sums });
  return { name, path, tables: summers.sums };
}

/** Never the newest: it opens every older back-up of rows, but for those who were erased. */
async function dropOldKeys({ to, keepKeys }: Pick<BackupNeeds, 'to' | 'keepKeys'>, now: number): Promise<number> {
  const all = await keysFiles(join(to, 'keys'));
  const old = all.slice(0, -1).filter((name) => timeOf(name) < now - keepKeys * DAY);
  for (const name of old) await unlink(join(to, 'keys', name));
  return old.length;
}
