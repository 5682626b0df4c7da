/** The claim of a message: which one is to be sent next, and that no other is under way. */
import type { Access, Tables } from './access.js';
import type { RowOf } from './columns.js';
import { addNotice } from './notices.js';
import type { Definitions } from './schema.js';
import { is } from './table.js';

type Row = RowOf<Definitions['messages']['columns']>;

interface Plan {
  readonly expired: readonly Row[];
  readonly first: Row | null;
  /** The first of all, where it waits for the person and lets another pass. */
  readonly passed: Row | null;
}

/** See `Messages.claim`. Looks first: nearly always one look tells that there is nothing to do, and costs no transaction. */
export async function claim(
  { alone, together }: Access,
  conversation: string,
  now: number,
  staleBefore: number,
): Promise<Row | null> {
  const look = async (tables: Tables) => planOf(await unsent(tables, conversation), now, staleBefore);
  const { expired, first } = await alone(look);
  if (expired.length === 0 && !first) return null;
  return together(async (tables) => carryOut(tables, await look(tables), now));
}

function unsent(tables: Tables, conversation: string): Promise<Row[]> {
  return tables.messages.all({ state: is({ $in: ['queued', 'sending'] }), conversation }, { seq: 1 });
}

/** Of what is unsent in a conversation, in order of seq. */
function planOf(rows: readonly Row[], now: number, staleBefore: number): Plan {
  const left = ({ state, claimedAt }: Row) => state === 'sending' && claimedAt !== null && claimedAt < staleBefore;
  const over = (row: Row) => row.expiresAt !== null && row.expiresAt <= now && (row.state === 'queued' || left(row));
  const standing = rows.filter((row) => !over(row));
  const first = standing.find((row) => !waits(row, now)) ?? null;
  const busy = standing.some((row) => row.state === 'sending' && !left(row));
  const itsTime = first && (left(first) || (first.nextAttemptAt ?? now) <= now);
  const [lowest = null] = standing;
  const goes = itsTime && !busy;
  return { expired: rows.filter(over), first: goes ? first : null, passed: goes && lowest !== first ? lowest : null };
}

/** What waits for the person lets others pass: a template may go while it waits. */
function waits({ state, error, nextAttemptAt }: Row, now: number): boolean {
  return state === 'queued' && error === 'window_closed' && (nextAttemptAt ?? now) > now;
}

/**
 * Two who claim at once must write to one row, or both would go: each writes to the first that stands, also where it only passes it. The
 * later of the two is tried again and sees what the other did.
 */
async function carryOut(tables: Tables, { expired, first, passed }: Plan, now: number): Promise<Row | null> {
  for (const row of expired) await expire(tables, row, now);
  if (passed) await tables.messages.change({ id: passed.id }, { $inc: { passed: 1 } });
  if (!first) return null;
  return tables.messages.changed(
    { id: first.id },
    { $set: { state: 'sending', claimedAt: now, nextAttemptAt: null }, $inc: { attempts: 1, sendFence: 1 } },
  );
}

async function expire(tables: Tables, { id, conversation }: Row, now: number): Promise<void> {
  await tables.messages.change({ id }, { $set: { state: 'expired', nextAttemptAt: null, error: null } });
  await addNotice(tables, {
    ...{ id: `send_failed.${id}`, kind: 'send_failed' },
    ...{ conversation, caseNumber: null, at: now },
  });
}
