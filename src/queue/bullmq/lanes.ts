/** How a queue stands, in few numbers for a screen. */
import type { Queue as BullQueue } from 'bullmq';
import type { LaneState } from '../contract.js';

/** Bells of later that are looked at one by one. */
const MOST = 1_000;

/** Rejects when Redis does not answer. */
export async function laneState(queue: BullQueue): Promise<LaneState> {
  const [counts, later, [first], handlers] = await Promise.all([
    queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed'),
    queue.getDelayed(0, MOST - 1),
    queue.getWaiting(0, 0),
    queue.getWorkersCount(),
  ]);
  return {
    name: queue.name,
    waiting: (counts['waiting'] ?? 0) + (counts['prioritized'] ?? 0),
    active: counts['active'] ?? 0,
    later: counts['delayed'] ?? 0,
    again: later.filter(({ attemptsMade }) => attemptsMade > 0).length,
    since: first ? first.timestamp + first.delay : null,
    handlers,
  };
}
