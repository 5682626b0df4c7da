// The queue over Redis: the contract, and what only several processes can show.
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { freshPrefix, servers, type FreshPrefix } from '../support/servers.js';
import { openQueue, type OpenedQueue } from '../support/shared-queue.js';
import { queueContract } from './contract-suite.js';

describe.skipIf(servers.redis === null)('over Redis', () => {
  queueContract('bullmq', async () => {
    const place = freshPrefix();
    const { queue } = await openQueue(place);
    return {
      queue,
      close: async () => {
        await queue.close();
        await place.drop();
      },
    };
  });

  describe('two processes', () => {
    let place: FreshPrefix;
    let one: OpenedQueue;
    let two: OpenedQueue;
    beforeEach(async () => {
      place = freshPrefix();
      [one, two] = await Promise.all([openQueue(place), openQueue(place)]);
    });
    afterEach(async () => {
      await Promise.all([one.queue.close(), two.queue.close()]);
      expect([...one.troubles, ...two.troubles]).toEqual([]);
      await place.drop();
    });

    it('after any rings in any of them, every id was handled after its last ring, and never twice at once', async () => {
      const seen = new Map<string, number>();
      const rung = new Map<string, number>();
      const running = new Set<string>();
      const overlaps: string[] = [];
      const handler = async (id: string) => {
        if (running.has(id)) overlaps.push(id);
        running.add(id);
        const known = rung.get(id) ?? -1;
        await new Promise((resolve) => setTimeout(resolve, known % 4));
        running.delete(id);
        seen.set(id, Math.max(known, seen.get(id) ?? -1));
      };
      one.queue.work('conversation', 3, handler);
      two.queue.work('conversation', 3, handler);
      let count = 0;
      const ring = fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        delay: fc.constantFrom(0, 0, 0, 2, 20),
        by: fc.constantFrom(1, 2),
        pause: fc.constantFrom(0, 0, 0, 3),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(ring, { maxLength: 40 }), async (rings) => {
          for (const { id, delay, by, pause } of rings) {
            rung.set(id, (count += 1));
            const ringing = (by === 1 ? one : two).queue.ring({ kind: 'conversation', id }, delay);
            if (pause > 0) await ringing.then(() => new Promise((resolve) => setTimeout(resolve, pause)));
          }
          await vi.waitFor(() => expect(seen).toEqual(rung), { timeout: 15_000, interval: 5 });
        }),
        { numRuns: 30 },
      );
      expect(overlaps).toEqual([]);
    });

    it('share what waits, and count it together', async () => {
      await one.queue.ring({ kind: 'delivery', id: 'a', lane: 'fax' });
      await one.queue.ring({ kind: 'conversation', id: 'b' }, 60_000);
      expect([await two.queue.pending(), await two.queue.pending('delivery')]).toEqual([2, 1]);
      const heard: string[] = [];
      two.queue.work('delivery', 1, (id) => Promise.resolve(void heard.push(id)), { name: 'fax' });
      two.queue.work('conversation', 1, (id) => Promise.resolve(void heard.push(id)));
      await one.queue.ring({ kind: 'conversation', id: 'b' });
      await vi.waitFor(() => expect(heard.sort()).toEqual(['a', 'b']), { timeout: 10_000 });
    });

    it("keep a lane's rate together", async () => {
      const heard: string[] = [];
      const lane = { name: 'fax', rate: { most: 2, per: 60_000 } };
      for (const { queue } of [one, two]) queue.work('delivery', 4, (id) => Promise.resolve(void heard.push(id)), lane);
      for (const id of ['a', 'b', 'c', 'd', 'e']) await one.queue.ring({ kind: 'delivery', id, lane: 'fax' });
      // A bell that nobody keeps waiting comes through behind them.
      two.queue.work('notice', 1, (id) => Promise.resolve(void heard.push(id)));
      await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 10_000 });
      await one.queue.ring({ kind: 'notice', id: 'last' });
      await vi.waitFor(() => expect(heard).toContain('last'), { timeout: 10_000 });
      expect(heard).toHaveLength(3);
      expect(await two.queue.pending('delivery')).toBe(3);
    });

    it('sweep one at a time; another goes on when one ends', async () => {
      const rounds: number[] = [];
      let running = 0;
      let most = 0;
      const round = (by: number) => async () => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setTimeout(resolve, 10));
        running -= 1;
        rounds.push(by);
      };
      one.queue.schedule('sweep', 5, round(1));
      two.queue.schedule('sweep', 5, round(2));
      await vi.waitFor(() => expect(rounds.length).toBeGreaterThan(10), { timeout: 15_000 });
      await one.queue.close();
      const before = rounds.length;
      await vi.waitFor(() => expect(rounds.length).toBeGreaterThan(before + 5), { timeout: 15_000 });
      expect(rounds.slice(before)).not.toContain(1);
      expect(most).toBe(1);
    });

    it('hear what the other tells, each once', async () => {
      const heard: string[] = [];
      one.queue.hear((hint) => heard.push(`one ${hint}`));
      two.queue.hear((hint) => heard.push(`two ${hint}`));
      one.queue.tell('conversation c1');
      two.queue.tell('case 7304-8815-2096-4');
      const all = ['one', 'two'].flatMap((who) => [`${who} case 7304-8815-2096-4`, `${who} conversation c1`]);
      await vi.waitFor(() => expect(heard.sort()).toEqual(all), { timeout: 10_000 });
      one.queue.tell('last');
      await vi.waitFor(() => expect(heard.filter((hint) => hint.endsWith('last'))).toHaveLength(2));
      expect(heard).toHaveLength(6);
    });

    it('leave nothing behind in Redis but names, and nothing that a handler said', async () => {
      let failures = 0;
      one.queue.work('notice', 4, () =>
        (failures += 1) < 3 ? Promise.reject(new Error('أمينة 0551234567')) : Promise.resolve(),
      );
      await one.queue.ring({ kind: 'notice', id: 'n1' });
      const redis = new Redis(place.url);
      await vi.waitFor(async () => expect(await redis.keys(`${place.prefix}:notice:*`)).not.toEqual([]));
      const kept: string[] = [];
      while ((await one.queue.pending()) > 0)
        for (const key of await redis.keys(`${place.prefix}:notice:????????-*`))
          kept.push(JSON.stringify(await redis.hgetall(key).catch(() => '')));
      expect(kept.join()).toContain('n1');
      expect(kept.join()).not.toMatch(/أمينة|0551234567/);
      expect(one.troubles.map(({ of, what }) => `${of} ${what}`)).toEqual(['notice handler', 'notice handler']);
      one.troubles.length = 0;
      const left = (await redis.keys(`${place.prefix}*`)).map((key) => key.slice(place.prefix.length));
      expect(left.filter((key) => !/^:(queues|notice:(meta|events|stalled-check|id|marker))$/.test(key))).toEqual([]);
      redis.disconnect();
    });
  });
});
