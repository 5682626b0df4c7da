/** Takes a value as the answer to the waiting question and goes on. */
import { asText, without } from '../as-text.js';
import { labelOf } from '../ask.js';
import { dropDependents, dropSignatures, settleRetrace } from '../retrace.js';
import { offerFields } from './correction.js';
import { obey } from './words.js';
import type { Turn } from '../turn.js';
import type { AskingStep, Json, Retrace, ReviewStep } from '../types.js';
import { goOn, valueKey } from '../walk.js';

/** Files the value under the question and walks on. */
export function take(turn: Turn, step: AskingStep, value: Json): void {
  const frame = turn.frame;
  if (!frame) return;
  if (step.kind === 'review') return takeReview(turn, step, asText(value));
  const before = frame.answers[step.id];
  const changed = before !== undefined && before !== value && JSON.stringify(before) !== JSON.stringify(value);
  frame.answers[step.id] = value;
  if (frame.retrace?.redo === step.id) corrected(turn, step, frame.retrace);
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
  if (changed) dropSignatures(turn, step.id);
  if (before !== value) dropDependents(turn, step.id);
  settleRetrace(frame);
  goOn(turn, step, valueKey(value));
}

function corrected(turn: Turn, step: AskingStep, retrace: Retrace): void {
  turn.sayKey('engine.corrected', { label: labelOf(turn, step) });
  turn.passing = true;
  delete retrace.redo;
  retrace.kept = without(without(retrace.kept, step.id), `${step.id}.at`);
}

function takeReview(turn: Turn, step: ReviewStep, value: string): void {
  if (value === 'right') return goOn(turn, step, 'right');
  if (value === 'cancel') return obey(turn, 'cancel');
  offerFields(turn);
}
