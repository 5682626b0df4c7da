/** Submissions and the cases that they become. */
import type { CaseRow, Cases, NewCaseEvent, Submission } from '../contract.js';
import type { Access, Tables } from './access.js';
import { carrying } from './index-keys.js';
import { again } from './lock.js';
import { put } from './mailbox.js';
import { addNotice } from './notices.js';
import { is } from './table.js';

const NEWEST = { openedAt: -1, number: -1 } as const;
const NOTHING = new Uint8Array();

export function cases(access: Access): Cases {
  const { alone, together } = access;
  return {
    ...submitted(access),
    open: (row, events, index, notice) =>
      together(
        async (tables) => {
          const opened = await tables.cases.addNew(row);
          if (opened) await fill(tables, row.number, events, index);
          if (opened) await addNotice(tables, notice);
          const handled = { $set: { handledAt: row.openedAt } };
          await tables.submissions.change({ number: row.number, handledAt: null }, handled);
          return opened;
        },
        async (tables) => {
          const stands = await tables.cases.get(row.number);
          return stands && Buffer.compare(stands.sealed, row.sealed) === 0;
        },
      ),
    append: (...change) =>
      together(
        (tables) => append(tables, ...change),
        (tables) => isAppended(tables, ...change),
      ),
    get: (number) => alone((tables) => tables.cases.get(number)),
    events: (number) => alone((tables) => tables.case_events.all({ number }, { version: 1 })),
    list: ({ status, limit, before = Number.MAX_SAFE_INTEGER }) => {
      const filter = { openedAt: is({ $lt: before }), ...(status !== undefined && { status }) };
      return alone((tables) => tables.cases.all(filter, NEWEST, limit));
    },
    of: (address) => alone((tables) => tables.cases.all({ address }, NEWEST)),
    find: (keys, limit) => alone((tables) => find(tables, [...new Set(keys)], limit)),
    erase: (number) => together((tables) => erase(tables, number), again),
    counts: () => alone(counts),
  };
}

function submitted({ alone }: Access): Pick<Cases, 'unhandled' | 'submission' | 'submissionsOf'> {
  return {
    unhandled: (limit) =>
      alone(async (tables) => (await tables.submissions.all({ handledAt: null }, { n: 1 }, limit)).map(asSubmission)),
    submission: (number) =>
      alone(async (tables) => {
        const row = await tables.submissions.get(number);
        return row && asSubmission(row);
      }),
    submissionsOf: (address) =>
      alone(async (tables) => (await tables.submissions.all({ address }, { n: -1 })).map(asSubmission)),
  };
}

function asSubmission({ n: _n, ...row }: Submission & { n: number }): Submission {
  return row;
}

async function fill(
  tables: Tables,
  number: string,
  events: readonly NewCaseEvent[],
  index: readonly string[],
): Promise<void> {
  await tables.case_events.add(...events.map((event) => ({ ...event, number })));
  await tables.case_index.add(...[...new Set(index)].map((key) => ({ key, number })));
}

type Append = Parameters<Cases['append']>;

async function append(tables: Tables, ...[number, expected, events, row, tell, into]: Append): Promise<boolean> {
  const { status, assignedTo, changedAt, sealed } = row;
  const change = { $set: { status, assignedTo, changedAt, sealed, version: versionAfter(expected, events) } };
  const changed = await tables.cases.changed({ number, version: expected }, change);
  if (!changed) return false;
  await fill(tables, number, events, []);
  // A person who was erased meanwhile is told nothing.
  const home = into ?? changed.conversation;
  if (tell && (await tables.conversations.has({ id: home }))) await put(tables, home, tell);
  return true;
}

/** Seals differ with every sealing: the event that stands is of this change, or of another's. */
async function isAppended(tables: Tables, ...[number, expected, events]: Append): Promise<true | null> {
  const version = versionAfter(expected, events);
  const mine = events.find((event) => event.version === version);
  const stands = await tables.case_events.get(number, version);
  return mine && stands && Buffer.compare(stands.sealed, mine.sealed) === 0 ? true : null;
}

function versionAfter(expected: number, events: readonly NewCaseEvent[]): number {
  return events.reduce((latest, event) => Math.max(latest, event.version), expected);
}

async function find(tables: Tables, keys: readonly string[], limit: number): Promise<CaseRow[]> {
  if (keys.length === 0) return [];
  const found = await tables.case_index.aggregate<{ _id: string }>(carrying(keys, 'number'));
  return tables.cases.all({ number: is({ $in: found.map(({ _id }) => _id) }) }, NEWEST, limit);
}

async function erase(tables: Tables, number: string): Promise<void> {
  await tables.case_index.remove({ number });
  await tables.case_events.remove({ number });
  await tables.cases.remove({ number });
  // The number and its run stay, so that the same run never files again; a submission without a body is not to be opened.
  const emptied = await tables.submissions.changed({ number }, { $set: { sealed: NOTHING } });
  if (emptied) await tables.submissions.change({ number, handledAt: null }, { $set: { handledAt: emptied.at } });
}

async function counts(tables: Tables): Promise<Record<string, number>> {
  const counted = await tables.cases.aggregate<{ _id: string; count: number }>([
    { $group: { _id: '$status', count: { $sum: 1 } } },
    { $sort: { _id: 1 } },
  ]);
  return Object.fromEntries(counted.map(({ _id, count }) => [_id, count]));
}
