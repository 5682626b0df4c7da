// One thing that was taken in while the store was away: whom it concerns, and how it gets into the store.
import { Late, within } from '../observe/within.js';
import type { SpoolEntry } from '../spool/records.js';
import { StoreError } from '../store/contract.js';
import { accept } from './accept.js';
import { doorOf } from './door.js';
import type { House } from './house.js';
import { codeOf } from './log.js';
import { NewerRecord, type SpooledBody, type Traced } from './records.js';
import { keepUnreadable } from './unreadable.js';

/** How long a store that does not answer is waited for; milliseconds. */
export const STORE_WITHIN = 3_000;

/**
 * What concerns the same goes into the store in order. `order`: for what people say, its place among what other processes hold too: as the
 * provider counts, whose one clock is better than our several ones, else by when it came. Null: only the order of this process counts.
 */
export interface Concern {
  of: string;
  id: string;
  order: number | null;
}

/** `entry`: the id under which it lies in the spool. */
export function concernOf(house: House, body: SpooledBody, entry: string): Concern {
  if (body.kind === 'status') return { of: `status ${body.report.providerId}`, id: entry, order: null };
  if (body.kind === 'unreadable') return { of: 'unreadable', id: entry, order: null };
  const { channel, incoming, id, at, order = at } = body;
  const of = house.vault.hash('spooled', channel, incoming.account, incoming.user);
  return { of, id, order };
}

/** Null for an entry that nobody can read, which the operator is told. Rejects with a NewerRecord for one of a newer program, which will read it. */
export async function openEntry(house: House, entry: SpoolEntry): Promise<(SpooledBody & Traced) | null> {
  try {
    return await house.records.spooled.open('', entry.id, entry.sealed);
  } catch (error) {
    if (error instanceof NewerRecord) throw error;
    house.log('spool.unreadable', { id: entry.id, reason: codeOf(error) });
    return null;
  }
}

/**
 * Brings it into the store, where what was there before is known by its id; what can never be stored is put before staff, not lost.
 * False: the store is away.
 */
export async function storeEntry(house: House, body: SpooledBody & Traced): Promise<boolean> {
  try {
    await within(STORE_WITHIN, () => stored(house, body));
    return true;
  } catch (error) {
    if (isAway(error)) return false;
    return putAside(house, body, codeOf(error));
  }
}

const AWAY: ReadonlySet<string> = new Set(['failed', 'full', 'closed']);

/** A store that does not answer in time is away too. What was begun there goes on, and doing it twice does no harm. */
export function isAway(error: unknown): boolean {
  return error instanceof Late || (error instanceof StoreError && AWAY.has(error.code));
}

/** Goes on with the trace in which it was taken in. */
function stored(house: House, body: SpooledBody & Traced): Promise<void> {
  const facts = { 'sila.kind': body.kind };
  return house.traces.span('store', { from: body.trace, facts }, async () => {
    if (body.kind === 'message') await accept(house, body.channel, body.incoming, { id: body.id, at: body.at });
    else if (body.kind === 'status') await doorOf(house).status(body.report);
    else {
      const { channel, account, why, what } = body;
      await keepUnreadable(house, channel, { account, why, bytes: Buffer.from(what, 'base64') });
    }
  });
}

async function putAside(house: House, body: SpooledBody, reason: string): Promise<boolean> {
  house.log('spool.put_aside', { kind: body.kind, reason });
  const channel = body.kind === 'status' ? '' : body.channel;
  const bytes = Buffer.from(JSON.stringify(body));
  const account = body.kind === 'message' ? body.incoming.account : '';
  try {
    await keepUnreadable(house, channel, { account, bytes, why: 'spool' });
    return true;
  } catch (error) {
    if (!isAway(error)) throw error;
    return false;
  }
}
