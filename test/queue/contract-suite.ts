// What every queue must do. Real time, short delays: the same suite runs over one process and over Redis.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Queue } from '../../src/queue/contract.js';

export interface OpenQueue {
  queue: Queue;
  /** Removes what the test left behind. */
  close(): Promise<void>;
}

const until = (check: () => unknown, timeout = 8_000) => vi.waitFor(check, { timeout, interval: 5 });

/** A handler whose runs end when the test says so. */
function gate() {
  const started: string[] = [];
  const waiting: (() => void)[] = [];
  const handler = (id: string) =>
    new Promise<void>((resolve) => {
      started.push(id);
      waiting.push(resolve);
    });
  return { started, handler, letGo: () => waiting.shift()?.() };
}

export function queueContract(name: string, open: () => Promise<OpenQueue>): void {
  describe(`queue contract: ${name}`, () => {
    let opened: OpenQueue;
    let queue: Queue;
    beforeEach(async () => {
      opened = await open();
      queue = opened.queue;
    });
    afterEach(() => opened.close());

    it('hands a bell to the handler of its kind', async () => {
      const heard: string[] = [];
      for (const kind of ['conversation', 'delivery', 'submission', 'notice'] as const) {
        queue.work(kind, 1, (id) => {
          heard.push(`${kind} ${id}`);
          return Promise.resolve();
        });
      }
      await queue.ring({ kind: 'delivery', id: 'a' });
      await queue.ring({ kind: 'conversation', id: 'a' });
      await queue.ring({ kind: 'submission', id: '7304-8815-2096-4' });
      await queue.ring({ kind: 'notice', id: '730488152096' });
      await until(() =>
        expect(heard.sort()).toEqual([
          'conversation a',
          'delivery a',
          'notice 730488152096',
          'submission 7304-8815-2096-4',
        ]),
      );
      await until(async () => expect(await queue.pending()).toBe(0));
    });

    it('keeps bells that ring before anybody listens', async () => {
      await queue.ring({ kind: 'notice', id: 'early' });
      expect(await queue.pending()).toBe(1);
      expect([await queue.pending('notice'), await queue.pending('delivery')]).toEqual([1, 0]);
      const heard: string[] = [];
      queue.work('notice', 1, (id) => {
        heard.push(id);
        return Promise.resolve();
      });
      await until(() => expect(heard).toEqual(['early']));
    });

    it('makes one of bells that wait with the same id', async () => {
      const { started, handler, letGo } = gate();
      queue.work('conversation', 1, handler);
      await queue.ring({ kind: 'conversation', id: 'busy' });
      await until(() => expect(started).toEqual(['busy']));
      for (let n = 0; n < 5; n += 1) await queue.ring({ kind: 'conversation', id: 'a' });
      letGo();
      await until(() => expect(started).toEqual(['busy', 'a']));
      letGo();
      await until(async () => expect(await queue.pending()).toBe(0));
      expect(started).toEqual(['busy', 'a']);
    });

    it('handles again what rang while it was being handled, and never twice at once', async () => {
      const { started, handler, letGo } = gate();
      queue.work('conversation', 4, handler);
      await queue.ring({ kind: 'conversation', id: 'a' });
      await until(() => expect(started).toEqual(['a']));
      await queue.ring({ kind: 'conversation', id: 'a' });
      await queue.ring({ kind: 'conversation', id: 'a' });
      await queue.ring({ kind: 'conversation', id: 'b' });
      await until(() => expect(started).toEqual(['a', 'b']));
      letGo();
      await until(() => expect(started).toEqual(['a', 'b', 'a']));
      letGo();
      letGo();
      await until(async () => expect(await queue.pending()).toBe(0));
      expect(started).toEqual(['a', 'b', 'a']);
    });

    it('runs no more at once than asked, and different ids side by side', async () => {
      const { started, handler, letGo } = gate();
      queue.work('delivery', 2, handler);
      for (const id of ['a', 'b', 'c']) await queue.ring({ kind: 'delivery', id });
      await until(() => expect(started).toEqual(['a', 'b']));
      expect(await queue.pending()).toBe(3);
      letGo();
      await until(() => expect(started).toEqual(['a', 'b', 'c']));
      letGo();
      letGo();
    });

    it('waits the delay; the earliest time wins', async () => {
      const heard: { id: string; after: number }[] = [];
      const start = performance.now();
      queue.work('conversation', 4, (id) => {
        heard.push({ id, after: performance.now() - start });
        return Promise.resolve();
      });
      await queue.ring({ kind: 'conversation', id: 'late' }, 200);
      await queue.ring({ kind: 'conversation', id: 'hurried' }, 60_000);
      await queue.ring({ kind: 'conversation', id: 'hurried' });
      await queue.ring({ kind: 'conversation', id: 'patient' }, 50);
      await queue.ring({ kind: 'conversation', id: 'patient' }, 60_000);
      await until(() => expect(heard.map(({ id }) => id)).toEqual(['hurried', 'patient', 'late']));
      expect(heard.find(({ id }) => id === 'late')?.after).toBeGreaterThanOrEqual(190);
    });

    it('tries again when a handler throws, with growing delays, while others go on', async () => {
      const tries: number[] = [];
      const heard: string[] = [];
      queue.work('submission', 1, (id) => {
        if (id === 'good') heard.push(id);
        if (id === 'bad') tries.push(performance.now());
        return id === 'bad' && tries.length < 4 ? Promise.reject(new Error('not yet')) : Promise.resolve();
      });
      await queue.ring({ kind: 'submission', id: 'bad' });
      await queue.ring({ kind: 'submission', id: 'good' });
      await until(() => expect(tries).toHaveLength(4), 15_000);
      expect(heard).toEqual(['good']);
      const [first = 0, second = 0, third = 0, fourth = 0] = tries;
      expect(third - second).toBeGreaterThan(second - first);
      expect(fourth - third).toBeGreaterThan(third - second);
      await until(async () => expect(await queue.pending()).toBe(0));
    });

    it('keeps lanes apart: what stands still in one holds up nobody in another', async () => {
      const { started, handler, letGo } = gate();
      const quick: string[] = [];
      queue.work('delivery', 1, handler, { name: 'slow' });
      queue.work('delivery', 1, (id) => Promise.resolve(void quick.push(id)), { name: 'quick' });
      for (const id of ['a', 'b', 'c']) {
        await queue.ring({ kind: 'delivery', id, lane: 'slow' });
        await queue.ring({ kind: 'delivery', id: `q${id}`, lane: 'quick' });
      }
      await queue.ring({ kind: 'delivery', id: 'nobody', lane: 'switched-off' });
      await until(() => expect([started, quick]).toEqual([['a'], ['qa', 'qb', 'qc']]));
      await until(async () => expect(await queue.pending('delivery')).toBe(4));
      letGo();
      await until(() => expect(started).toEqual(['a', 'b']));
      letGo();
      await until(() => expect(started).toEqual(['a', 'b', 'c']));
      letGo();
    });

    it("keeps a lane's rate", async () => {
      const handled: string[] = [];
      const handler = (id: string) => Promise.resolve(void handled.push(id));
      queue.work('delivery', 8, handler, { name: 'slow', rate: { most: 2, per: 60_000 } });
      // As it comes of dividing a second.
      queue.work('delivery', 8, handler, { name: 'brisk', rate: { most: 2, per: 1_000 / 35 } });
      for (const id of ['a', 'b', 'c', 'd', 'e']) {
        await queue.ring({ kind: 'delivery', id: `slow ${id}`, lane: 'slow' });
        await queue.ring({ kind: 'delivery', id: `brisk ${id}`, lane: 'brisk' });
      }
      const of = (lane: string) => handled.filter((id) => id.startsWith(lane)).length;
      await until(() => expect([of('slow'), of('brisk')]).toEqual([2, 5]));
      expect(await queue.pending('delivery')).toBe(3);
    });

    it('calls a schedule again and again, one round at a time, whatever a round comes to', async () => {
      let rounds = 0;
      let running = 0;
      let most = 0;
      queue.schedule('sweep', 10, async () => {
        most = Math.max(most, (running += 1));
        rounds += 1;
        await new Promise((resolve) => setTimeout(resolve, 15));
        running -= 1;
        if (rounds === 2) throw new Error('this round failed');
      });
      await until(() => expect(rounds).toBeGreaterThan(4), 15_000);
      expect(most).toBe(1);
      expect(await queue.pending()).toBe(0);
      await queue.close();
      expect(running).toBe(0);
    });

    it('tells everybody who listens, until they stop', async () => {
      const heard: string[] = [];
      const stop = queue.hear((hint) => heard.push(`a ${hint}`));
      queue.hear((hint) => heard.push(`b ${hint}`));
      queue.tell('one');
      await until(() => expect(heard.sort()).toEqual(['a one', 'b one']));
      stop();
      queue.tell('two');
      await until(() => expect(heard.sort()).toEqual(['a one', 'b one', 'b two']));
    });

    it('closes when what runs has ended, and takes nothing more', async () => {
      const { started, handler, letGo } = gate();
      queue.work('conversation', 1, handler);
      await queue.ring({ kind: 'conversation', id: 'a' });
      await queue.ring({ kind: 'conversation', id: 'never' });
      await until(() => expect(started).toEqual(['a']));
      let closed = false;
      const closing = queue.close().then(() => {
        closed = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(closed).toBe(false);
      letGo();
      await closing;
      await queue.ring({ kind: 'conversation', id: 'late' }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(started).toEqual(['a']);
    });
  });
}
