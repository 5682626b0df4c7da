// Hundreds of hostile requests, other ones each time; the slow suite sends many thousands. FUZZ_SEED takes up a run that failed.
import { it } from 'vitest';
import { sendHostile } from './hostile.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000_000);

it(`hostile requests (seed ${SEED}) never bring a fault of ours, and neighbours hear what they heard`, () =>
  sendHostile(800, SEED));
