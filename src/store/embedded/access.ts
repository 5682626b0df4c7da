/** How the parts of the store reach their file: reads at once, writes through the group. */
import type { Database } from './database.js';
import { storeError } from './errors.js';
import type { GroupWriter } from './group-writer.js';

export interface Access {
  /** Runs at once and sees only what is committed. Rejects with a `StoreError`. */
  readonly read: <T>(work: (database: Database) => T) => Promise<T>;
  /** Resolves once the change is on disk; see `GroupWriter.write`. */
  readonly write: <T>(work: (database: Database) => T) => Promise<T>;
}

export function access(database: Database, writer: GroupWriter): Access {
  return {
    read: (work) =>
      new Promise((resolve, reject) => {
        try {
          resolve(work(database));
        } catch (error) {
          reject(storeError(error));
        }
      }),
    write: (work) => writer.write(work),
  };
}
