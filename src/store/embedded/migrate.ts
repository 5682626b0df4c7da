/** Brings a database file to the program's version, and refuses one that is ahead of it. */
import { DatabaseSync } from '@photostructure/sqlite';
import { existsSync } from 'node:fs';
import { StoreError } from '../contract.js';
import type { Database } from './database.js';

/**
 * Throws `StoreError('newer_data')` when the file was written by a newer program. Reads only: not even a checkpoint is made, so that
 * the newer program finds everything as it left it.
 */
export function refuseNewer(path: string, newest: number): void {
  if (!existsSync(path)) return;
  const connection = new DatabaseSync(path, { readOnly: true });
  try {
    const row = connection.prepare('PRAGMA user_version').get() as { user_version: number };
    if (row.user_version <= newest) return;
    throw new StoreError(
      'newer_data',
      `The data in ${path} has version ${row.user_version}, this program knows ${newest}. Start the newer program.`,
    );
  } finally {
    connection.close();
  }
}

/** Applies the migrations that the file lacks, each in a transaction of its own; a migration's number is its place, from 1. */
export function migrate(database: Database, migrations: readonly string[]): void {
  const current = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0);
  for (const [index, sql] of migrations.entries()) {
    if (index < current) continue;
    database.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}
