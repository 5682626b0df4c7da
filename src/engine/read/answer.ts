/** Takes a value as the answer to the waiting question and goes on. */
import { asText } from '../as-text.js';
import { labelOf } from '../ask.js';
import { dependentsOf } from './dependents.js';
import { offerFields } from './correction.js';
import { obey } from './words.js';
import type { Turn } from '../turn.js';
import type { AskingStep, Json, ReviewStep } from '../types.js';
import { goOn, valueKey } from '../walk.js';

/** Files the value under the question and walks on. */
export function take(turn: Turn, step: AskingStep, value: Json): void {
  const frame = turn.frame;
  if (!frame) return;
  if (step.kind === 'review') return takeReview(turn, step, asText(value));
  const before = frame.answers[step.id];
  const changed = before !== undefined && before !== value && JSON.stringify(before) !== JSON.stringify(value);
  frame.answers[step.id] = value;
  if (frame.redo === step.id) turn.sayKey('engine.corrected', { label: labelOf(turn, step) });
  delete frame.redo;
  if (step.kind === 'consent') {
    frame.answers[`${step.id}.at`] = turn.context.now;
    turn.effects.push({
      kind: 'consent',
      run: frame.run,
      version: step.version,
      given: value === 'yes',
      language: turn.language,
      at: turn.context.now,
    });
  }
  if (changed) dependentsOf(turn, frame, step.id);
  goOn(turn, step, valueKey(value));
}

function takeReview(turn: Turn, step: ReviewStep, value: string): void {
  if (value === 'right') return goOn(turn, step, 'right');
  if (value === 'cancel') return obey(turn, 'cancel');
  offerFields(turn);
}
