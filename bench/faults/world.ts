/** The real program in one of its two modes, before a fake provider that logs what it was sent; everything is thrown away at the end. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import type { Store } from '../../src/store/contract.js';
import { startGraph, type FakeGraph } from '../../test/providers/graph.js';
import { whatsappSettings } from '../../test/support/crowd.js';
import { startRedis, type OwnRedis } from '../../test/support/redis-server.js';
import { freshDatabase, servers } from '../../test/support/servers.js';
import { startMember, startStack, STACK_PASSWORD, type Member } from '../../test/support/stack.js';
import { startTcpProxy, type TcpProxy } from '../../test/support/tcp-proxy.js';

export type Mode = 'embedded' | 'scale-out';

export interface World {
  mode: Mode;
  graph: FakeGraph;
  /** One process, or two that take in and two that work. */
  processes: Member[];
  /** What several processes share, for a fault to cut, freeze and empty; null in one process. */
  servers: { mongo: TcpProxy; redis: OwnRedis } | null;
  encryptionKey: string;
  /** Until nothing waits to be handled, sent or filed. Throws when it takes too long. */
  quiet(): Promise<void>;
  /** Ends all processes gracefully; gives back their exit codes. */
  stop(): Promise<(number | null)[]>;
  /** The record, after `stop`. */
  open(): Promise<Store>;
  /** Throws everything away. */
  end(): Promise<void>;
}

const QUIET_WITHIN = 300_000;
const WAITING = /^sila_(mailbox|outbox|submissions_unhandled|spool_items) (\d+)$/gm;

export async function startWorld(mode: Mode): Promise<World> {
  const graph = await startGraph();
  const started = await (mode === 'embedded' ? oneProcess(graph) : severalProcesses(graph));
  const { processes } = started;
  graph.webhookUrl = `${started.url}/webhooks/whatsapp`;
  graph.follow = ['sent', 'delivered', 'read'];
  // The model is trained once and then lies in the folder: what it costs is no part of any fault.
  for (const one of processes) if (one.role !== 'web') await until(() => one.output().includes('questions.ready'));
  return {
    ...started,
    mode,
    graph,
    quiet: () => quiet(processes),
    stop: () => Promise.all(processes.map((one) => one.stop())),
    end: async () => {
      await started.end();
      await graph.stop();
    },
  };
}

type Started = Pick<World, 'processes' | 'servers' | 'encryptionKey' | 'open' | 'end'> & { url: string };

async function oneProcess(graph: FakeGraph): Promise<Started> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-faults-'));
  const encryptionKey = randomBytes(32).toString('base64');
  const env = { ...whatsappSettings(graph), ENCRYPTION_KEY: encryptionKey, STAFF_ADMIN_PASSWORD: STACK_PASSWORD };
  const one = await startMember({ role: 'both', dir, env });
  return {
    url: one.url,
    processes: [one],
    servers: null,
    encryptionKey,
    open: () => openEmbeddedStore({ dir }),
    end: async () => {
      await one.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function severalProcesses(graph: FakeGraph): Promise<Started> {
  if (servers.mongo === null || servers.redisServer === null) throw new Error(servers.missing.join('\n'));
  const database = freshDatabase();
  const at = new URL(servers.mongo.replace('mongodb:', 'http:'));
  const mongo = await startTcpProxy({ host: at.hostname, port: Number(at.port) });
  const redis = await startRedis();
  const stack = await startStack({
    mongo: `mongodb://127.0.0.1:${mongo.port}/${database.name}?directConnection=true`,
    redis: redis.url,
    roles: ['web', 'web', 'worker', 'worker'],
    env: whatsappSettings(graph),
  });
  return {
    url: stack.url,
    processes: stack.members,
    servers: { mongo, redis },
    encryptionKey: stack.env['ENCRYPTION_KEY'] ?? '',
    open: () => openMongoStore({ url: database.url, random: Math.random }),
    end: async () => {
      await stack.stop();
      await Promise.all([mongo.close(), redis.stop()]);
      await database.drop();
    },
  };
}

async function quiet(processes: readonly Member[]): Promise<void> {
  // Twice in a row: between two bells it may look so for a moment.
  let idle = 0;
  let left = '';
  await until(
    async () => {
      left = await waiting(processes);
      idle = left === '' ? idle + 1 : 0;
      await pause(500);
      return idle >= 2;
    },
    () => left,
  );
}

/** What waits and how much of it, or nothing. */
async function waiting(processes: readonly Member[]): Promise<string> {
  const pages = await Promise.all(processes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  const counts = pages.flatMap((page) => [...page.matchAll(WAITING)].map(([, name, count]) => ({ name, count })));
  if (counts.length === 0) throw new Error('/metrics tells nothing of what waits');
  return counts
    .filter(({ count }) => count !== '0')
    .map(({ name, count }) => `${name} ${count}`)
    .join(', ');
}

async function until(holds: () => boolean | Promise<boolean>, left: () => string = () => ''): Promise<void> {
  for (const begun = Date.now(); !(await holds());) {
    if (Date.now() - begun > QUIET_WITHIN) throw new Error(`it did not come to rest: ${left()}`);
    await pause(50);
  }
}
