/** Compiled flow sets by hash, which one is current, and who stands where. */
import { StoreError } from '../contract.js';
import type { FlowSets } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';

export function flowSets({ read, write }: Access): FlowSets {
  return {
    put: (hash, body, at) =>
      write((database) => {
        database.insertNew('flow_sets', ['hash', 'body', 'at'], { hash, body, at });
      }),
    get: (hash) =>
      read((database) => {
        const row = database.get('SELECT body FROM flow_sets WHERE hash = ?', [hash]);
        return row ? String(row['body']) : null;
      }),
    setCurrent: (hash) =>
      write((database) => {
        const known = database.get('SELECT 1 FROM flow_sets WHERE hash = ?', [hash]);
        if (!known) throw new StoreError('not_found', 'There is no flow set with this hash.');
        const line = lineOf(database);
        if (line.at(-1) === hash) return;
        const write = `INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)`;
        database.run(write, ['flowSet', hash]);
        database.run(write, ['flowSetLine', JSON.stringify([...line, hash])]);
      }),
    current: () => read((database) => fact(database, 'flowSet')),
    line: () => read(lineOf),
    standing: () =>
      read((database) =>
        database
          .all(
            `SELECT flowSet, flow, step, COUNT(*) AS count FROM conversations
             WHERE flowSet IS NOT NULL AND flow IS NOT NULL AND step IS NOT NULL
             GROUP BY flowSet, flow, step ORDER BY flowSet, flow, step`,
          )
          .map((row) => ({
            flowSet: String(row['flowSet']),
            flow: String(row['flow']),
            step: String(row['step']),
            count: Number(row['count']),
          })),
      ),
  };
}

/** A folder of before there was a line has its current set only. */
function lineOf(database: Database): string[] {
  const line = fact(database, 'flowSetLine');
  if (line !== null) return JSON.parse(line) as string[];
  const current = fact(database, 'flowSet');
  return current === null ? [] : [current];
}

function fact(database: Database, name: string): string | null {
  const row = database.get('SELECT value FROM facts WHERE name = ?', [name]);
  return row ? String(row['value']) : null;
}
