/** Rows of kept files; their bytes lie elsewhere. */
import type { Files } from '../contract.js';
import type { Access } from './access.js';

const OLDEST = { at: 1, id: 1 } as const;

export function files({ alone }: Access): Files {
  return {
    add: (row) => alone((tables) => tables.files.add(row)),
    get: (id) => alone((tables) => tables.files.get(id)),
    attach: (id, caseNumber, caseSealed) =>
      alone(async (tables) => {
        await tables.files.change({ id }, { $set: { caseNumber, caseSealed } });
      }),
    ofOwner: (owner) => alone((tables) => tables.files.all({ owner }, OLDEST)),
    ofCase: (caseNumber) => alone((tables) => tables.files.all({ caseNumber }, OLDEST)),
    remove: (id) =>
      alone(async (tables) => {
        await tables.files.remove({ id });
      }),
    ids: () =>
      alone(async (tables) => {
        const rows = await tables.files.aggregate<{ _id: string }>([{ $project: { _id: 1 } }, { $sort: { _id: 1 } }]);
        return rows.map(({ _id }) => _id);
      }),
  };
}
