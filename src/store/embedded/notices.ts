/** Notices to staff. */
import type { NewNotice, Notice, Notices } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';
import { notices as shape } from './rows.js';

export function notices({ read, write }: Access): Notices {
  return {
    list: ({ unseen, limit }) =>
      read((database) => {
        const only = unseen ? 'WHERE seenAt IS NULL' : '';
        return database.all(`${shape.select} ${only} ORDER BY at DESC, id DESC LIMIT ?`, [limit]).map(shape.as);
      }),
    add: (notice) => write((database) => addNotice(database, notice)),
    seen: (id, at) =>
      write((database) => {
        database.run('UPDATE notices SET seenAt = ? WHERE id = ? AND seenAt IS NULL', [at, id]);
      }),
    untold: (way, query) => read((database) => untold(database, way, query)),
    told: (id, way, again) =>
      write((database) => {
        database.run(
          `INSERT INTO notices_told (notice, way, tries, again) VALUES (:id, :way, 1, :again)
           ON CONFLICT (notice, way) DO UPDATE SET tries = tries + 1, again = :again`,
          { id, way, again },
        );
      }),
  };
}

/** False when a notice with this id is there already. */
export function addNotice(database: Database, notice: NewNotice): boolean {
  return database.insertNew('notices', ['id', 'kind', 'conversation', 'caseNumber', 'at'], notice);
}

function untold(
  database: Database,
  way: string,
  { kinds, since, now, limit }: Parameters<Notices['untold']>[1],
): (Notice & { tries: number })[] {
  const columns = shape.columns.map((column) => `n.${column}`).join(', ');
  const rows = database.all(
    `SELECT ${columns}, COALESCE(t.tries, 0) AS tries FROM notices n LEFT JOIN notices_told t ON t.notice = n.id AND t.way = :way
     WHERE n.seenAt IS NULL AND n.at >= :since AND (t.notice IS NULL OR t.again <= :now)
       AND n.kind IN (SELECT value FROM json_each(:kinds))
     ORDER BY n.at, n.id LIMIT :limit`,
    { way, since, now, limit, kinds: JSON.stringify(kinds) },
  );
  return rows.map((row) => ({ ...shape.as(row), tries: Number(row['tries']) }));
}
