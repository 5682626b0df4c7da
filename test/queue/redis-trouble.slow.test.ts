// Redis frozen, emptied, killed: nobody waits for it, and all goes on when it is back.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Line } from '../../src/queue/bullmq/line.js';
import { startRedis, type OwnRedis } from '../support/redis-server.js';
import { servers } from '../support/servers.js';
import { openQueue, type OpenedQueue } from '../support/shared-queue.js';

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

describe.skipIf(servers.redisServer === null)('when Redis', () => {
  let redis: OwnRedis;
  let opened: OpenedQueue;
  let heard: string[];
  beforeEach(async () => {
    redis = await startRedis();
    opened = await openQueue({ url: redis.url, prefix: 'sila' });
    heard = [];
  });
  afterEach(async () => {
    redis.thaw();
    await opened.queue.close();
    await redis.stop();
  });

  const told = () => opened.troubles.map(({ of, what }) => `${of} ${what}`);
  const listen = () => opened.queue.work('conversation', 4, (id) => Promise.resolve(void heard.push(id)));
  const ring = (id: string, delay?: number) => opened.queue.ring({ kind: 'conversation', id }, delay);
  /** As the sweeper does: again and again until it is heard. */
  const ringUntilHeard = (id: string) =>
    until(async () => {
      await ring(id);
      expect(heard).toContain(id);
    });

  it('is frozen, ringing resolves and is told as lost; afterwards bells ring as before', async () => {
    listen();
    await ring('before');
    await until(() => expect(heard).toEqual(['before']));
    redis.freeze();
    for (let n = 0; n < 50; n += 1) await ring(`frozen ${n}`);
    await ring('frozen later', 5_000);
    expect(told().filter((one) => one === 'server away')).toHaveLength(1);
    expect(told().filter((one) => one === 'conversation lost')).toHaveLength(51);
    redis.thaw();
    await ringUntilHeard('after');
  });

  it('is frozen, closing ends all the same', async () => {
    listen();
    await ring('a');
    await until(() => expect(heard).toEqual(['a']));
    redis.freeze();
    await opened.queue.close();
  });

  it('is emptied, what rings afterwards is heard, what was in hand ends well, and a schedule goes on', async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((go) => (letGo = go));
    let rounds = 0;
    opened.queue.schedule('sweep', 20, () => Promise.resolve(void (rounds += 1)));
    opened.queue.work('conversation', 4, async (id) => {
      heard.push(id);
      if (id === 'in hand') await held;
    });
    await ring('in hand');
    await ring('far away', 60_000);
    await until(() => expect([heard, rounds > 3]).toEqual([['in hand'], true]));
    await redis.flush();
    expect(await opened.queue.pending('conversation')).toBe(0);
    letGo();
    const before = rounds;
    await until(() => expect(rounds).toBeGreaterThan(before + 3));
    await ring('in hand');
    await ring('far away');
    await until(() => expect(heard.sort()).toEqual(['far away', 'in hand', 'in hand']));
  });

  it('is killed and started again, handlers, schedules and hints come back by themselves', async () => {
    let rounds = 0;
    listen();
    opened.queue.schedule('sweep', 20, () => Promise.resolve(void (rounds += 1)));
    const other = await openQueue({ url: redis.url, prefix: 'sila' });
    const hints: string[] = [];
    other.queue.hear((hint) => hints.push(hint));
    await redis.kill();
    await ring('lost');
    expect(told()).toContain('conversation lost');
    await redis.restart();
    await ringUntilHeard('after');
    const before = rounds;
    await until(() => expect(rounds).toBeGreaterThan(before + 3));
    await until(() => {
      opened.queue.tell('again');
      expect(hints).toContain('again');
    });
    await other.queue.close();
  });

  it('comes up with settings that lose bells, says which', async () => {
    expect(opened.queue.findings).toEqual([]);
    const bad = await startRedis({ appendonly: 'no', 'maxmemory-policy': 'allkeys-lru' });
    const { queue } = await openQueue({ url: bad.url, prefix: 'sila' });
    expect(queue.findings).toEqual(['no_append_only', 'evicts']);
    await queue.close();
    await bad.stop();
  });

  it('is not there, a process that starts is told so with a code', async () => {
    await redis.kill();
    const line = new Line(redis.url, () => undefined);
    await expect(line.ready(200)).rejects.toMatchObject({ code: 'redis_away' });
    line.close();
  });
});
