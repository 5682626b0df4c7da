// Opens a fresh store before each test and closes it afterwards.
import { afterEach, beforeEach } from 'vitest';
import type { Store } from '../../../src/store/contract.js';
import type { OpenStore } from '../contract-suite.js';

export interface Fresh {
  readonly store: Store;
  reopen(): Promise<Store>;
}

export function fresh(open: () => Promise<OpenStore>): Fresh {
  let current: OpenStore;
  let store: Store;
  beforeEach(async () => {
    current = await open();
    store = current.store;
  });
  afterEach(() => current.close());
  return {
    get store() {
      return store;
    },
    reopen: async () => {
      store = await current.reopen();
      return store;
    },
  };
}
