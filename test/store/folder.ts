// Opens embedded stores in throw-away folders.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import type { OpenStore } from './contract-suite.js';

/** In memory where the system offers it: hundreds of stores are opened, and a busy disk would be all that is measured. */
export function newFolder(): Promise<string> {
  return mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'sila-store-'));
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
