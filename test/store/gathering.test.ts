// What waits is written together, in order, and fails with nobody but those beside it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Gathering } from '../../src/store/mongo/gathering.js';

it('writes everything once and in order, one batch at a time, however it comes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 60 }),
      fc.integer({ min: 1, max: 7 }),
      async (pauses, most) => {
        const written: number[] = [];
        const sizes: number[] = [];
        let under = 0;
        const gathering = new Gathering<number>(most, async (items) => {
          under += 1;
          expect(under).toBe(1);
          await Promise.resolve();
          written.push(...items);
          sizes.push(items.length);
          under -= 1;
        });
        const all: Promise<void>[] = [];
        for (const [n, pause] of pauses.entries()) {
          all.push(gathering.add(n));
          if (pause) await Promise.resolve();
        }
        await Promise.all(all);
        expect(written).toEqual([...pauses.keys()]);
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(most);
      },
    ),
  );
});

it('resolves only when the item is written', async () => {
  const order: string[] = [];
  const gathering = new Gathering<string>(9, async (items) => {
    await Promise.resolve();
    order.push(`written ${items.join()}`);
  });
  await Promise.all(['a', 'b'].map((item) => gathering.add(item).then(() => order.push(`told ${item}`))));
  expect(order).toEqual(['written a,b', 'told a', 'told b']);
});

it('rejects those of the batch that failed, and goes on with the next', async () => {
  const gathering = new Gathering<number>(2, (items) =>
    items.includes(2) ? Promise.reject(new Error('no')) : Promise.resolve(),
  );
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((item) => gathering.add(item)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled']);
  await expect(gathering.add(5)).resolves.toBeUndefined();
});
