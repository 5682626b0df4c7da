/** Random flows, random people: filed is the last valid answer to every question of the final way, and nothing else. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { counts, live } from '../support/oracle-world.js';

const RUNS = 20_000;
/** The same worlds each time; ORACLE_SEED looks at others. */
const SEED = Number(process.env['ORACLE_SEED'] ?? 20_261_122);

it('files what was said last, to every question of the way, and nothing else', { timeout: 300_000 }, () => {
  fc.assert(fc.property(fc.integer(), live), { numRuns: RUNS, seed: SEED });
  console.log({ runs: RUNS, ...counts });
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

it.each([
  [1371569426, 'a second pass through a called flow is left half-way by "back"'],
  [-1148667762, 'a circle changes an answer on which the question that it came from depends'],
  [1008065890, 'a circle leaves an answer standing that a later choice depends on'],
])('files what the way of world %i leads to: %s', (seed) => {
  live(seed);
});
