/** Random flows, random changes, people anywhere in them: no answer is ever under another question, and everybody comes to an end. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { counts, live } from '../support/publishing-world.js';

const RUNS = 60;

it('is safe for everybody in the middle of a flow', { timeout: 30000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.integer(), live), { numRuns: RUNS });
  // Nothing is proven by worlds in which nothing happens.
  for (const seen of ['refused', 'published with people in the middle', 'people carried over', 'asked anew', 'ends'])
    expect(counts[seen], seen).toBeGreaterThan(0);
});
