// The store contract over SQLite and over the reference model.
import { storeContract } from './contract-suite.js';
import { openInFolder } from './folder.js';
import { openModelStore } from './model.js';

storeContract('embedded', openInFolder);

storeContract('model', () => {
  const store = openModelStore();
  return Promise.resolve({ store, reopen: () => Promise.resolve(store), close: () => store.close() });
});
