// Hints over a real Redis that goes away: each process learns that it may miss some, and hears again afterwards.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSharedQueue, type SharedQueue } from '../../src/queue/bullmq/open.js';
import { startRedis, type OwnRedis } from '../support/redis-server.js';
import { servers } from '../support/servers.js';

describe.skipIf(servers.redisServer === null)('hints between processes', () => {
  let redis: OwnRedis;
  let one: SharedQueue;
  let two: SharedQueue;
  const heard: string[] = [];
  const hears = { one: true, two: true };
  const open = (url: string) =>
    openSharedQueue({ url, prefix: 'sila', newId: randomUUID, now: Date.now, onTrouble: () => undefined });

  beforeAll(async () => {
    redis = await startRedis();
    [one, two] = [await open(redis.url), await open(redis.url)];
    one.hear(
      () => undefined,
      (now) => (hears.one = now),
    );
    two.hear(
      (hint) => heard.push(hint),
      (now) => (hears.two = now),
    );
  });
  afterAll(async () => {
    redis.thaw();
    await Promise.all([one.close(), two.close()]);
    await redis.stop();
  });

  /** What is told until it arrives: hints may be lost, and these are. */
  const arrives = (hint: string) =>
    expect
      .poll(() => {
        one.tell(hint);
        return heard;
      })
      .toContain(hint);

  it('arrive, break off when Redis is killed, and come again', async () => {
    await arrives('first');
    await redis.kill();
    await expect.poll(() => hears).toEqual({ one: false, two: false });
    await redis.restart();
    await expect.poll(() => hears).toEqual({ one: true, two: true });
    await arrives('second');
  });

  it('are known to be lost while Redis hangs, by whoever tells something', async () => {
    redis.freeze();
    one.tell('beat');
    two.tell('beat');
    await expect.poll(() => hears).toEqual({ one: false, two: false });
    redis.thaw();
    await expect
      .poll(() => {
        one.tell('beat');
        two.tell('beat');
        return hears;
      })
      .toEqual({ one: true, two: true });
    await arrives('third');
  });
});
