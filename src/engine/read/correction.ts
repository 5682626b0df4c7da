/** Corrections: an earlier answer is named, asked again, and the person comes back to where they were. */
import { labelOf } from '../ask.js';
import { near } from '../text/near.js';
import type { Turn } from '../turn.js';
import type { AskingStep, ReviewStep } from '../types.js';
import { enterCalled, walk } from '../walk.js';
import { pick, type Pickable } from './pick.js';

/** Asks which answer of a review to correct. */
export function startCorrecting(turn: Turn, step: ReviewStep): void {
  turn.session.pending = { about: 'field' };
  const options = fields(turn, step).map(({ id, label }) => ({ id: `!/pending/${id}`, label }));
  turn.sayKey('engine.review.which', undefined, options);
}

/** The answer that a review's field list means by these words. */
export function fieldNamed(turn: Turn, plain: string): string | undefined {
  const step = turn.waiting;
  return step?.kind === 'review' ? pick(turn, plain, fields(turn, step), true) : undefined;
}

/** "تعديل رقم الجوال": the answered question that the words after an edit word name. */
export function correctionIn(turn: Turn, plain: string): AskingStep | undefined {
  const word = turn.prepared.wordLists.edit.find((edit) => plain.startsWith(`${edit} `));
  const frame = turn.frame;
  if (word === undefined || !frame) return undefined;
  const rest = plain.slice(word.length + 1);
  const answered = [...turn.flow(frame).questions.values()].filter(
    (question) => question.short && turn.answer(question.id) !== undefined,
  );
  const exact = answered.filter((question) => turn.prepared.plain(labelOf(turn, question)) === rest);
  const close =
    exact.length > 0 ? exact : answered.filter((question) => means(rest, turn.prepared.plain(labelOf(turn, question))));
  return close.length === 1 ? close[0] : undefined;
}

/** The label, a near-miss of it, or its first words: "تعديل الاسم" for "الاسم الكامل". */
function means(words: string, label: string): boolean {
  return near(words, label) || label.startsWith(`${words} `);
}

/** Goes to a question again; afterwards only what depends on it is asked, then the place of now. */
export function correct(turn: Turn, name: string): void {
  const frame = turn.frame;
  if (!frame) return;
  const flow = turn.flow(frame);
  const here = frame.step;
  const call = flow.through.get(name);
  if (here !== name) frame.until ??= here;
  frame.step = call?.id ?? name;
  if (call) enterCalled(turn, frame, call.flow, name);
  else frame.redo = name;
  walk(turn);
}

/** Leaves a correction: the old answer stands. False when none was under way. */
export function dropCorrection(turn: Turn): boolean {
  const correcting = turn.session.stack.findIndex((frame) => frame.redo !== undefined);
  if (correcting < 0) return false;
  while (turn.frame?.redo !== undefined || turn.session.stack.length > correcting + 1) {
    const frame = turn.frame;
    if (!frame) return false;
    delete frame.redo;
    if (frame.until !== undefined && turn.flow(frame).steps.has(frame.until)) break;
    turn.pop();
  }
  const frame = turn.frame;
  if (!frame) return false;
  frame.step = frame.until ?? frame.step;
  delete frame.until;
  walk(turn);
  return true;
}

function fields(turn: Turn, step: ReviewStep): Pickable[] {
  const frame = turn.frame;
  if (!frame) return [];
  const questions = turn.flow(frame).questions;
  return step.fields.flatMap((id) => {
    const question = questions.get(id);
    return question && turn.answer(id) !== undefined ? [{ id, label: labelOf(turn, question), also: [] }] : [];
  });
}
