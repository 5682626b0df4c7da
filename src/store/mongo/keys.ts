/** Wrapped data keys and what was erased, in collections that no transaction shares with other rows: they may be backed up apart. */
import { StoreError } from '../contract.js';
import type { Keys } from '../contract.js';
import type { Access, Tables } from './access.js';
import { again } from './lock.js';
import { is } from './table.js';

export function keys({ alone, together }: Access): Keys {
  return {
    putIfAbsent: (subject, wrapped) => alone((tables) => putIfAbsent(tables, subject, wrapped)),
    get: (subject) => alone((tables) => wrappedKey(tables, subject)),
    destroy: async (subject, at) => {
      await together(async (tables) => {
        await tables.erasures.addNew({ subject, at });
        await tables.keys.remove({ subject });
      }, again);
      // A key that was put while this went on: whoever put it looks for the erasure afterwards, this one looks for the key.
      await alone((tables) => tables.keys.remove({ subject }));
    },
    destroyed: () => alone((tables) => tables.erasures.all({}, { at: 1, subject: 1 })),
    subjects: (after, limit) =>
      alone(async (tables) => {
        const rows = await tables.keys.all({ subject: is({ $gt: after ?? '' }) }, { subject: 1 }, limit);
        return rows.map(({ subject }) => subject);
      }),
    replace: (subject, from, to) =>
      alone((tables) => tables.keys.change({ subject, wrapped: Buffer.from(from) }, { $set: { wrapped: to } })),
  };
}

async function putIfAbsent(tables: Tables, subject: string, wrapped: Uint8Array): Promise<Uint8Array> {
  await refuseErased(tables, subject);
  await tables.keys.addNew({ subject, wrapped });
  await refuseErased(tables, subject);
  return (await wrappedKey(tables, subject)) ?? wrapped;
}

async function refuseErased(tables: Tables, subject: string): Promise<void> {
  if (!(await tables.erasures.has({ subject }))) return;
  await tables.keys.remove({ subject });
  throw new StoreError('not_found', 'The key of this subject was destroyed.');
}

async function wrappedKey(tables: Tables, subject: string): Promise<Uint8Array | null> {
  return (await tables.keys.get(subject))?.wrapped ?? null;
}
