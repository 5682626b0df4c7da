/** How the parts of the store reach their collections: single rows alone, several together in one transaction. */
import type { ClientSession, Connection } from 'mongoose';
import { StoreError } from '../contract.js';
import type { Columns } from './columns.js';
import { storeError } from './errors.js';
import { modelsOf, TABLES } from './models.js';
import type { Models } from './models.js';
import { Order } from './order.js';
import { DEFINITIONS } from './schema.js';
import type { Definitions } from './schema.js';
import type { Sessions } from './sessions.js';
import { Table } from './table.js';
import { transaction } from './transaction.js';

export type Tables = { readonly [K in keyof Definitions]: Table<Definitions[K]['columns']> } & {
  /**
   * The first of `count` numbers of the store's order (columns `n` and `arrival`). Drawn beside the transaction, best before it reads anything:
   * they may leave gaps.
   */
  readonly next: (count?: number) => Promise<number>;
};

export interface Access {
  /** Reads, or one write of one row. Rejects with a `StoreError`. */
  readonly alone: <T>(work: (tables: Tables) => Promise<T>) => Promise<T>;
  /**
   * All that `work` writes, or nothing; it sees what is committed as of its first read. It may run several times, awaits one thing after
   * the other, and undoes everything by throwing. Rejects with what it threw or with a `StoreError`. `found` tells, from what is stored,
   * what a commit that was never answered gave (null: nothing); without it such a commit rejects.
   */
  readonly together: <T>(
    work: (tables: Tables) => Promise<T>,
    found?: (tables: Tables) => Promise<T | null>,
  ) => Promise<T>;
  /** Refuses what comes, and resolves when what is under way has ended. */
  readonly end: () => Promise<void>;
}

/**
 * Milliseconds, longer than all that the driver waits for by itself. It may wait for ever for a line that was destroyed a moment before it
 * wrote there (look-after.ts): whoever asked must not, for it holds a conversation or the sweep.
 */
const LONGEST = 120_000;

export function access(connection: Connection, sessions: Sessions, random: () => number): Access {
  const models = modelsOf(connection);
  const order = new Order((count) => draw(models, count));
  const tables = (session: ClientSession | null) => tablesOf(models, session, order);
  const outside = tables(null);
  const underWay = new Set<Promise<unknown>>();
  let ended = false;

  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    if (ended) throw new StoreError('closed', 'The store is closed.');
    const going = inTime(work());
    underWay.add(going);
    try {
      return await going;
    } catch (error) {
      throw storeError(error);
    } finally {
      underWay.delete(going);
    }
  };
  return {
    alone: (work) => run(() => work(outside)),
    together: (work, found) =>
      run(() =>
        sessions.use((session) =>
          transaction(session, random, {
            work: () => work(tables(session)),
            ...(found && { found: () => found(outside) }),
          }),
        ),
      ),
    end: async () => {
      ended = true;
      await Promise.allSettled(underWay);
    },
  };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new StoreError('failed', 'MongoDB was waited for too long.'));
    const timer = setTimeout(late, LONGEST).unref();
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function tablesOf(models: Models, session: ClientSession | null, order: Order): Tables {
  const bound = TABLES.map((name) => [name, new Table<Columns>(DEFINITIONS[name], models[name], session)]);
  return { ...Object.fromEntries(bound), next: (count?: number) => order.next(count) } as Tables;
}

async function draw(models: Models, count: number): Promise<number> {
  const sequences = new Table(DEFINITIONS.sequences, models.sequences, null);
  const on = () => sequences.changed({ name: 'order' }, { $inc: { last: count } });
  const row = await on();
  if (row) return row.last;
  await sequences.addNew({ name: 'order' });
  return (await on())?.last ?? draw(models, count);
}
