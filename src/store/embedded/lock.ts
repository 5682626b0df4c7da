/** Keeps a second process out of a data folder. */
import { DatabaseSync } from '@photostructure/sqlite';
import { StoreError } from '../contract.js';
import { isBusy } from './errors.js';
import { join } from 'node:path';

type Connection = InstanceType<typeof DatabaseSync>;

/** The library closes a connection that nobody refers to when memory is collected, and the lock would go with it. */
const held = new Set<Connection>();

/** Milliseconds: two processes that start at the same instant must not refuse each other. */
const PATIENCE = 1_000;

/**
 * Takes the folder's lock; returns the function that gives it back. The lock is the operating system's, held through an open
 * transaction, so it dies with the process however that ends. `patience`: milliseconds to wait for it. Throws `StoreError('in_use')`.
 */
export function lockFolder(dir: string, patience = PATIENCE): () => void {
  const connection = new DatabaseSync(join(dir, 'lock.db'), { timeout: patience });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (!isBusy(error)) throw error;
    throw new StoreError(
      'in_use',
      `Another process uses the data folder ${dir}. Stop it, or set DATA_DIR to another folder.`,
    );
  }
  held.add(connection);
  return () => {
    held.delete(connection);
    connection.close();
  };
}

/** Whether a process holds the folder's lock now. */
export function isLocked(dir: string): boolean {
  try {
    lockFolder(dir)();
    return false;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'in_use') return true;
    throw error;
  }
}
