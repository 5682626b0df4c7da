/** Dropping what is over, and the numbers for metrics. */
import type { Access, Tables } from './access.js';
import type { RowOf } from './columns.js';
import { again } from './lock.js';
import { tidyLessons } from './questions.js';
import type { Definitions } from './schema.js';
import { is } from './table.js';
import type { Filter } from './table.js';

const DAY = 24 * 60 * 60 * 1000;
/** Providers repeat a message for up to seven days; its key is kept for eight. */
const DEDUPE_KEPT = 8 * DAY;
/** A link that was used or ran out is told apart from a wrong one for a day. */
const UPLOADS_KEPT = DAY;

/** What waits for the person's next message is in nobody's hands here. */
const OUTBOX: Filter<RowOf<Definitions['messages']['columns']>> = {
  ...{ state: is({ $in: ['queued', 'sending'] }), error: is({ $ne: 'window_closed' }) },
};

/** Each is over by itself, so nothing need go together. */
export async function tidy({ alone, together }: Access, now: number): Promise<void> {
  const over = is({ $lte: now });
  await alone((tables) => tables.dedupe.remove({ at: is({ $lt: now - DEDUPE_KEPT }) }));
  await alone((tables) => tables.counters.remove({ until: over }));
  await alone((tables) => tables.leases.remove({ until: over }));
  await alone((tables) => tables.staff_sessions.remove({ expiresAt: over }));
  // Used codes stay as the proof of a link.
  await alone((tables) => tables.codes.remove({ usedAt: null, expiresAt: over }));
  await alone((tables) => tables.unclaimed.remove({ kind: 'unreadable', until: over }));
  await together(tidyLessons, again);
  await alone((tables) => tables.uploads.remove({ expiresAt: is({ $lte: now - UPLOADS_KEPT }) }));
}

export function stats({ alone }: Access): Promise<Record<string, number>> {
  return alone(async (tables) => {
    const counted = Object.entries(counts(tables)).map(async ([name, count]) => [name, await count] as const);
    return Object.fromEntries(await Promise.all(counted));
  });
}

function counts(tables: Tables): Record<string, Promise<number>> {
  return {
    conversations: tables.conversations.count({}),
    conversations_waiting_for_staff: tables.conversations.count({ hold: 'waiting' }),
    mailbox: tables.mailbox.count({ reason: null }),
    quarantined: tables.mailbox.count({ reason: is({ $ne: null }) }),
    unreadable: tables.unclaimed.count({ kind: 'unreadable' }),
    outbox: tables.messages.count({ state: is({ $in: ['queued', 'sending'] as const }) }),
    submissions_unhandled: tables.submissions.count({ handledAt: null }),
    cases: tables.cases.count({}),
    files: tables.files.count({}),
    notices_unseen: tables.notices.count({ seenAt: null }),
    mailbox_oldest_at: oldest(tables.mailbox.one({ reason: null }, { at: 1 })),
    outbox_oldest_at: oldest(tables.messages.one(OUTBOX, { at: 1 })),
  };
}

async function oldest(row: Promise<{ at: number } | null>): Promise<number> {
  return (await row)?.at ?? 0;
}

/** Whether a write is acknowledged as all others are: by a majority, on disk. */
export async function healthy({ alone }: Access): Promise<boolean> {
  try {
    await alone(probe);
    return true;
  } catch {
    return false;
  }
}

async function probe({ sequences }: Tables): Promise<void> {
  const name = 'probe';
  if (!(await sequences.change({ name }, { $inc: { last: 1 } }))) await sequences.addNew({ name });
}
