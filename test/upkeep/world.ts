// Installations in throw-away folders, their back-ups, and what came out of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { onTestFinished } from 'vitest';
import { blobsOnDisk } from '../../src/files/disk.js';
import { openEmbeddedPortable, readEmbedded } from '../../src/store/embedded/portable.js';
import { LATEST } from '../../src/store/portable-versions.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import type { PortableRow, PortableSource } from '../../src/store/contract.js';
import { backup, type BackupReport } from '../../src/upkeep/backup.js';
import { Summers, lineOf, type Sum } from '../../src/upkeep/canonical.js';
import { restore, type RestoreNeeds, type RestoreReport } from '../../src/upkeep/restore.js';
import { KEY } from '../conversation/harness.js';

/** An empty folder, gone when the test ends. */
export function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sila-upkeep-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A back-up of an embedded installation, beside whoever runs on it. */
export function backUp(dir: string, to: string, now: number, keepKeys = 14): Promise<BackupReport> {
  const open = () => Promise.resolve(readEmbedded({ dir }));
  return backup({ open, blobs: blobsOnDisk(join(dir, 'files')), to, keepKeys, now: () => now });
}

export function restoreNeeds(from: string, dir: string, keys: string | null = null): RestoreNeeds {
  return {
    ...{ from, keys, latest: LATEST, encryptionKeys: [KEY] },
    openTarget: (versions) => Promise.resolve(openEmbeddedPortable({ dir, versions })),
    openStore: () => openEmbeddedStore({ dir, unfinished: true }),
    blobs: () => Promise.resolve(blobsOnDisk(join(dir, 'files'))),
  };
}

export function restoreInto(from: string, dir: string, keys: string | null = null): Promise<RestoreReport> {
  return restore(restoreNeeds(from, dir, keys));
}

/** Works on what stands in a folder, beside whoever runs on it. */
export async function reading<T>(dir: string, work: (source: PortableSource) => Promise<T>): Promise<T> {
  const source = readEmbedded({ dir });
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

export async function allRows(source: PortableSource, table: string): Promise<PortableRow[]> {
  const rows: PortableRow[] = [];
  for await (const page of source.pages(table, null)) rows.push(...page);
  return rows;
}

/** Count and checksum of every table. */
export async function sumsOf(source: PortableSource): Promise<Record<string, Sum>> {
  const summers = new Summers();
  for (const { name } of source.tables) {
    const summer = summers.open(name);
    for (const row of await allRows(source, name)) summer.add(lineOf(name, row));
  }
  return summers.sums;
}

/**
 * Where `earlier` is no prefix of what `later` came to. In the embedded store messages are numbered in the order of their commits, so that
 * all conversations together must be one; in MongoDB numbers are drawn beside the commits, so that each is looked at alone.
 */
export async function prefixFaults(earlier: PortableSource, later: PortableSource, together = true): Promise<string[]> {
  const faults: string[] = [];
  const [was, became] = await Promise.all([saidIn(earlier), saidIn(later)]);
  const compare = (name: string, some: readonly PortableRow[], all: readonly PortableRow[]) => {
    if (!some.every((row, place) => isDeepStrictEqual(told(row), told(all[place])))) faults.push(name);
  };
  if (together) compare('all messages', was, became);
  for (const { id, seq } of await allRows(earlier, 'conversations')) {
    const of = (rows: readonly PortableRow[]) =>
      rows.filter(({ conversation }) => conversation === id).sort((a, b) => Number(a['seq']) - Number(b['seq']));
    compare(`messages of ${String(id)}`, of(was), of(became));
    if (Number(of(was).at(-1)?.['seq'] ?? 0) !== seq || of(was).length !== seq) faults.push(`seq of ${String(id)}`);
  }
  const turns = new Map((await allRows(later, 'turns')).map((row) => [row['id'], lineOf('turns', row)]));
  for (const row of await allRows(earlier, 'turns'))
    if (turns.get(String(row['id'])) !== lineOf('turns', row)) faults.push(`turn ${String(row['id'])}`);
  return faults;
}

async function saidIn(source: PortableSource): Promise<PortableRow[]> {
  return (await allRows(source, 'messages')).sort((a, b) => Number(a['n']) - Number(b['n']));
}

function told(row: PortableRow | undefined): unknown[] {
  return ['n', 'id', 'conversation', 'seq', 'sealed'].map((column) => {
    const cell = row?.[column];
    return cell instanceof Uint8Array ? Buffer.from(cell).toString('base64') : cell;
  });
}
