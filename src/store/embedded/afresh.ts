/** What is looked at and done before a store that nobody else can be at work on is opened. */
import { StoreError } from '../contract.js';
import type { Mark } from '../contract.js';
import { forgetOwners } from './conversations.js';
import { forgetLeases } from './counters.js';
import type { Database } from './database.js';
import { forgetClaims } from './messages.js';

const CURES: Readonly<Record<Mark, string>> = {
  unfinished: 'A restore into this folder did not end. Run the same restore again, or empty the folder and begin anew.',
  moved: 'These data were moved to MongoDB, and people went on there: set MONGODB_URL and REDIS_URL.',
};

/** Throws `StoreError` with the mark as its code when the store carries one of these. */
export function refuseMarked(database: Database, marks: readonly Mark[]): void {
  for (const mark of marks) {
    if (database.get('SELECT 1 FROM facts WHERE name = ?', [mark])) throw new StoreError(mark, CURES[mark]);
  }
}

/** The lock proves that nobody else is at work: what a former process held is free at once. */
export function startAfresh(database: Database): void {
  database.exec('BEGIN IMMEDIATE');
  forgetOwners(database);
  forgetClaims(database);
  forgetLeases(database);
  database.exec('COMMIT');
}
