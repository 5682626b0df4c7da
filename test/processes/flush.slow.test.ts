/** Redis forgets everything in the middle of a load, twice: nobody's words are lost, and nobody hears anything twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongoStore } from '../../src/store/mongo/open.js';
import type { Store } from '../../src/store/contract.js';
import { startGraph, type FakeGraph } from '../providers/graph.js';
import { answersTo, crowd, heard, REQUEST, sentTwice, sorted, tell, whatsappSettings } from '../support/crowd.js';
import { startRedis, type OwnRedis } from '../support/redis-server.js';
import { freshDatabase, servers } from '../support/servers.js';
import { startStack, type Stack } from '../support/stack.js';

describe.skipIf(servers.mongo === null || servers.redisServer === null)('FLUSHALL in the middle of a load', () => {
  const database = freshDatabase();
  let graph: FakeGraph;
  let redis: OwnRedis;
  let stack: Stack;
  let store: Store;

  beforeAll(async () => {
    [graph, redis] = [await startGraph(), await startRedis()];
    stack = await startStack({
      ...{ mongo: database.url, redis: redis.url, roles: ['web', 'worker', 'worker'] },
      env: whatsappSettings(graph),
    });
    graph.webhookUrl = `${stack.url}/webhooks/whatsapp`;
    store = await openMongoStore({ url: database.url, random: Math.random });
  });
  afterAll(async () => {
    await store.close();
    await stack.stop();
    await redis.stop();
    await graph.stop();
    await database.drop();
  });

  it('loses nothing and repeats nothing', async () => {
    const people = crowd(16);
    let told = 0;
    const flushes = new Map([
      [40, redis.flush],
      [90, redis.flush],
    ]);
    await Promise.all(
      people.map(async (someone) => {
        for (const words of REQUEST) {
          await tell(graph, someone, words);
          await flushes.get(++told)?.();
        }
      }),
    );
    expect(told).toBe(people.length * REQUEST.length);
    expect(sorted(await heard(store, stack.env['ENCRYPTION_KEY'] ?? ''))).toEqual(
      sorted(people.map(({ said }) => said)),
    );
    expect(sentTwice(graph)).toEqual([]);
    // Everybody was asked the same, as often.
    expect(new Set(people.map((someone) => answersTo(graph, someone).length)).size).toBe(1);
    expect(await store.turns.waiting(Date.now(), 100)).toEqual([]);
  });
});
