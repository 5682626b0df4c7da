/** Sealed files in a folder: written whole and synced, or not there. */
import { mkdirSync } from 'node:fs';
import { open, readFile, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../store/contract.js';
import type { Blobs } from '../store/contract.js';

/** Under this name until it is whole. A blob's name does not begin with it. */
const PART = '.part-';

/** Makes the folder if it is missing. */
export function blobsOnDisk(dir: string): Blobs {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return {
    put: (name, bytes) => put(dir, name, bytes),
    get: (name) => readFile(join(dir, name)).catch(missing),
    drop: (name) => remove(join(dir, name)),
    writtenBefore: (time) => writtenBefore(dir, time),
  };
}

async function put(dir: string, name: string, bytes: Uint8Array): Promise<void> {
  const [part, path] = [join(dir, `${PART}${name}`), join(dir, name)];
  if ((await stat(path).catch(missing)) !== null) throw new StoreError('failed', 'There is a file of this name.');
  try {
    await writeSynced(part, bytes);
    await rename(part, path);
    await syncFolder(dir);
  } catch (error) {
    for (const left of [part, path]) await remove(left);
    throw isOneOf(error, ['ENOSPC', 'EDQUOT', 'EFBIG'])
      ? new StoreError('full', 'There is no room for a file.')
      : error;
  }
}

async function writtenBefore(dir: string, time: number): Promise<string[]> {
  const names = await readdir(dir);
  const old = await Promise.all(
    names.map(async (name) => {
      const facts = await stat(join(dir, name)).catch(missing);
      return facts?.isFile() === true && facts.mtimeMs < time;
    }),
  );
  return names.filter((_, index) => old[index]);
}

/** What a crash left of an earlier try is written over. */
async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch(missing);
}

function missing(error: unknown): null {
  if (isOneOf(error, ['ENOENT'])) return null;
  throw error;
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
