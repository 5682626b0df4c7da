/** What lies in the spools of a data folder, beside the processes that work with them: only read, never locked or mended. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, read, type SpoolEntry } from './records.js';
import { SPOOL_FILE } from './spool-folder.js';

export interface SpoolLook {
  entries: readonly SpoolEntry[];
  /** Places with bytes between good entries that are none (an end that was torn off was told to nobody as kept), and files of such bytes that a start put aside. */
  damaged: number;
}

/** `dir`: the folder of all spools. Null: there is none. */
export async function lookIntoSpools(dir: string): Promise<SpoolLook | null> {
  const names = await namesIn(dir);
  if (names === null) return null;
  const entries: SpoolEntry[] = [];
  let damaged = names.filter((name) => /^damaged-.*\.bin$/.test(name)).length;
  for (const place of names.filter((name) => /^\d+$/.test(name))) {
    const bytes = await readIfThere(join(dir, place, SPOOL_FILE));
    const reading = read(bytes);
    entries.push(...reading.places.flatMap(({ at, length }) => decode(bytes.subarray(at, at + length)) ?? []));
    damaged += reading.damaged.length;
  }
  return { entries, damaged };
}

async function namesIn(dir: string): Promise<string[] | null> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** A place without a file holds nothing yet. */
async function readIfThere(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
