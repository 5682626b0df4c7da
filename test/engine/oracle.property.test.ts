/** Random flows, random people: filed is the last valid answer to every question of the final way, and nothing else. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { counts, live } from '../support/oracle-world.js';

const RUNS = 200;

it('files what was said last, to every question of the way, and nothing else', () => {
  fc.assert(fc.property(fc.integer(), live), { numRuns: RUNS, seed: 20_261_122 });
  // Nothing is proven by worlds in which nothing happens.
  for (const seen of [
    'worlds',
    'worlds with circles',
    'corrections',
    'back',
    'wandered off',
    'left in a correction',
    'silences',
  ])
    expect(counts[seen], seen).toBeGreaterThan(0);
});
