// A database of one's own for a test file: made once, empty whenever a store is opened in it.
import type { Connection } from 'mongoose';
import mongoose from 'mongoose';
import { openMongoStore } from '../../src/store/mongo/open.js';
import type { Store } from '../../src/store/contract.js';
import { freshDatabase } from '../support/servers.js';
import type { OpenStore } from './contract-suite.js';

export interface MongoPlace {
  readonly url: string;
  /** Beside all stores, for looking and for breaking. */
  connection(): Promise<Connection>;
  /** Another process's store over the same rows, as they are. */
  beside(): Promise<Store>;
  /** A store over no rows. */
  open(): Promise<OpenStore>;
  /** The same, but all tests have one store: for tests that close none without opening it again. */
  openShared(): Promise<OpenStore>;
  drop(): Promise<void>;
}

export function mongoPlace(random: () => number = Math.random): MongoPlace {
  const { url, drop } = freshDatabase();
  let connecting: Promise<Connection> | undefined;
  const connection = () => (connecting ??= mongoose.createConnection(url, { autoIndex: false }).asPromise());
  const beside = () => openMongoStore({ url, random });
  let shared: OpenStore | undefined;
  return {
    url,
    connection,
    beside,
    open: async () => {
      await empty(await connection());
      return opened(beside);
    },
    openShared: async () => {
      await empty(await connection());
      shared ??= await opened(beside);
      return { ...shared, close: () => Promise.resolve() };
    },
    drop: async () => {
      await shared?.close();
      await (await connecting)?.close();
      await drop();
    },
  };
}

async function opened(open: () => Promise<Store>): Promise<OpenStore> {
  let store = await open();
  return {
    get store() {
      return store;
    },
    reopen: async () => {
      await store.close();
      store = await open();
      return store;
    },
    close: () => store.close(),
  };
}

/** Collections and indexes stay, and what says that they are there: making them takes longer than most tests. */
async function empty({ db }: Connection): Promise<void> {
  const all = (await db?.collections()) ?? [];
  await Promise.all(all.filter(({ collectionName }) => collectionName !== 'facts').map((one) => one.deleteMany({})));
  await db?.collection<{ _id: string }>('facts').deleteMany({ _id: { $nin: ['version', 'shape'] } });
}
