/** Counters with an end, and leases. */
import type { Counters, Leases } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';

export function counters({ read, write }: Access): Counters {
  return {
    hit: (key, windowMs, now) =>
      write((database) => {
        const row = database.get(
          `INSERT INTO counters ("key", count, until) VALUES (:key, 1, :now + :windowMs)
           ON CONFLICT DO UPDATE SET count = CASE WHEN until <= :now THEN 1 ELSE count + 1 END,
             until = CASE WHEN until <= :now THEN excluded.until ELSE until END
           RETURNING count`,
          { key, now, windowMs },
        );
        return Number(row?.['count']);
      }),
    peek: (key, now) =>
      read((database) => {
        const row = database.get('SELECT count FROM counters WHERE "key" = ? AND until > ?', [key, now]);
        return Number(row?.['count'] ?? 0);
      }),
  };
}

export function leases({ read, write }: Access): Leases {
  return {
    hold: (name, owner, now, until) =>
      write((database) => {
        const sql = `INSERT INTO leases (name, owner, until) VALUES (:name, :owner, :until)
          ON CONFLICT DO UPDATE SET owner = :owner, until = :until WHERE owner = :owner OR until <= :now`;
        return database.run(sql, { name, owner, now, until }) > 0;
      }),
    holder: (name, now) =>
      read((database) => {
        const row = database.get('SELECT owner FROM leases WHERE name = ? AND until > ?', [name, now]);
        return row ? String(row['owner']) : null;
      }),
    release: (name, owner) =>
      write((database) => {
        database.run('DELETE FROM leases WHERE name = ? AND owner = ?', [name, owner]);
      }),
  };
}

/** A lease does not outlive the process. */
export function forgetLeases(database: Database): void {
  database.run('DELETE FROM leases');
}
