// Twenty thousand hostile requests; FUZZ=100000 sends that many, FUZZ_SEED takes up a run that failed.
import { it } from 'vitest';
import { sendHostile } from './hostile.js';

const MOST = Number(process.env['FUZZ'] ?? 20_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000_000);

it(
  `${MOST} hostile requests (seed ${SEED}) never bring a fault of ours, and neighbours hear what they heard`,
  { timeout: 3_600_000 },
  () => sendHostile(MOST, SEED),
);
