/** How back-ups are named, and which is the newest. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UpkeepError } from './failure.js';
import { NAMES } from './manifest.js';

const STAMP = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z/;

/** A time in UTC as the name of a file: sorted as text, it is sorted by time. */
export function stampOf(at: number): string {
  return new Date(at).toISOString().replace(/[:.]/g, '-');
}

/** The time in a name of ours; Infinity where there is none, so that a foreign file is never old. */
export function timeOf(name: string): number {
  const [, day, hours, minutes, seconds, ms] = STAMP.exec(name) ?? [];
  return day === undefined ? Infinity : Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
}

/** Names of the whole keys files in a folder, oldest first. */
export async function keysFiles(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => STAMP.test(name) && name.endsWith('.jsonl'));
}

/**
 * The back-up that is meant by a folder: itself, or the newest of those in it; and the keys file to open it with: the newest, for that one
 * knows of every erasure. Rejects with `UpkeepError('nothing_there')`.
 */
export async function choose(from: string, keys: string | null): Promise<{ folder: string; keys: string }> {
  const folder = await backupIn(from);
  if (keys !== null) return { folder, keys };
  const beside = join(dirname(dirname(folder)), 'keys');
  const newest = (await keysFiles(beside)).at(-1);
  if (newest === undefined) throw new UpkeepError('nothing_there', beside);
  return { folder, keys: join(beside, newest) };
}

async function backupIn(from: string): Promise<string> {
  const own = await namesIn(from);
  if (own.includes(NAMES.rows) || own.includes(NAMES.manifest)) return from;
  const within = basename(from) === 'rows' ? from : join(from, 'rows');
  const newest = (await namesIn(within)).filter((name) => STAMP.test(name) && name.endsWith('Z')).at(-1);
  if (newest === undefined) throw new UpkeepError('nothing_there', from);
  return join(within, newest);
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}
