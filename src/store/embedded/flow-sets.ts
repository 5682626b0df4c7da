/** Compiled flow sets by hash, which one is current, and who stands where. */
import { StoreError } from '../contract.js';
import type { FlowSets } from '../contract.js';
import type { Access } from './access.js';

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
        database.run(`INSERT OR REPLACE INTO facts (name, value) VALUES ('flowSet', ?)`, [hash]);
      }),
    current: () =>
      read((database) => {
        const row = database.get(`SELECT value FROM facts WHERE name = 'flowSet'`);
        return row ? String(row['value']) : null;
      }),
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
