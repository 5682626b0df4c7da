// The queue within one process: the contract, and what only it can show.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openEmbeddedQueue } from '../../src/queue/embedded.js';
import { queueContract } from './contract-suite.js';
import { orderContract } from './order-contract.js';

queueContract('embedded', () => {
  const queue = openEmbeddedQueue();
  return Promise.resolve({ queue, close: () => queue.close() });
});

orderContract('embedded', () => {
  const queue = openEmbeddedQueue();
  return Promise.resolve({ order: queue.order, close: () => queue.close() });
});

it('tells of a handler that threw', async () => {
  const errors: unknown[] = [];
  const queue = openEmbeddedQueue((kind, error) => errors.push([kind, (error as Error).message]));
  queue.work('notice', 1, () => Promise.reject(new Error('no')));
  await queue.ring({ kind: 'notice', id: 'a' });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(errors).toEqual([['notice', 'no']]);
  await queue.close();
});

it('refuses a second handler of a kind', () => {
  const queue = openEmbeddedQueue();
  queue.work('notice', 1, () => Promise.resolve());
  expect(() => queue.work('notice', 1, () => Promise.resolve())).toThrow(TypeError);
});

it('after any rings, every id was handled after its last ring, and never twice at once', async () => {
  const rings = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), delay: fc.constantFrom(0, 0, 1, 3) }), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(rings, fc.integer({ min: 1, max: 3 }), async (bells, concurrency) => {
      const queue = openEmbeddedQueue();
      const seen = new Map<string, number>();
      const rung = new Map<string, number>();
      const running = new Set<string>();
      let most = 0;
      let overlapped = false;
      queue.work('conversation', concurrency, async (id) => {
        overlapped ||= running.has(id);
        running.add(id);
        most = Math.max(most, running.size);
        const known = rung.get(id) ?? 0;
        await new Promise((resolve) => setImmediate(resolve));
        running.delete(id);
        seen.set(id, known);
      });
      for (const [index, { id, delay }] of bells.entries()) {
        rung.set(id, index);
        await queue.ring({ kind: 'conversation', id }, delay);
        if (index % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      while ((await queue.pending()) > 0) await new Promise((resolve) => setTimeout(resolve, 1));
      expect(seen).toEqual(rung);
      expect(most).toBeLessThanOrEqual(concurrency);
      expect(overlapped).toBe(false);
      await queue.close();
    }),
    { numRuns: 40 },
  );
});
