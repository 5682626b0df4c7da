/** Several processes of the real program over MongoDB and Redis, with a balancer in front, as scripts/stack.sh starts them. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBalancer, type Balancer } from '../../scripts/stack/balancer.js';
import { freePort, startSila, type SilaProcess } from './sila-process.js';

export type Role = 'web' | 'worker' | 'both';

export interface Member extends SilaProcess {
  role: Role;
  port: number;
  /** The same process again, with what it left on its disk. */
  restart(more?: Record<string, string>): Promise<void>;
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
  /** The folder in which each was built, in the order of the roles; without it this one. */
  built?: readonly (string | undefined)[];
}

export const STACK_PASSWORD = 'correct-horse-battery-staple';

/** Resolves when every one of them is ready. */
export async function startStack({ mongo, redis, roles, env: more, built }: StackOptions): Promise<Stack> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-stack-'));
  const port = await freePort();
  const env = {
    ...{ MONGODB_URL: mongo, REDIS_URL: redis, PUBLIC_URL: `http://127.0.0.1:${port}`, TRUST_PROXY: '1' },
    ...{ ENCRYPTION_KEY: randomBytes(32).toString('base64'), STAFF_ADMIN_PASSWORD: STACK_PASSWORD },
    ...more,
  };
  const started = await Promise.allSettled(
    roles.map((role, n) => startMember({ role, dir: join(dir, `${role}${n}`), env, cwd: built?.[n] })),
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
  return { url: env.PUBLIC_URL, members, dir, env, stop: () => stop(members, balancer, dir) };
}

async function startMember(given: {
  role: Role;
  dir: string;
  env: Record<string, string>;
  cwd: string | undefined;
}): Promise<Member> {
  const port = await freePort();
  const start = (more: Record<string, string> = {}) =>
    startSila({
      dir: given.dir,
      port,
      env: { ...given.env, ROLE: given.role, ...more },
      ...(given.cwd !== undefined && { cwd: given.cwd }),
    });
  let now = await start();
  return {
    role: given.role,
    port,
    url: now.url,
    output: () => now.output(),
    kill: () => now.kill(),
    stop: () => now.stop(),
    restart: async (more) => {
      now = await start(more);
    },
  };
}

async function stop(members: readonly Member[], balancer: Balancer, dir: string): Promise<void> {
  await balancer.close();
  await Promise.all(members.map((member) => member.kill()));
  rmSync(dir, { recursive: true, force: true });
}
