/** What keeps a person's data from being erased for now. */
import type { Retentions } from '../contract.js';
import type { Access } from './access.js';

export function retentions({ alone }: Access): Retentions {
  return {
    put: (retention) => alone((tables) => tables.retentions.put(retention)),
    get: (address) => alone((tables) => tables.retentions.get(address)),
    lift: (address) =>
      alone(async (tables) => {
        await tables.retentions.remove({ address });
      }),
  };
}
