/** Two processes that take in and one that works, whose line to MongoDB can be cut, and people on WhatsApp who write to them. */
import { afterAll, beforeAll } from 'vitest';
import { openMongoStore } from '../../src/store/mongo/open.js';
import type { Store } from '../../src/store/contract.js';
import { startGraph, type FakeGraph } from '../providers/graph.js';
import { whatsappSettings } from './crowd.js';
import { freshDatabase, servers } from './servers.js';
import { startStack, type Member, type Stack } from './stack.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

export interface Outage {
  graph: FakeGraph;
  /** Between the processes and MongoDB. */
  line: TcpProxy;
  stack: Stack;
  /** Opened beside the line: what a test reads it reads also while the line is cut. */
  store: Store;
  /** Those that take in, in the order of the stack. */
  webs: Member[];
  /** The key under which the processes seal. */
  key: string;
}

/** Started before the tests of a `describe` and stopped after them; its fields are there once a test runs. */
export function outage(env: Record<string, string> = {}): Outage {
  const database = freshDatabase();
  const house = {} as Outage;
  beforeAll(async () => {
    const at = new URL((servers.mongo ?? '').replace('mongodb:', 'http:'));
    const [graph, line] = [await startGraph(), await startTcpProxy({ host: at.hostname, port: Number(at.port) })];
    const stack = await startStack({
      mongo: `mongodb://127.0.0.1:${line.port}/${database.name}?directConnection=true`,
      redis: servers.redis ?? '',
      roles: ['web', 'web', 'worker'],
      env: { ...whatsappSettings(graph), ...env },
    });
    graph.webhookUrl = `${stack.url}/webhooks/whatsapp`;
    const store = await openMongoStore({ url: database.url, random: Math.random });
    const webs = stack.members.filter(({ role }) => role === 'web');
    Object.assign(house, { graph, line, stack, store, webs, key: stack.env['ENCRYPTION_KEY'] ?? '' } satisfies Outage);
  });
  afterAll(async () => {
    await house.store.close();
    await house.stack.stop();
    await Promise.all([house.graph.stop(), house.line.close()]);
    await database.drop();
  });
  return house;
}

/** Where one process takes in what comes from WhatsApp. */
export function doorOf(member: Member | undefined): string {
  return `${member?.url ?? ''}/webhooks/whatsapp`;
}
