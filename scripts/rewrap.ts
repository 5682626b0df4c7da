/**
 * `npm run rewrap`: wraps every data key with the first key of ENCRYPTION_KEY, after which the others may be left out. Over MongoDB beside the
 * running program; a folder must not be in use. Exit code: 0 done, 2 refused or failed.
 */
import { Vault } from '../src/privacy/vault.js';
import { StoreError, type Store } from '../src/store/contract.js';
import { isEmbeddedStore } from '../src/store/embedded/portable.js';
import { openEmbeddedStore } from '../src/store/embedded/open.js';
import { openMongoStore } from '../src/store/mongo/open.js';
import type { Place } from '../src/config.js';
import { encryptionKeysOf, REFUSED, run } from './keep/command.js';

await run(async ({ place, say }) => {
  const encryptionKeys = encryptionKeysOf(place);
  if (!encryptionKeys) {
    console.error(say('restore.no_key'));
    return REFUSED;
  }
  const store = await opened(place);
  try {
    const vault = await Vault.open({ keys: store.keys, encryptionKeys });
    console.log(say('rewrap.done', { count: await vault.rewrap() }));
    return 0;
  } finally {
    await store.close();
  }
});

function opened({ mongo, dataDir }: Place): Promise<Store> {
  if (mongo) return openMongoStore({ ...mongo, random: Math.random });
  if (!isEmbeddedStore(dataDir)) return Promise.reject(new StoreError('not_found', dataDir));
  return openEmbeddedStore({ dir: dataDir });
}
