/** A Redis of a test's own, on a free port with a folder of its own, that may be frozen, emptied and killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './sila-process.js';

export interface OwnRedis {
  url: string;
  /** FLUSHALL: every key is gone, as after a loss of its disk. */
  flush: () => Promise<void>;
  /** It keeps its connections and answers nothing. */
  freeze: () => void;
  thaw: () => void;
  /** `kill -9`, and waits until it is gone. */
  kill: () => Promise<void>;
  /** The same port and folder again. */
  restart: () => Promise<void>;
  /** Ends it and removes its folder. */
  stop: () => Promise<void>;
}

/** `settings`: further lines of its configuration, e.g. `{appendonly: 'no'}`; as the manual asks for when empty. */
export async function startRedis(settings: Readonly<Record<string, string>> = {}): Promise<OwnRedis> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server = await run(dir, port, settings);
  const kill = () => end(server);
  return {
    url,
    flush: () => ask(url, (redis) => redis.flushall()),
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    kill,
    restart: async () => {
      await kill();
      server = await run(dir, port, settings);
    },
    stop: async () => {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function run(dir: string, port: number, settings: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const lines = { appendonly: 'yes', save: '', 'maxmemory-policy': 'noeviction', ...settings };
  const args = Object.entries({ port: String(port), bind: '127.0.0.1', dir, ...lines });
  const server = spawn(
    'redis-server',
    args.flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: 'ignore' },
  );
  const failed = new Promise<never>((_resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`redis-server stopped with ${code}`)));
  });
  // After the start an exit is what a test asked for.
  failed.catch(() => undefined);
  await Promise.race([failed, ask(`redis://127.0.0.1:${port}`, (redis) => redis.ping())]);
  return server;
}

/** Waits for the server as long as it takes: the test's own time is the limit. */
async function ask(url: string, question: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  redis.on('error', () => undefined);
  try {
    await question(redis);
  } finally {
    redis.disconnect();
  }
}

function end(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('exit', () => resolve());
    server.kill('SIGKILL');
  });
}
