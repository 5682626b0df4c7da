/** Counters with an end, and leases. */
import type { Counters, Leases } from '../contract.js';
import type { Access, Tables } from './access.js';
import { is } from './table.js';

export function counters({ alone }: Access): Counters {
  return {
    hit: (key, windowMs, now) => alone((tables) => hit(tables, key, windowMs, now)),
    peek: (key, now) =>
      alone(async (tables) => (await tables.counters.one({ key, until: is({ $gt: now }) }))?.count ?? 0),
  };
}

/** Counts on, or begins: where another began it meanwhile, it counts on after all. */
async function hit(tables: Tables, key: string, windowMs: number, now: number): Promise<number> {
  for (;;) {
    const running = await tables.counters.changed({ key, until: is({ $gt: now }) }, { $inc: { count: 1 } });
    if (running) return running.count;
    const first = { count: 1, until: now + windowMs };
    if (await tables.counters.change({ key, until: is({ $lte: now }) }, { $set: first })) return 1;
    if (await tables.counters.addNew({ key, ...first })) return 1;
  }
}

export function leases({ alone }: Access): Leases {
  return {
    hold: (name, owner, now, until) =>
      alone(async (tables) => {
        const mine = { name, $or: [{ owner }, { until: is({ $lte: now }) }] };
        return (
          (await tables.leases.change(mine, { $set: { owner, until } })) || tables.leases.addNew({ name, owner, until })
        );
      }),
    holder: (name, now) =>
      alone(async (tables) => (await tables.leases.one({ name, until: is({ $gt: now }) }))?.owner ?? null),
    release: (name, owner) =>
      alone(async (tables) => {
        await tables.leases.remove({ name, owner });
      }),
  };
}
