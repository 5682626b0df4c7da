/** The registers of the desk: numbers without gaps, found by keyed hashes. */
import type { EntryChange, NewEntry, RegisterEntry, RegisterName, Registers } from '../contract.js';
import type { Access, Tables } from './access.js';
import { carrying } from './index-keys.js';
import { Lanes } from './lanes.js';
import { again, lock } from './lock.js';
import { is } from './table.js';

const CHANGED = ['state', 'dueAt', 'caseNumber', 'conversation', 'sealed', 'changedAt'] as const;
const NEWEST = { id: -1 } as const;
const NOTHING = new Uint8Array();
const standing = is({ $ne: 'erased' });

export function registers(access: Access): Registers {
  const { alone, together } = access;
  // Those who would meet on the next number need not be tried again.
  const lanes = new Lanes();
  return {
    add: (entry, index) =>
      lanes.run(`${entry.register} ${entry.year}`, () =>
        together(
          (tables) => add(tables, entry, index),
          (tables) => tables.entries.get(entry.id),
        ),
      ),
    get: (id) => alone((tables) => tables.entries.get(id)),
    ofConversation: (conversation) => alone((tables) => tables.entries.one({ conversation })),
    ofCase: (caseNumber) => alone((tables) => tables.entries.all({ caseNumber }, NEWEST)),
    list: ({ register, states, numbered, limit, before }) => {
      const filter = {
        register,
        ...(before !== undefined && { id: is({ $lt: before }) }),
        ...(states && { state: is({ $in: states }) }),
        ...numbered,
      };
      return alone((tables) => tables.entries.all(filter, NEWEST, limit));
    },
    find: (keys, limit) => alone((tables) => find(tables, [...new Set(keys)], limit)),
    change: (id, expected, change) =>
      together(
        (tables) => alter(tables, id, expected, change),
        (tables) => isAltered(tables, id, expected, change),
      ),
    erase: (id, at) => together((tables) => erase(tables, id, at), again),
    counts: () => alone(counts),
  };
}

async function add(tables: Tables, entry: NewEntry, index: readonly string[]): Promise<RegisterEntry> {
  const { id, register, year, origin } = entry;
  await lock(tables, `register ${register} ${year}`);
  const there = (await tables.entries.get(id)) ?? (origin === null ? null : await tables.entries.one({ origin }));
  if (there) return there;
  const last = await tables.entries.one({ register, year }, { number: -1 });
  const row: RegisterEntry = {
    ...entry,
    answers: entry.answers === null ? null : await openLetter(tables, entry.answers),
    number: (last?.number ?? 0) + 1,
    version: 1,
    changedAt: entry.at,
    answeredBy: null,
  };
  await tables.entries.add(row);
  await addIndex(tables, id, index);
  if (row.answers !== null) await markAnswered(tables, row.answers, row);
  return row;
}

async function openLetter(tables: Tables, id: string): Promise<string | null> {
  return (await tables.entries.has({ id, register: 'incoming', state: standing })) ? id : null;
}

async function markAnswered(tables: Tables, letter: string, { id, at }: RegisterEntry): Promise<void> {
  const answered = { answeredBy: id, state: 'answered', changedAt: at };
  await tables.entries.change({ id: letter }, { $set: answered, $inc: { version: 1 } });
}

async function alter(tables: Tables, id: string, expected: number, change: EntryChange): Promise<boolean> {
  const columns = CHANGED.filter((column) => change[column] !== undefined);
  const $set = Object.fromEntries(columns.map((column) => [column, change[column]]));
  const changed = { $set, $inc: { version: 1 } };
  if (!(await tables.entries.change({ id, version: expected, state: standing }, changed))) return false;
  if (change.index) {
    await tables.entry_index.remove({ entry: id });
    await addIndex(tables, id, change.index);
  }
  return true;
}

/** By whoever asked for it: nobody else changes the same version at the same time to the same. */
async function isAltered(tables: Tables, id: string, expected: number, change: EntryChange): Promise<true | null> {
  const row = await tables.entries.get(id);
  const sealed = change.sealed === undefined || (row && Buffer.compare(row.sealed, change.sealed) === 0);
  return row?.version === expected + 1 && row.changedAt === change.changedAt && sealed ? true : null;
}

async function addIndex(tables: Tables, entry: string, index: readonly string[]): Promise<void> {
  await tables.entry_index.add(...[...new Set(index)].map((key) => ({ key, entry })));
}

async function erase(tables: Tables, id: string, at: number): Promise<void> {
  await tables.entry_index.remove({ entry: id });
  const bare = { dueAt: null, caseNumber: null, conversation: null, origin: null, sealed: NOTHING };
  const change = { $set: { ...bare, state: 'erased', changedAt: at }, $inc: { version: 1 } };
  await tables.entries.change({ id, state: standing }, change);
}

async function find(tables: Tables, keys: readonly string[], limit: number): Promise<RegisterEntry[]> {
  if (keys.length === 0) return [];
  const found = await tables.entry_index.aggregate<{ _id: string }>(carrying(keys, 'entry'));
  return tables.entries.all({ id: is({ $in: found.map(({ _id }) => _id) }) }, NEWEST, limit);
}

async function counts(tables: Tables): Promise<{ register: RegisterName; state: string; count: number }[]> {
  const counted = await tables.entries.aggregate<{ _id: { register: RegisterName; state: string }; count: number }>([
    { $group: { _id: { register: '$register', state: '$state' }, count: { $sum: 1 } } },
    { $sort: { '_id.register': 1, '_id.state': 1 } },
  ]);
  return counted.map(({ _id, count }) => ({ ..._id, count }));
}
