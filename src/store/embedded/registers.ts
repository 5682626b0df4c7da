/** The registers of the desk: numbers without gaps, found by keyed hashes. */
import type { EntryChange, NewEntry, RegisterEntry, RegisterName, Registers } from '../contract.js';
import type { Access } from './access.js';
import type { Database, Values } from './database.js';
import { entries as shape } from './rows.js';

const CHANGED = ['state', 'dueAt', 'caseNumber', 'conversation', 'sealed', 'changedAt'] as const;
const NEWEST = 'ORDER BY id DESC';

export function registers({ read, write }: Access): Registers {
  const rows = (tail: string, values: Values) =>
    read((database) => database.all(`${shape.select} ${tail}`, values).map(shape.as));
  const one = async (column: string, value: string) => (await rows(`WHERE ${column} = ? LIMIT 1`, [value]))[0] ?? null;
  return {
    add: (entry, index) => write((database) => add(database, entry, index)),
    get: (id) => one('id', id),
    ofConversation: (conversation) => one('conversation', conversation),
    ofCase: (caseNumber) => rows(`WHERE caseNumber = ? ${NEWEST}`, [caseNumber]),
    list: ({ register, states, numbered, limit, before = MOST }) =>
      rows(
        `WHERE register = :register AND id < :before
           AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))
           AND (:year IS NULL OR (year = :year AND number = :number)) ${NEWEST} LIMIT :limit`,
        {
          register,
          before,
          states: states ? JSON.stringify(states) : null,
          year: numbered?.year ?? null,
          number: numbered?.number ?? null,
          limit,
        },
      ),
    find: (keys, limit) => {
      const wanted = [...new Set(keys)];
      const tail = `WHERE id IN (SELECT entry FROM entry_index WHERE "key" IN (SELECT value FROM json_each(?))
        GROUP BY entry HAVING COUNT(*) = ?) ${NEWEST} LIMIT ?`;
      return wanted.length === 0 ? Promise.resolve([]) : rows(tail, [JSON.stringify(wanted), wanted.length, limit]);
    },
    change: (id, expected, change) => write((database) => alter(database, id, expected, change)),
    erase: (id, at) => write((database) => erase(database, id, at)),
    counts: () =>
      read((database) =>
        database
          .all(
            'SELECT register, state, COUNT(*) AS count FROM entries GROUP BY register, state ORDER BY register, state',
          )
          .map((row) => ({
            register: row['register'] as RegisterName,
            state: String(row['state']),
            count: Number(row['count']),
          })),
      ),
  };
}

/** Above every id. */
const MOST = '\u{10FFFF}';

function add(database: Database, entry: NewEntry, index: readonly string[]): RegisterEntry {
  const there = standing(database, entry);
  if (there) return there;
  const last = database.get('SELECT MAX(number) AS number FROM entries WHERE register = ? AND year = ?', [
    entry.register,
    entry.year,
  ]);
  const answered = entry.answers === null ? null : openLetter(database, entry.answers);
  const row: RegisterEntry = {
    ...entry,
    answers: answered,
    number: Number(last?.['number'] ?? 0) + 1,
    version: 1,
    changedAt: entry.at,
    answeredBy: null,
  };
  database.insert('entries', shape.columns, row);
  addIndex(database, entry.id, index);
  if (answered !== null) markAnswered(database, answered, row);
  return row;
}

/** The entry of this id, or else the newest of the same origin. */
function standing(database: Database, { id, origin }: NewEntry): RegisterEntry | null {
  const row = database.get(
    `${shape.select} WHERE id = :id OR (origin IS NOT NULL AND origin = :origin) ORDER BY id = :id DESC, id DESC`,
    { id, origin },
  );
  return row ? shape.as(row) : null;
}

function openLetter(database: Database, id: string): string | null {
  const found = database.get(`SELECT id FROM entries WHERE id = ? AND register = 'incoming' AND state <> 'erased'`, [
    id,
  ]);
  return found ? id : null;
}

function markAnswered(database: Database, letter: string, { id, at }: RegisterEntry): void {
  database.run(
    `UPDATE entries SET answeredBy = :id, state = 'answered', version = version + 1, changedAt = :at WHERE id = :letter`,
    { letter, id, at },
  );
}

function alter(database: Database, id: string, expected: number, { index, ...change }: EntryChange): boolean {
  const columns = CHANGED.filter((column) => change[column] !== undefined);
  const values = Object.fromEntries(columns.map((column) => [column, change[column] ?? null]));
  const changed = database.run(
    `UPDATE entries SET ${columns.map((column) => `${column} = :${column}`).join(', ')}, version = version + 1
     WHERE id = :id AND version = :expected AND state <> 'erased'`,
    { ...values, id, expected },
  );
  if (changed === 0) return false;
  if (index) {
    database.run('DELETE FROM entry_index WHERE entry = ?', [id]);
    addIndex(database, id, index);
  }
  return true;
}

function addIndex(database: Database, entry: string, index: readonly string[]): void {
  for (const key of index) database.insertNew('entry_index', ['key', 'entry'], { key, entry });
}

function erase(database: Database, id: string, at: number): void {
  database.run('DELETE FROM entry_index WHERE entry = ?', [id]);
  database.run(
    `UPDATE entries SET sealed = x'', state = 'erased', dueAt = NULL, caseNumber = NULL, conversation = NULL,
       origin = NULL, version = version + 1, changedAt = ? WHERE id = ? AND state <> 'erased'`,
    [at, id],
  );
}
