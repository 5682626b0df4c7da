/** Reads a back-up through before anything is written: every byte as it was, and the keys those that its rows need. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { PortableVersions } from '../store/contract.js';
import { parseLine, Summers, type Sum } from './canonical.js';
import { UpkeepError } from './failure.js';
import { factsOf } from './line-file.js';
import { NAMES, parseKeyFacts, readManifest, type KeyFacts, type Manifest } from './manifest.js';
import { subjectOf } from './subjects.js';

export interface Verified {
  manifest: Manifest;
  /** Of the keys file. */
  keys: KeyFacts;
  /** Data keys by subject, wrapped. */
  wrapped: ReadonlyMap<string, Uint8Array>;
  erasures: readonly { subject: string; at: number }[];
}

/** Rejects with an `UpkeepError`: `nothing_there`, `cut_short`, `damaged`, `newer`, `other_keys`. */
export async function verify(folder: string, keysFile: string, latest: PortableVersions): Promise<Verified> {
  const manifest = await readManifest(folder);
  const keyring = await readKeyring(keysFile);
  for (const { versions } of [manifest, keyring.facts]) {
    if (versions.rows > latest.rows || versions.keys > latest.keys) throw new UpkeepError('newer', folder);
  }
  const needed = await verifyRows(folder, manifest);
  await verifyFiles(folder, manifest);
  const erased = new Set(keyring.erasures.map(({ subject }) => subject));
  const without = [...needed].filter((subject) => !keyring.wrapped.has(subject) && !erased.has(subject));
  if (without.length > 0) throw new UpkeepError('other_keys', keysFile);
  return { manifest, keys: keyring.facts, wrapped: keyring.wrapped, erasures: keyring.erasures };
}

const IndexLine = z.tuple([z.string(), z.int(), z.string()]);

/** Name, length in bytes and SHA-256 (hex) of a sealed file. Throws `UpkeepError('damaged')`. */
export function parseIndexLine(line: string): { id: string; bytes: number; sha256: string } {
  try {
    const [id, bytes, sha256] = IndexLine.parse(JSON.parse(line));
    return { id, bytes, sha256 };
  } catch {
    throw new UpkeepError('damaged', NAMES.index);
  }
}

async function readKeyring(path: string): Promise<{ facts: KeyFacts } & Pick<Verified, 'wrapped' | 'erasures'>> {
  const wrapped = new Map<string, Uint8Array>();
  const erasures: { subject: string; at: number }[] = [];
  const summers = new Summers();
  const end = await factsOf(path, (line) => {
    const { table, row } = parseLine(line);
    summers.open(table).add(line);
    const subject = String(row['subject']);
    if (table === 'erasures') erasures.push({ subject, at: Number(row['at']) });
    else if (row['wrapped'] instanceof Uint8Array) wrapped.set(subject, row['wrapped']);
  });
  const facts = parseKeyFacts(end, path);
  compare(facts.tables, summers, path);
  return { facts, wrapped, erasures };
}

/** Subjects whose keys the rows need. */
async function verifyRows(folder: string, manifest: Manifest): Promise<Set<string>> {
  const needed = new Set<string>();
  const summers = new Summers();
  await factsOf(join(folder, NAMES.rows), (line) => {
    const { table, row } = parseLine(line);
    summers.open(table).add(line);
    const subject = subjectOf(table, row);
    if (subject !== null) needed.add(subject);
  });
  compare(manifest.tables, summers, NAMES.rows);
  return needed;
}

async function verifyFiles(folder: string, { files }: Manifest): Promise<void> {
  const listed: ReturnType<typeof parseIndexLine>[] = [];
  await factsOf(join(folder, NAMES.index), (line) => listed.push(parseIndexLine(line)));
  if (listed.length !== files.count) throw new UpkeepError('damaged', NAMES.index);
  for (const { id, sha256 } of listed) {
    if ((await hashOf(join(folder, NAMES.files, id))) !== sha256)
      throw new UpkeepError('damaged', join(NAMES.files, id));
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new UpkeepError('cut_short', path);
    throw error;
  }
  return hash.digest('hex');
}

/** Two lists of sums say the same; a table that one lacks has no rows. */
function compare(said: Readonly<Record<string, Sum>>, summers: Summers, what: string): void {
  for (const table of Object.keys(said)) summers.open(table);
  const found = summers.sums;
  for (const table of Object.keys(found)) {
    if (said[table]?.count !== found[table]?.count || said[table]?.checksum !== found[table]?.checksum) {
      throw new UpkeepError('damaged', what);
    }
  }
}
