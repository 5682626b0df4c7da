/** Timers that fell due: a silent person, staff that did not come. */
import type { Turn } from '../turn.js';
import type { DueKind } from '../types.js';
import { astray } from '../runs.js';
import { remind } from '../remind.js';
import { goTo } from '../walk.js';

/** A timer whose reason is gone does nothing. */
export function readTimer(turn: Turn, due: DueKind): void {
  turn.readAs('timer');
  const { hold } = turn.session;
  if (due === 'handoff') {
    if (hold?.owed !== undefined && !hold.late) announceDelay(turn);
    return;
  }
  const waiting = turn.waiting;
  if (hold || !waiting || astray(turn)) return;
  // A reminder that was held up beyond the end of the silence is that end.
  const over = turn.context.now >= (turn.session.since ?? 0) + waiting.silence.after;
  if (due === 'reminder' && !over) return remind(turn, waiting);
  delete turn.session.pending;
  turn.session.since = turn.context.now;
  goTo(turn, waiting.silence.go);
}

function announceDelay(turn: Turn): void {
  const { hold } = turn.session;
  if (!hold) return;
  turn.session.hold = { ...hold, late: true };
  turn.sayKey('engine.handoff.late', undefined, [
    { id: '!/wait', label: turn.text('engine.handoff.late.wait') },
    { id: '!/back', label: turn.text('engine.handoff.late.back') },
  ]);
}
