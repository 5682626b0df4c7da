/** Group commit: everything submitted in one tick shares one transaction and one sync of the disk. */
import { StoreError } from '../contract.js';
import { isSyncFailure, storeError } from './errors.js';
import type { Database } from './database.js';

/** Most jobs of one transaction, so that a flood does not keep the event loop from its other work. */
const MOST = 512;

interface Job {
  /** Does the work; the function it returns hands over the result and is called after COMMIT. */
  run(database: Database): () => void;
  reject(error: Error): void;
}

export class GroupWriter {
  readonly #database: Database;
  #waiting: Job[] = [];
  #refusal: StoreError | null = null;
  #lastFailed = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Runs `work` in a savepoint of the tick's transaction; resolves with its value once that is on disk. `work` must not await. When it
   * throws, only its own changes are undone and only its caller sees the error. When the disk is full or COMMIT fails, every caller
   * of the group is rejected and nothing of the group stands.
   */
  write<T>(work: (database: Database) => T): Promise<T> {
    if (this.#refusal) return Promise.reject(this.#refusal);
    return new Promise<T>((resolve, reject) => {
      const run = (database: Database) => {
        const value = work(database);
        return () => resolve(value);
      };
      this.#waiting.push({ run, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  /** False from a failed transaction until the next that succeeds. */
  get healthy(): boolean {
    return !this.#lastFailed && !this.#refusal;
  }

  /** Commits what waits, then refuses everything. */
  close(): void {
    while (this.#waiting.length > 0) this.#flush();
    this.#refusal ??= new StoreError('closed', 'The store is closed.');
  }

  #flush(): void {
    const group = this.#waiting.splice(0, MOST);
    if (this.#waiting.length > 0) setImmediate(() => this.#flush());
    if (group.length === 0) return;
    let results: (() => void)[];
    try {
      results = this.#commit(group);
    } catch (error) {
      this.#abandon(group, storeError(error));
      return;
    }
    this.#lastFailed = false;
    for (const deliver of results) deliver();
  }

  #commit(group: Job[]): (() => void)[] {
    this.#database.run('BEGIN IMMEDIATE');
    const results = group.map((job) => this.#runJob(job));
    this.#database.run('COMMIT');
    return results;
  }

  #runJob(job: Job): () => void {
    this.#database.run('SAVEPOINT job');
    try {
      const deliver = job.run(this.#database);
      this.#database.run('RELEASE job');
      return deliver;
    } catch (error) {
      const failure = storeError(error);
      // SQLite may have undone the whole transaction by itself (disk full, I/O error): then nothing of the group can stand.
      if (!this.#database.inTransaction || isFull(failure)) throw failure;
      this.#database.run('ROLLBACK TO job');
      this.#database.run('RELEASE job');
      return () => job.reject(failure);
    }
  }

  #abandon(group: Job[], failure: Error): void {
    this.#lastFailed = true;
    if (this.#database.inTransaction) this.#database.run('ROLLBACK');
    if (isSyncFailure(failure)) {
      this.#refusal = new StoreError(
        'failed',
        'The disk refused to sync. Check it, then restart: nothing more is taken.',
      );
    }
    for (const job of group) job.reject(failure);
  }
}

function isFull(error: Error): boolean {
  return error instanceof StoreError && error.code === 'full';
}
