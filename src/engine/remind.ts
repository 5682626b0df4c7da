/** The one reminder of an unfinished request. */
import { askShort, reask } from './ask.js';
import { draftable, hasAnswers } from './runs.js';
import type { Turn } from './turn.js';
import type { AskingStep } from './types.js';

/** A reminder that was held up until so near the end of the silence is left out: what is said then is enough. In milliseconds. */
const NEAR = 3_600_000;

/** Whether the run under way is reminded of: begun, not filed, one that can be kept, and not reminded of before. Not a person who rests, nor at a desk. */
export function remindable(turn: Turn): boolean {
  const { session, context } = turn;
  const [bottom] = session.stack;
  if (!bottom || bottom.reminded || session.rest || context.attended || turn.number !== undefined) return false;
  return session.stack.some(hasAnswers) && draftable(turn, bottom.flow);
}

/** Says that all is kept, and puts the waiting question once more. */
export function remind(turn: Turn, waiting: AskingStep): void {
  if (!remindable(turn)) return;
  const { session, context } = turn;
  const [bottom] = session.stack;
  if (bottom) session.stack[0] = { ...bottom, reminded: true };
  if (context.now > (session.since ?? context.now) + waiting.silence.after - NEAR) return;
  delete session.pending;
  const words = turn.text('engine.reminder');
  // Nobody asked for it just now: what was answered is not shown to whoever holds the phone.
  if (waiting.kind === 'review') reask(turn, waiting, `${words}\n\n${turn.render(waiting.ask)}`);
  else askShort(turn, waiting, words);
}
