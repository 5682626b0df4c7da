/** Marks of a store that must not be worked with: see contract-portable. */
import type { Connection } from 'mongoose';
import { StoreError } from '../contract.js';
import type { Mark } from '../contract.js';
import { databaseOf } from './connect.js';

const CURES: Readonly<Record<Mark, string>> = {
  unfinished:
    'A restore or a move into this database did not end. Run the same command again, or drop the database and begin anew.',
  moved: 'The data of this database were moved elsewhere.',
};

/** The value of a fact; null when there is none. */
export async function factOf(connection: Connection, name: string): Promise<string | null> {
  const found = await databaseOf(connection).collection<{ _id: string; value: string }>('facts').findOne({ _id: name });
  return found?.value ?? null;
}

/** Rejects with a `StoreError` that has the mark as its code when the store carries one of these. */
export async function refuseMarked(connection: Connection, marks: readonly Mark[]): Promise<void> {
  for (const mark of marks) {
    if ((await factOf(connection, mark)) !== null) throw new StoreError(mark, CURES[mark]);
  }
}
