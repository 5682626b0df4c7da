/** Rows of kept files; their bytes lie elsewhere. */
import type { Files } from '../contract.js';
import type { Access } from './access.js';
import { files as shape } from './rows.js';

export function files({ read, write }: Access): Files {
  return {
    add: (row) => write((database) => database.insert('files', shape.columns, row)),
    get: (id) =>
      read((database) => {
        const row = database.get(`${shape.select} WHERE id = ?`, [id]);
        return row ? shape.as(row) : null;
      }),
    attach: (id, caseNumber, caseSealed) =>
      write((database) => {
        database.run('UPDATE files SET caseNumber = ?, caseSealed = ? WHERE id = ?', [caseNumber, caseSealed, id]);
      }),
    ofOwner: (owner) =>
      read((database) => database.all(`${shape.select} WHERE owner = ? ORDER BY at, id`, [owner]).map(shape.as)),
    ofCase: (caseNumber) =>
      read((database) =>
        database.all(`${shape.select} WHERE caseNumber = ? ORDER BY at, id`, [caseNumber]).map(shape.as),
      ),
    remove: (id) =>
      write((database) => {
        database.run('DELETE FROM files WHERE id = ?', [id]);
      }),
    ids: () => read((database) => database.all('SELECT id FROM files ORDER BY id').map((row) => String(row['id']))),
  };
}
