/** A tapped option, known by its opaque id. */
import { pickable } from '../ask.js';
import { answerTypes } from '../answers/index.js';
import type { Turn } from '../turn.js';
import type { AskingStep, GlobalWord } from '../types.js';
import { take } from './answer.js';
import { askAgain, obey } from './words.js';

/** An option of this question, a global one, or one from an earlier question. */
export function tapped(turn: Turn, step: AskingStep, choice: string): void {
  if (choice.startsWith('!/')) return tappedGlobal(turn, choice.slice(2));
  const value = ownValue(turn, step, choice);
  if (value === undefined) {
    turn.readAs('stale');
    return askAgain(turn, turn.text('engine.stale'));
  }
  turn.readAs('button', step);
  take(turn, step, value);
}

/** Options that no question owns: words, what the engine asked in between, what people do elsewhere that brings them here. */
export function tappedGlobal(turn: Turn, id: string): void {
  const [head, tail = ''] = id.split(/\/(.*)/s);
  turn.readAs('button');
  if (head === 'word') return obey(turn, tail as GlobalWord);
  if (head === 'back' || head === 'opened') return askAgain(turn);
  if (head === 'mention') return askAgain(turn, turn.text('engine.mentioned'));
  turn.readAs('stale');
  askAgain(turn, turn.text('engine.stale'));
}

function ownValue(turn: Turn, step: AskingStep, choice: string): string | string[] | number | undefined {
  const start = `${turn.frame?.run ?? ''}/${step.id}/`;
  if (!choice.startsWith(start)) return undefined;
  const value = choice.slice(start.length);
  if (value === 'skipped') return step.kind === 'ask' && step.optional ? value : undefined;
  if (step.kind === 'ask' && step.look === 'stars') return stars(turn, step.answer, value);
  if (!pickable(turn, step).some((one) => one.id === value)) return undefined;
  return step.kind === 'ask' && step.answer === 'choices' ? [value] : value;
}

function stars(turn: Turn, type: string, value: string): number | undefined {
  const reading = answerTypes.get(type)?.read({ text: value, plain: value, files: [] }, {}, turn.context.now);
  return reading && 'value' in reading && typeof reading.value === 'number' ? reading.value : undefined;
}
