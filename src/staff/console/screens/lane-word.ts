// What is to be said of a queue at a glance, the gravest first.
import type { LaneState } from '../api/types.js';

/** Milliseconds that a bell may wait before it is worth a look. */
const PATIENCE = 60_000;

/** `nobody`: no process handles it; `again`: handlers fail and try again; `slow`: the first in line waits for over a minute. */
export type LaneWord = 'nobody' | 'again' | 'slow' | 'calm';

export function laneWord({ waiting, later, again, since, handlers }: LaneState, now: number): LaneWord {
  if (handlers === 0 && waiting + later > 0) return 'nobody';
  if (again > 0) return 'again';
  return since !== null && now - since > PATIENCE ? 'slow' : 'calm';
}
