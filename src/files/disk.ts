/** Files on disk: written whole and synced, or not there. */
import { mkdir, open, readFile, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../store/contract.js';

/** Makes the folder if it is missing. */
export async function prepare(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
}

/** On disk, name and content, when it resolves. Rejects with `StoreError('full')` when there is no room; then nothing is left behind. */
export async function writeDurably(dir: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(dir, name);
  try {
    await writeSynced(path, bytes);
    await syncFolder(dir);
  } catch (error) {
    await removeFile(dir, name);
    throw isOneOf(error, ['ENOSPC', 'EDQUOT', 'EFBIG'])
      ? new StoreError('full', 'There is no room for a file.')
      : error;
  }
}

/** Null when there is no such file. */
export async function readWhole(dir: string, name: string): Promise<Buffer | null> {
  return readFile(join(dir, name)).catch(missing);
}

export async function removeFile(dir: string, name: string): Promise<void> {
  await unlink(join(dir, name)).catch(missing);
}

/** Names of files last written before a time. */
export async function writtenBefore(dir: string, time: number): Promise<string[]> {
  const names = await readdir(dir);
  const old = await Promise.all(
    names.map(async (name) => {
      const facts = await stat(join(dir, name)).catch(missing);
      return facts?.isFile() === true && facts.mtimeMs < time;
    }),
  );
  return names.filter((_, index) => old[index]);
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
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

function missing(error: unknown): null {
  if (isOneOf(error, ['ENOENT'])) return null;
  throw error;
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
