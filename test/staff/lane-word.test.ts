// What is said of a queue at a glance.
import { describe, expect, it } from 'vitest';
import type { LaneState } from '../../src/queue/contract.js';
import { laneWord } from '../../src/staff/console/screens/lane-word.js';

const NOW = Date.UTC(2026, 2, 1, 8);
const calm: LaneState = { name: 'conversation', waiting: 0, active: 0, later: 0, again: 0, since: null, handlers: 2 };

describe('a queue', () => {
  it.each<[string, Partial<LaneState>, string]>([
    ['with nothing in it', {}, 'calm'],
    ['of a channel that is off, with nothing in it', { handlers: 0 }, 'calm'],
    ['that is worked on', { waiting: 90, active: 8, since: NOW - 59_000 }, 'calm'],
    ['with something for later', { later: 3 }, 'calm'],
    ['whose first in line waits for over a minute', { waiting: 1, since: NOW - 61_000 }, 'slow'],
    ['where something failed', { later: 1, again: 1, waiting: 1, since: NOW - 61_000 }, 'again'],
    ['that nobody handles', { waiting: 1, since: NOW, handlers: 0 }, 'nobody'],
    ['that nobody will handle', { later: 1, again: 1, handlers: 0 }, 'nobody'],
  ])('%s', (_, more, word) => expect(laneWord({ ...calm, ...more }, NOW)).toBe(word));
});
