// All lines to MongoDB end at once, as when its server is killed: the driver's look at the server may hang, and the store comes back all the same.
import mongoose from 'mongoose';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/store/mongo/connect.js';
import { Sessions } from '../../src/store/mongo/sessions.js';
import { servers } from '../support/servers.js';
import { mongoPlace } from './mongo-place.js';
import { mongoProxy } from './mongo-proxy.js';

/** A part of the driver's that it keeps to itself. */
function within(of: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((part, name) => (typeof part === 'object' && part ? Reflect.get(part, name) : null), of);
}

describe.skipIf(servers.mongo === null)('a client whose look at the server hangs', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  /** The monitor's line is destroyed, and before that is told another one is, for which the driver looks at the server. */
  function hang(client: mongoose.mongo.MongoClient): void {
    const topology = within(client, 'topology', 's', 'servers');
    if (!(topology instanceof Map)) throw new TypeError('the driver is another one');
    const [server] = [...topology.values()] as unknown[];
    const call = (of: unknown, name: string, ...given: unknown[]): void => {
      const method = within(of, name);
      if (typeof method !== 'function') throw new TypeError('the driver is another one');
      Reflect.apply(method, of, given);
    };
    call(within(server, 'monitor', 'connection', 'socket'), 'destroy');
    call(server, 'requestCheck');
    call(server, 'handleError', new mongoose.mongo.MongoNetworkError('gone'));
  }

  it('is opened anew, and its transactions and rows are as before, also when the server stays away for a while', async () => {
    await (await place.open()).close();
    const way = await mongoProxy(place.url);
    const connection = await connect({ url: way.url });
    const sessions = new Sessions(connection, 2);
    onTestFinished(async () => {
      way.mend();
      await sessions.end();
      await connection.close();
      await way.close();
    });
    const client = connection.getClient();
    let opened = 0;
    client.on('topologyOpening', () => (opened += 1));
    const count = () => connection.db?.collection('facts').countDocuments() ?? Promise.resolve(NaN);
    const before = await count();
    // The driver looks at most twice a second.
    await new Promise((resolve) => setTimeout(resolve, 600));
    hang(client);
    way.cut();
    await expect.poll(() => opened, { timeout: 60_000 }).toBeGreaterThan(1);
    await expect(count()).rejects.toThrow();
    way.mend();
    await expect.poll(() => count().catch(() => NaN), { timeout: 60_000 }).toBe(before);
    const read = () =>
      sessions.use((session) =>
        session.withTransaction(async () => connection.db?.collection('facts').countDocuments({}, { session })),
      );
    expect(await Promise.all([read(), read()])).toEqual([before, before]);
    expect(new Set(sessions.ids).size).toBe(2);
  });
});
