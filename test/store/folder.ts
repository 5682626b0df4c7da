// Opens embedded stores in throw-away folders.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import type { OpenStore } from './contract-suite.js';

export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sila-store-'));
}

export async function openInFolder(): Promise<OpenStore> {
  const dir = await newFolder();
  let store = await openEmbeddedStore({ dir });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openEmbeddedStore({ dir });
      return store;
    },
    close: async () => {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
