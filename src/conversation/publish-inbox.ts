// The folder through which `npm run publish` hands a flow set to the running process, and gets its answer.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hashOf } from '../engine/language/hash.js';
import type { FlowSet } from '../engine/types.js';
import type { Publication } from './flow-sets.js';
import type { House } from './house.js';
import { codeOf } from './log.js';
import { publishSet } from './publish.js';

const request = z.object({
  v: z.literal(1),
  id: z.string().min(1).max(100),
  set: z.looseObject({ version: z.literal(1), hash: z.string(), charity: z.looseObject({ id: z.string() }) }),
});

/** What the command prints. `unreadable`: the file is damaged or of another version; `charity`: it is another one's. */
export type PublishAnswer = { id: string } & (Publication | { outcome: 'unreadable' | 'charity' });

const LEASE = 'publish';
/** Milliseconds; more than it takes. */
const HELD = 60_000;

/** The set that waits, as the command writes it. */
export interface PublishRequest {
  v: 1;
  id: string;
  set: FlowSet;
}

export const nextPath = (dir: string): string => join(dir, 'next.json');
export const resultPath = (dir: string): string => join(dir, 'result.json');

/** Written whole or not at all; readable by this account only. */
export function writeWhole(dir: string, path: string, value: unknown): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.part`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

/** Publishes or refuses the set that waits, if one does, and writes the answer. */
export async function lookForSet(house: House, dir: string): Promise<void> {
  if (readNext(dir) === undefined) return;
  const { store, owner, now } = house;
  // Processes that share the folder see it at the same moment: one of them answers.
  if (!(await store.leases.hold(LEASE, owner, now(), now() + HELD))) return;
  try {
    await take(house, dir);
  } finally {
    await store.leases.release(LEASE, owner);
  }
}

async function take(house: House, dir: string): Promise<void> {
  const text = readNext(dir);
  if (text === undefined) return;
  const answer = await answerTo(house, text);
  writeWhole(dir, resultPath(dir), answer);
  // A newer one that was put there meanwhile is looked at next time.
  if (readNext(dir) === text) rmSync(nextPath(dir), { force: true });
}

async function answerTo(house: House, text: string): Promise<PublishAnswer> {
  const given = parsed(text);
  if (!given) return refuse(house, 'unreadable', '');
  const { id, set } = given;
  const { hash, ...body } = set;
  if (hashOf(body) !== hash) return refuse(house, 'unreadable', id);
  if (set.charity.id !== house.charity.id) return refuse(house, 'charity', id);
  return { id, ...(await publishSet(house, set, false)) };
}

function parsed(text: string): PublishRequest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return request.safeParse(value).success ? (value as PublishRequest) : undefined;
  } catch {
    return undefined;
  }
}

function refuse(house: House, outcome: 'unreadable' | 'charity', id: string): PublishAnswer {
  house.log('flow_set.not_taken', { outcome });
  return { id, outcome };
}

function readNext(dir: string): string | undefined {
  try {
    return readFileSync(nextPath(dir), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'Error:ENOENT') return undefined;
    throw error;
  }
}
