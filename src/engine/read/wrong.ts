/** A wrong answer: why, the question again, and after some tries a way out. */
import { asText } from '../as-text.js';
import { ask, reask } from '../ask.js';
import type { Turn } from '../turn.js';
import { files } from '../runs.js';
import type { AskingStep, Reading } from '../types.js';
import { goTo } from '../walk.js';

/** What was written asked something, and no article answers it. */
export const UNANSWERED = 'unanswered';

/** "I do not know" at a question that a request needs, and where no request is under way but something is to be chosen. */
const REQUIRED = 'required';
const UNKNOWN = 'unknown';

/** What a word of skipping is at a question that cannot be skipped; where nothing is filed, the question is no part of any request. */
export function unskippable(turn: Turn, step: AskingStep, reading: { wrong: string }): { wrong: string } {
  const flow = turn.prepared.flows.get(turn.session.stack[0]?.flow ?? '')?.flow;
  if (!flow || files(flow)) return { wrong: REQUIRED };
  const known = turn.prepared.set.texts['engine.skip.choose'] !== undefined;
  return known && step.kind === 'ask' && reading.wrong === 'choice' ? { wrong: UNKNOWN } : reading;
}

/** Says what was not right; after the step's tries goes to its exit. */
export function wrong(turn: Turn, step: AskingStep, reading: Extract<Reading, { wrong: string }>): void {
  const frame = turn.frame;
  if (!frame || turn.endangered) return;
  const tries = (frame.tries ?? 0) + 1;
  const exit = turn.context.attended ? ATTENDED : step.wrong;
  if (exit.tries !== 'any' && exit.go !== undefined && tries >= exit.tries) {
    delete frame.tries;
    turn.reason = 'wrong_answers';
    return goTo(turn, exit.go);
  }
  if (exit.tries !== 'any') frame.tries = tries;
  if (step.again && reading.wrong !== UNANSWERED) return reask(turn, step, turn.render(step.again));
  const why = lastTry(exit, tries)
    ? `${reason(turn, step, reading)}\n${turn.text('engine.wrong.last')}`
    : reason(turn, step, reading);
  if (step.kind === 'consent' || step.kind === 'declaration') reask(turn, step, why);
  else ask(turn, step, why);
}

/** With staff at the keyboard nobody is given up on. */
const ATTENDED: AskingStep['wrong'] = { tries: 'any' };

/** One more and the exit is taken: the person is told of help before that. */
function lastTry(exit: AskingStep['wrong'], tries: number): boolean {
  return exit.tries !== 'any' && exit.tries > 2 && tries === exit.tries - 1;
}

function reason(turn: Turn, step: AskingStep, reading: Extract<Reading, { wrong: string }>): string {
  if (reading.wrong === UNANSWERED) return turn.text('engine.question.none');
  if (reading.wrong === REQUIRED) return turn.text('engine.skip.cannot');
  if (reading.wrong === UNKNOWN) return turn.text('engine.skip.choose');
  if (step.kind === 'consent') return turn.text('engine.consent.exact');
  if (reading.wrong === 'choice') return turn.text('engine.wrong.choice');
  if (step.kind === 'declaration')
    return turn.text('engine.declaration.name_differs', { name: asText(turn.answer(step.signs) ?? '') });
  const key = step.kind === 'ask' ? `answers.${step.answer}.${reading.wrong}` : 'engine.wrong.generic';
  return turn.text(Object.hasOwn(turn.prepared.set.texts, key) ? key : 'engine.wrong.generic', reading.values);
}
