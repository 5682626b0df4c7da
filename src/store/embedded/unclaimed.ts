/** What belongs to no conversation, or to none yet: taken out by key, dropped by time and number. */
import type { Unclaimed, UnclaimedRow } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';
import { unclaimed as rows } from './rows.js';

export function unclaimed({ read, write }: Access): Unclaimed {
  return {
    keep: (row, most) => write((database) => keep(database, row, most)),
    take: async (kind, key) => {
      // Nearly always there is nothing, and that costs no write.
      const found = await read((database) => under(database, kind, key));
      return found.length === 0 ? [] : write((database) => take(database, kind, key));
    },
    list: (kind, limit) =>
      read((database) =>
        database.all(`${rows.select} WHERE kind = ? ORDER BY at DESC, id DESC LIMIT ?`, [kind, limit]).map(rows.as),
      ),
    drop: async (kind, now) => {
      const over = 'unclaimed WHERE kind = ? AND until <= ?';
      const any = await read((database) => database.get(`SELECT 1 AS any FROM ${over} LIMIT 1`, [kind, now]));
      return any ? write((database) => database.run(`DELETE FROM ${over}`, [kind, now])) : 0;
    },
  };
}

function keep(database: Database, row: UnclaimedRow, most: number): number {
  database.insert('unclaimed', rows.columns, row);
  const newest = 'SELECT id FROM unclaimed WHERE kind = :kind ORDER BY at DESC, id DESC LIMIT :most';
  return database.run(`DELETE FROM unclaimed WHERE kind = :kind AND id NOT IN (${newest})`, { kind: row.kind, most });
}

function take(database: Database, kind: UnclaimedRow['kind'], key: string): UnclaimedRow[] {
  const found = under(database, kind, key);
  database.run('DELETE FROM unclaimed WHERE kind = ? AND "key" = ?', [kind, key]);
  return found;
}

function under(database: Database, kind: UnclaimedRow['kind'], key: string): UnclaimedRow[] {
  return database.all(`${rows.select} WHERE kind = ? AND "key" = ? ORDER BY at, id`, [kind, key]).map(rows.as);
}
