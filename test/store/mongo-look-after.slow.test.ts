// All lines to MongoDB end at once, as when its server is killed: the driver may wait for one of them for ever, and the store comes back all the same.
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { access } from '../../src/store/mongo/access.js';
import { connect } from '../../src/store/mongo/connect.js';
import { Sessions } from '../../src/store/mongo/sessions.js';
import { servers } from '../support/servers.js';
import { mongoPlace } from './mongo-place.js';
import { mongoProxy, type MongoProxy } from './mongo-proxy.js';

/** A part of the driver's that it keeps to itself. */
function part(of: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((one, name) => (typeof one === 'object' && one ? Reflect.get(one, name) : null), of);
}

function call(of: unknown, name: string, ...given: unknown[]): void {
  const method = part(of, name);
  if (typeof method !== 'function') throw new TypeError('the driver is another one');
  Reflect.apply(method, of, given);
}

/** The one server that a client knows. */
function serverOf(client: mongoose.mongo.MongoClient): unknown {
  const all = part(client, 'topology', 's', 'servers');
  if (!(all instanceof Map)) throw new TypeError('the driver is another one');
  return ([...all.values()] as unknown[])[0];
}

describe.skipIf(servers.mongo === null)('when all lines to MongoDB end at once', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());
  afterEach(() => {
    vi.useRealTimers();
  });

  let way: MongoProxy;
  let connection: Connection;
  let sessions: Sessions;
  beforeEach(async () => {
    await (await place.open()).close();
    way = await mongoProxy(place.url);
    connection = await connect({ url: way.url });
    sessions = new Sessions(connection, 2);
  });
  afterEach(async () => {
    way.mend();
    await sessions.end();
    await connection.close();
    await way.close();
  });

  const count = () => connection.db?.collection('facts').countDocuments() ?? Promise.resolve(NaN);

  it('a client whose look at the server hangs is opened anew, also when that stays away for a while', async () => {
    const client = connection.getClient();
    let opened = 0;
    client.on('topologyOpening', () => (opened += 1));
    const before = await count();
    // The driver looks at most twice a second.
    await new Promise((resolve) => setTimeout(resolve, 600));
    // The line on which it looks is destroyed, and before it hears so, a broken other one makes it look there.
    const server = serverOf(client);
    call(part(server, 'monitor', 'connection', 'socket'), 'destroy');
    call(server, 'requestCheck');
    call(server, 'handleError', new mongoose.mongo.MongoNetworkError('gone'));
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

  it('a call that hangs is given up', async () => {
    const rows = access(connection, sessions, Math.random);
    const before = await rows.alone(count);
    const lines = part(serverOf(connection.getClient()), 'pool', 'connections') as Iterable<unknown>;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    for (const line of lines) call(part(line, 'socket'), 'destroy');
    const asked = rows.alone(count).catch((error: unknown) => error);
    await new Promise((go) => setImmediate(go));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await asked).toMatchObject({ code: 'failed', message: expect.stringMatching(/too long/) as string });
    vi.useRealTimers();
    expect(await rows.alone(count)).toBe(before);
    await rows.end();
  });
});
