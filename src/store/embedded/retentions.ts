/** What keeps a person's data from being erased for now. */
import type { Retentions } from '../contract.js';
import type { Access } from './access.js';
import { retentions as shape } from './rows.js';

export function retentions({ read, write }: Access): Retentions {
  const lift = (address: string) =>
    write((database) => {
      database.run('DELETE FROM retentions WHERE address = ?', [address]);
    });
  return {
    put: (retention) =>
      write((database) => {
        database.run('DELETE FROM retentions WHERE address = ?', [retention.address]);
        database.insert('retentions', shape.columns, retention);
      }),
    get: (address) =>
      read((database) => {
        const row = database.get(`${shape.select} WHERE address = ?`, [address]);
        return row ? shape.as(row) : null;
      }),
    lift,
  };
}
