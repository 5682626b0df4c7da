/** Random flows, random changes, people anywhere in them: no answer is ever under another question, and everybody comes to an end. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { counts, live } from '../support/publishing-world.js';

/** Worlds at a time: on to the next ones until everything has happened in some of them. */
const RUNS = 20;
const MOST = 3;
/** Nothing is proven by worlds in which nothing happens. */
const WANTED = ['refused', 'published with people in the middle', 'people carried over', 'asked anew', 'ends'];

it('is safe for everybody in the middle of a flow', { timeout: 30000 }, async () => {
  const missing = (): string[] => WANTED.filter((seen) => (counts[seen] ?? 0) === 0);
  for (let batch = 0; batch < MOST && missing().length > 0; batch++)
    await fc.assert(fc.asyncProperty(fc.integer(), live), { numRuns: RUNS });
  expect(missing()).toEqual([]);
});
