// The store contract over a MongoDB server.
import { afterAll, describe } from 'vitest';
import { servers } from '../support/servers.js';
import { storeContract } from './contract-suite.js';
import { mongoPlace } from './mongo-place.js';

describe.skipIf(servers.mongo === null)('over MongoDB', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  storeContract('mongo', () => place.openShared());
});
