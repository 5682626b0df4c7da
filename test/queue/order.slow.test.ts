// One order over several processes, and what becomes of it when a process or Redis goes.
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startRedis, type OwnRedis } from '../support/redis-server.js';
import { freshPrefix, servers } from '../support/servers.js';
import { openQueue, type OpenedQueue } from '../support/shared-queue.js';
import { orderContract } from './order-contract.js';

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 });
const waits = (of: string, id: string, order: number) => ({ of, id, order });

describe.skipIf(servers.redis === null)('over Redis', () => {
  orderContract('bullmq', async () => {
    const place = freshPrefix();
    const { queue } = await openQueue(place);
    return {
      order: queue.order,
      close: async () => {
        await queue.close();
        await place.drop();
      },
    };
  });
});

describe.skipIf(servers.redisServer === null)('two processes over one Redis', () => {
  let redis: OwnRedis;
  let one: OpenedQueue;
  let two: OpenedQueue;
  let client: Redis;
  beforeEach(async () => {
    redis = await startRedis();
    const place = { url: redis.url, prefix: 'sila' };
    [one, two] = await Promise.all([openQueue(place), openQueue(place)]);
    client = new Redis(redis.url);
    client.on('error', () => undefined);
  });
  afterEach(async () => {
    redis.thaw();
    client.disconnect();
    await Promise.all([one.queue.close(), two.queue.close()]);
    await redis.stop();
  });

  /** As when so long no sign came. */
  const forgetSigns = async () => client.del(await client.keys('sila:lives:*'));

  it('see what waits in each other, in one order, and keep only ids there', async () => {
    await one.queue.order.wait(waits('amal', 'b', 2));
    await two.queue.order.wait(waits('amal', 'c', 3));
    await two.queue.order.wait(waits('amal', 'a', 1));
    for (const { queue } of [one, two]) expect(await queue.order.first('amal')).toBe('a');
    await two.queue.order.leave('amal', 'a');
    for (const { queue } of [one, two]) expect(await queue.order.first('amal')).toBe('b');
    // Also of another process: it was seen to be stuck.
    await two.queue.order.leave('amal', 'b');
    expect(await two.queue.order.first('amal')).toBe('c');
    expect((await client.keys('*amal*')).sort()).toEqual(['sila:order:amal', 'sila:order:amal:by']);
    await two.queue.order.leave('amal', 'c');
    await one.queue.order.leave('amal', 'b');
    expect(await client.keys('*amal*')).toEqual([]);
  });

  it('wait for no process that gave no sign of life, until it gives one again', async () => {
    await one.queue.order.wait(waits('amal', 'a', 1));
    await two.queue.order.wait(waits('amal', 'b', 2));
    expect(await two.queue.order.first('amal')).toBe('a');
    await forgetSigns();
    expect(await two.queue.order.first('amal')).toBe('b');
    await until(async () => expect(await two.queue.order.first('amal')).toBe('a'));
  });

  it('know what waits again after Redis was emptied', async () => {
    await one.queue.order.wait(waits('amal', 'a', 1));
    await two.queue.order.wait(waits('amal', 'b', 2));
    await redis.flush();
    expect(await one.queue.order.first('amal')).toBe('a');
    expect(await two.queue.order.first('amal')).toBe('b');
    await two.queue.order.wait(waits('amal', 'c', 3));
    await until(async () => expect(await two.queue.order.first('amal')).toBe('a'));
  });

  it('hand on what a process left to the one that has it now', async () => {
    await one.queue.order.wait(waits('amal', 'a', 1));
    await one.queue.close();
    await two.queue.order.wait(waits('amal', 'b', 2));
    expect(await two.queue.order.first('amal')).toBe('a');
    const next = await openQueue({ url: redis.url, prefix: 'sila' });
    await next.queue.order.wait(waits('amal', 'a', 1));
    await forgetSigns();
    // Both give signs again in their time; nobody mistakes what was handed on for what is gone.
    await until(async () => expect(await two.queue.order.first('amal')).toBe('a'));
    await next.queue.order.leave('amal', 'a');
    expect(await two.queue.order.first('amal')).toBe('b');
    await next.queue.close();
  });

  it('while Redis is frozen each knows its own, nobody waits, and afterwards what was told and what left is known', async () => {
    await one.queue.order.wait(waits('amal', 'a', 1));
    await two.queue.order.wait(waits('amal', 'z', 9));
    redis.freeze();
    await one.queue.order.wait(waits('badr', 'b', 2));
    await one.queue.order.leave('amal', 'a');
    await one.queue.order.wait(waits('carim', 'c', 3));
    await one.queue.order.leave('carim', 'c');
    expect([await one.queue.order.first('badr'), await one.queue.order.first('amal')]).toEqual(['b', null]);
    expect(await two.queue.order.first('amal')).toBe('z');
    redis.thaw();
    await until(async () => {
      const seen = await Promise.all(['amal', 'badr', 'carim'].map((of) => two.queue.order.first(of)));
      expect(seen).toEqual(['z', 'b', null]);
    });
  });

  it('while Redis is gone each knows its own, and what was told is known when it is back', async () => {
    await redis.kill();
    await one.queue.order.wait(waits('amal', 'a', 1));
    expect(await one.queue.order.first('amal')).toBe('a');
    expect(await two.queue.order.first('amal')).toBeNull();
    await redis.restart();
    await until(async () => expect(await two.queue.order.first('amal')).toBe('a'));
  });
});
