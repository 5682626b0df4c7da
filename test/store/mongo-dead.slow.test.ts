// A process that dies in the middle of a turn: another goes on with the conversation long before the server would let go of its rows.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import { servers } from '../support/servers.js';
import { mongoPlace } from './mongo-place.js';
import { mongoProxy } from './mongo-proxy.js';
import type { MongoProxy } from './mongo-proxy.js';
import { hintOf, itemOf, messageOf, turnOf } from './rows.js';

const C = 'conversation-a';

describe.skipIf(servers.mongo === null)('a process that falls silent within a transaction', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  let ways: MongoProxy[];
  let stores: Store[];
  beforeEach(async () => {
    await (await place.open()).close();
    ways = [await mongoProxy(place.url), await mongoProxy(place.url)];
    stores = await Promise.all(ways.map(({ url }) => openMongoStore({ url, random: Math.random })));
  });
  afterEach(async () => {
    ways.forEach((way) => way.mend());
    await Promise.all(stores.map((store) => store.close()));
    await Promise.all(ways.map((way) => way.close()));
  });

  it('loses its rows to another, and commits nothing when it comes back', async () => {
    const [dying, other] = stores as [Store, Store];
    const [way, watching] = ways as [MongoProxy, MongoProxy];
    await dying.turns.accept(hintOf('a'), itemOf('i1'));
    const taken = await dying.turns.take(C, 'dying', 1, 2);
    // Its commit does not arrive, and nothing after it.
    way.cutAt('commitTransaction');
    const lost = dying.turns
      .commit(turnOf('t1', C, taken?.fence ?? 0, 'i1', { messages: [messageOf('m1')] }))
      .catch((error: unknown) => error);
    await expect.poll(() => way.isCut).toBe(true);

    const next = await other.turns.take(C, 'other', 3, 9);
    expect(next?.fence).toBe(2);
    // Not because the server had lost patience: it was told to let go.
    expect(watching.heard.some((command) => 'killSessions' in command)).toBe(true);
    const result = await other.turns.commit(turnOf('t2', C, 2, 'i1', { messages: [messageOf('m2')] }));
    expect(result).toEqual({ result: 'committed', seq: 1 });

    way.mend();
    expect(await lost).toMatchObject({ code: 'failed' });
    await expect.poll(() => dying.healthy(), { timeout: 100_000 }).toBe(true);
    expect(await dying.turns.commit(turnOf('t1', C, 1, 'i1', { messages: [messageOf('m1')] }))).toEqual({
      result: 'stale',
    });
    expect((await dying.messages.list(C, 0, 9)).map(({ id }) => id)).toEqual(['m2']);
  });

  it('says that it lives while it does, and that it is gone when it closes', async () => {
    const processes = async () =>
      (await place.connection()).db?.collection('processes').countDocuments() ?? Promise.resolve(-1);
    await expect.poll(processes).toBe(2);
    await stores.pop()?.close();
    await ways.pop()?.close();
    expect(await processes()).toBe(1);
  });
});
