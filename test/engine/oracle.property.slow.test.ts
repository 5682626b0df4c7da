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

// Left half-way by "back", a circle's second pass through a called flow must give back what it had made forget.
it('files every answer also where a second pass through a called flow was left half-way', () => {
  live(1371569426);
});
