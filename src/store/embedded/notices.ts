/** Notices to staff. */
import type { NewNotice, Notices } from '../contract.js';
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
  };
}

/** False when a notice with this id is there already. */
export function addNotice(database: Database, notice: NewNotice): boolean {
  return database.insertNew('notices', ['id', 'kind', 'conversation', 'caseNumber', 'at'], notice);
}
