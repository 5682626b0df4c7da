/** What a back-up says of itself: written last, so that a folder without it is not a back-up. */
import { createHash } from 'node:crypto';
import { open, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UpkeepError } from './failure.js';

/** Of the layout of folder and files. */
export const FORMAT = 1;
export const NAMES = { manifest: 'manifest.json', rows: 'rows.jsonl', index: 'files.jsonl', files: 'files' } as const;

const Sums = z.record(z.string(), z.object({ count: z.int(), checksum: z.string() }));
const Versions = z.object({ rows: z.int(), keys: z.int() });

const Manifest = z.object({
  format: z.int(),
  /** UTC milliseconds. */
  at: z.int(),
  /** What kept the rows at one moment. */
  moment: z.enum(['read_transaction', 'snapshot_session', 'transaction', 'alone']),
  versions: Versions,
  tables: Sums,
  /** Sealed files, their bytes, and those that a row names and that were not there. */
  files: z.object({ count: z.int(), bytes: z.int(), lost: z.array(z.string()) }),
  /** Name of the keys file that was written with it. */
  keys: z.string(),
});
export type Manifest = z.infer<typeof Manifest>;

/** What the last line of a keys file says. */
const KeyFacts = z.object({ format: z.int(), at: z.int(), versions: Versions, tables: Sums });
export type KeyFacts = z.infer<typeof KeyFacts>;

export function parseKeyFacts(facts: unknown, name: string): KeyFacts {
  return checked(KeyFacts, facts, name);
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const file = await open(join(folder, NAMES.manifest), 'wx', 0o600);
  try {
    await file.writeFile(written({ manifest, sha256: hashOf(JSON.stringify(manifest)) }));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Rejects with an `UpkeepError`: `nothing_there`, `cut_short` (a folder without a whole manifest), `damaged`, `newer`. */
export async function readManifest(folder: string): Promise<Manifest> {
  const names = await readdir(folder).catch(() => {
    throw new UpkeepError('nothing_there', folder);
  });
  if (!names.includes(NAMES.manifest)) {
    throw new UpkeepError(names.includes(NAMES.rows) || names.length === 0 ? 'cut_short' : 'nothing_there', folder);
  }
  const text = await readFile(join(folder, NAMES.manifest), 'utf8');
  const read = parsed(text);
  const whole = read && read.sha256 === hashOf(JSON.stringify(read.manifest)) && written(read) === text;
  if (!whole) throw new UpkeepError('damaged', NAMES.manifest);
  return checked(Manifest, read.manifest, NAMES.manifest);
}

function checked<T extends { format: number }>(shape: z.ZodType<T>, value: unknown, name: string): T {
  const format = z.object({ format: z.int() }).safeParse(value);
  if (format.success && format.data.format > FORMAT) throw new UpkeepError('newer', name);
  const read = shape.safeParse(value);
  if (!read.success) throw new UpkeepError('damaged', name);
  return read.data;
}

interface Signed {
  manifest: unknown;
  sha256: string;
}

function written(signed: Signed): string {
  return `${JSON.stringify(signed, null, 2)}\n`;
}

function parsed(text: string): Signed | null {
  try {
    const { manifest, sha256 } = JSON.parse(text) as Partial<Signed>;
    return typeof manifest === 'object' && typeof sha256 === 'string' ? { manifest, sha256 } : null;
  } catch {
    return null;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
