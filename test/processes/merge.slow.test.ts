/** MongoDB is gone for a while, and a balancer hands what a person writes to one process and the other: it stands in one order when MongoDB is back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongoStore } from '../../src/store/mongo/open.js';
import type { Store } from '../../src/store/contract.js';
import { startGraph, type FakeGraph } from '../providers/graph.js';
import {
  crowd,
  heard,
  REQUEST,
  sentTwice,
  sorted,
  tell,
  whatsappSettings,
  write,
  type Someone,
} from '../support/crowd.js';
import { freshDatabase, servers } from '../support/servers.js';
import { startStack, type Member, type Stack } from '../support/stack.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const SIZE = 8;

describe.skipIf(servers.mongo === null || servers.redis === null)('while MongoDB is away', () => {
  const database = freshDatabase();
  let graph: FakeGraph;
  let line: TcpProxy;
  let stack: Stack;
  let store: Store;
  let people: Someone[];
  let webs: Member[];

  beforeAll(async () => {
    const at = new URL((servers.mongo ?? '').replace('mongodb:', 'http:'));
    [graph, line] = [await startGraph(), await startTcpProxy({ host: at.hostname, port: Number(at.port) })];
    stack = await startStack({
      mongo: `mongodb://127.0.0.1:${line.port}/${database.name}?directConnection=true`,
      redis: servers.redis ?? '',
      roles: ['web', 'web', 'worker'],
      env: whatsappSettings(graph),
    });
    graph.webhookUrl = `${stack.url}/webhooks/whatsapp`;
    store = await openMongoStore({ url: database.url, random: Math.random });
    webs = stack.members.filter(({ role }) => role === 'web');
    people = crowd(SIZE);
  });
  afterAll(async () => {
    await store.close();
    await stack.stop();
    await Promise.all([graph.stop(), line.close()]);
    await database.drop();
  });

  const all = (work: (someone: Someone, n: number) => Promise<unknown>) => Promise.all(people.map(work));

  it('what people write through two processes in turn is heard in the order in which it was written', async () => {
    await all((someone) => tell(graph, someone, REQUEST[0]));
    await line.cut();
    await all(async (someone, n) => {
      for (const [m, words] of REQUEST.slice(1).entries()) {
        someone.through = `${webs[(n + m) % 2]?.url ?? ''}/webhooks/whatsapp`;
        await write(graph, someone, words);
      }
    });
    await line.mend();
    await expect
      .poll(async () => (await heard(store, stack.env['ENCRYPTION_KEY'] ?? '')).flat().length, {
        timeout: 180_000,
        interval: 1_000,
      })
      .toBe(SIZE * REQUEST.length);
    const told = await heard(store, stack.env['ENCRYPTION_KEY'] ?? '');
    expect(sorted(told)).toEqual(sorted(people.map(({ said }) => said)));
    expect(sentTwice(graph)).toEqual([]);
  });
});
