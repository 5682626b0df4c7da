// Installations in throw-away folders, their back-ups, and what came out of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { blobsOnDisk } from '../../src/files/disk.js';
import { openEmbeddedPortable, readEmbedded } from '../../src/store/embedded/portable.js';
import { KEY_MIGRATIONS, MIGRATIONS } from '../../src/store/embedded/schema.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import type { PortableRow, PortableSource } from '../../src/store/contract.js';
import { backup, type BackupReport } from '../../src/upkeep/backup.js';
import { Summers, lineOf, type Sum } from '../../src/upkeep/canonical.js';
import { restore, type RestoreNeeds, type RestoreReport } from '../../src/upkeep/restore.js';
import { KEY } from '../conversation/harness.js';

export const LATEST = { rows: MIGRATIONS.length, keys: KEY_MIGRATIONS.length };

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
