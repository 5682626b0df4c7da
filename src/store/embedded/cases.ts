/** Submissions and the cases that they become. */
import type { CaseRow, Cases, NewCaseEvent, NewItem } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';
import { put } from './mailbox.js';
import { addNotice } from './notices.js';
import { caseEvents, cases as shape, submissions } from './rows.js';

export function cases({ read, write }: Access): Cases {
  const rows = (tail: string, values: (string | number)[]) =>
    read((database) => database.all(`${shape.select} ${tail}`, values).map(shape.as));
  return {
    ...submitted({ read }),
    open: (row, events, index, notice) =>
      write((database) => {
        const opened = database.insertNew('cases', shape.columns, row);
        if (opened) addEvents(database, row.number, events);
        if (opened) addIndex(database, row.number, index);
        if (opened) addNotice(database, notice);
        database.run('UPDATE submissions SET handledAt = COALESCE(handledAt, ?) WHERE number = ?', [
          row.openedAt,
          row.number,
        ]);
        return opened;
      }),
    append: (number, expected, events, row, tell, into) =>
      write((database) =>
        append(database, { number, expected, events, row, ...(tell && { tell }), into: into ?? null }),
      ),
    get: async (number) => (await rows('WHERE number = ?', [number]))[0] ?? null,
    events: (number) =>
      read((database) =>
        database.all(`${caseEvents.select} WHERE number = ? ORDER BY version`, [number]).map(caseEvents.as),
      ),
    list: ({ status, limit, before = Number.MAX_SAFE_INTEGER }) =>
      status === undefined
        ? rows('WHERE openedAt < ? ORDER BY openedAt DESC, number DESC LIMIT ?', [before, limit])
        : rows('WHERE status = ? AND openedAt < ? ORDER BY openedAt DESC, number DESC LIMIT ?', [
            status,
            before,
            limit,
          ]),
    of: (address) => rows('WHERE address = ? ORDER BY openedAt DESC, number DESC', [address]),
    find: (keys, limit) => {
      const wanted = [...new Set(keys)];
      const tail = `WHERE number IN (SELECT number FROM case_index WHERE "key" IN (SELECT value FROM json_each(?))
        GROUP BY number HAVING COUNT(*) = ?) ORDER BY openedAt DESC, number DESC LIMIT ?`;
      return wanted.length === 0 ? Promise.resolve([]) : rows(tail, [JSON.stringify(wanted), wanted.length, limit]);
    },
    erase: (number) => write((database) => erase(database, number)),
    counts: () =>
      read((database) => {
        const counted = database.all('SELECT status, COUNT(*) AS count FROM cases GROUP BY status');
        return Object.fromEntries(counted.map((row) => [String(row['status']), Number(row['count'])]));
      }),
  };
}

function submitted({ read }: Pick<Access, 'read'>): Pick<Cases, 'unhandled' | 'submission' | 'submissionsOf'> {
  const rows = (tail: string, values: (string | number)[]) =>
    read((database) => database.all(`${submissions.select} ${tail}`, values).map(submissions.as));
  return {
    unhandled: (limit) => rows('WHERE handledAt IS NULL ORDER BY n LIMIT ?', [limit]),
    submission: async (number) => (await rows('WHERE number = ?', [number]))[0] ?? null,
    submissionsOf: (address) => rows('WHERE address = ? ORDER BY n DESC', [address]),
  };
}

interface Change {
  number: string;
  expected: number;
  events: NewCaseEvent[];
  row: Pick<CaseRow, 'status' | 'assignedTo' | 'changedAt' | 'sealed'>;
  tell?: NewItem;
  into: string | null;
}

function append(database: Database, { number, expected, events, row, tell, into }: Change): boolean {
  const version = events.reduce((latest, event) => Math.max(latest, event.version), expected);
  const changed = database.run(
    `UPDATE cases SET status = :status, assignedTo = :assignedTo, changedAt = :changedAt, sealed = :sealed, version = :version
     WHERE number = :number AND version = :expected`,
    { ...row, number, expected, version },
  );
  if (changed === 0) return false;
  addEvents(database, number, events);
  if (tell) tellPerson(database, number, tell, into);
  return true;
}

/** A person who was erased meanwhile is told nothing. */
function tellPerson(database: Database, number: string, item: NewItem, into: string | null): void {
  const conversation = database.get(
    'SELECT c.id FROM cases k JOIN conversations c ON c.id = COALESCE(?, k.conversation) WHERE k.number = ?',
    [into, number],
  );
  if (conversation) put(database, String(conversation['id']), item);
}

function addEvents(database: Database, number: string, events: readonly NewCaseEvent[]): void {
  for (const event of events) database.insert('case_events', caseEvents.columns, { ...event, number });
}

function addIndex(database: Database, number: string, index: readonly string[]): void {
  for (const key of index) database.insertNew('case_index', ['key', 'number'], { key, number });
}

function erase(database: Database, number: string): void {
  database.run('DELETE FROM case_index WHERE number = ?', [number]);
  database.run('DELETE FROM case_events WHERE number = ?', [number]);
  database.run('DELETE FROM cases WHERE number = ?', [number]);
  // The number and its run stay, so that the same run never files again; a submission without a body is not to be opened.
  database.run(`UPDATE submissions SET sealed = x'', handledAt = COALESCE(handledAt, at) WHERE number = ?`, [number]);
}
