/** What belongs to no conversation, or to none yet: taken out by key, dropped by time and number. */
import type { Unclaimed, UnclaimedRow } from '../contract.js';
import type { Access, Tables } from './access.js';
import { is } from './table.js';

export function unclaimed({ alone, together }: Access): Unclaimed {
  return {
    keep: (row, most) =>
      together(
        (tables) => keep(tables, row, most),
        async (tables) => ((await tables.unclaimed.has({ id: row.id })) ? 0 : null),
      ),
    take: async (kind, key) => {
      // Nearly always there is nothing, and that costs no transaction.
      const found = await alone((tables) => under(tables, kind, key));
      return found.length === 0 ? [] : together((tables) => take(tables, kind, key));
    },
    list: (kind, limit) => alone((tables) => tables.unclaimed.all({ kind }, { at: -1, id: -1 }, limit)),
    drop: (kind, now) => alone((tables) => tables.unclaimed.remove({ kind, until: is({ $lte: now }) })),
  };
}

async function keep(tables: Tables, row: UnclaimedRow, most: number): Promise<number> {
  const { kind } = row;
  await tables.unclaimed.add(row);
  const spare = (await tables.unclaimed.count({ kind })) - most;
  if (spare <= 0) return 0;
  const oldest = await tables.unclaimed.all({ kind }, { at: 1, id: 1 }, spare);
  return tables.unclaimed.remove({ id: is({ $in: oldest.map(({ id }) => id) }) });
}

async function take(tables: Tables, kind: UnclaimedRow['kind'], key: string): Promise<UnclaimedRow[]> {
  const found = await under(tables, kind, key);
  await tables.unclaimed.remove({ id: is({ $in: found.map(({ id }) => id) }) });
  return found;
}

function under(tables: Tables, kind: UnclaimedRow['kind'], key: string): Promise<UnclaimedRow[]> {
  return tables.unclaimed.all({ kind, key }, { at: 1, id: 1 });
}
