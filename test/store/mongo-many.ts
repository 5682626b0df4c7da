// Several stores over one database, as several processes have them: made anew, over no rows, before each test.
import { afterAll, afterEach, beforeEach } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import { mongoPlace } from './mongo-place.js';
import type { MongoPlace } from './mongo-place.js';

export interface ManyStores {
  readonly place: MongoPlace;
  readonly stores: readonly Store[];
  /** The first of them. */
  readonly store: Store;
  /** All of them at the same time. */
  readonly each: <T>(work: (store: Store, n: number) => Promise<T>) => Promise<T[]>;
}

/** To be called within a `describe`. */
export function manyStores(processes: number): ManyStores {
  const place = mongoPlace();
  let stores: Store[] = [];
  beforeEach(async () => {
    await (await place.open()).close();
    stores = await Promise.all(Array.from({ length: processes }, () => place.beside()));
  });
  afterEach(() => Promise.all(stores.map((one) => one.close())));
  afterAll(() => place.drop());
  return {
    place,
    get stores() {
      return stores;
    },
    get store() {
      return stores[0]!;
    },
    each: (work) => Promise.all(stores.map(work)),
  };
}

export function times<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => work(n)));
}
