/** Several processes of the real program over MongoDB and Redis, with a balancer in front, as scripts/stack.sh starts them. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBalancer, type Balancer } from '../../scripts/stack/balancer.js';
import { dropKeys } from './servers.js';
import { freePort, startSila, type SilaProcess } from './sila-process.js';

export type Role = 'web' | 'worker' | 'both';

export interface Member extends SilaProcess {
  role: Role;
  port: number;
  /** The same process again, with what it left on its disk; `cwd`: the folder in which another version was built. */
  restart(cwd?: string): Promise<void>;
}

export interface Stack {
  /** Where people come in. */
  url: string;
  members: Member[];
  /** Where the processes keep their spools. */
  dir: string;
  env: Record<string, string>;
  stop(): Promise<void>;
}

export interface StackOptions {
  mongo: string;
  redis: string;
  roles: readonly Role[];
  env?: Record<string, string>;
}

export const STACK_PASSWORD = 'correct-horse-battery-staple';

/** Resolves when every one of them is ready. */
export async function startStack({ mongo, redis, roles, env: more }: StackOptions): Promise<Stack> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-stack-'));
  const port = await freePort();
  const env = {
    ...{ MONGODB_URL: mongo, REDIS_URL: redis, PUBLIC_URL: `http://127.0.0.1:${port}`, TRUST_PROXY: '1' },
    ...{ ENCRYPTION_KEY: randomBytes(32).toString('base64'), STAFF_ADMIN_PASSWORD: STACK_PASSWORD },
    ...more,
  };
  const started = await Promise.allSettled(
    roles.map((role, n) => startMember({ role, dir: join(dir, `${role}${n}`), env })),
  );
  const members = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = started.find((one) => one.status === 'rejected');
  if (failed) {
    await Promise.all(members.map((member) => member.kill()));
    throw failed.reason;
  }
  const open = members.filter(({ role }) => role !== 'worker');
  const balancer = await startBalancer(
    port,
    open.map((member) => member.port),
  );
  const end = async (): Promise<void> => {
    await stop(members, balancer, dir);
    await dropKeys(redis, `sila-${new URL(mongo).pathname.slice(1)}`);
  };
  return { url: env.PUBLIC_URL, members, dir, env, stop: end };
}

/** One process, with other servers than its folder or without. */
export async function startMember(given: { role: Role; dir: string; env: Record<string, string> }): Promise<Member> {
  const port = await freePort();
  const start = (cwd?: string) =>
    startSila({
      dir: given.dir,
      port,
      env: { ...given.env, ROLE: given.role },
      ...(cwd !== undefined && { cwd }),
    });
  let now = await start();
  return {
    role: given.role,
    port,
    url: now.url,
    get pid() {
      return now.pid;
    },
    output: () => now.output(),
    kill: () => now.kill(),
    stop: () => now.stop(),
    restart: async (cwd) => {
      now = await start(cwd);
    },
  };
}

async function stop(members: readonly Member[], balancer: Balancer, dir: string): Promise<void> {
  await balancer.close();
  await Promise.all(members.map((member) => member.kill()));
  // A browser whose process was killed writes into its folder until it has noticed.
  rmSync(dir, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
}
