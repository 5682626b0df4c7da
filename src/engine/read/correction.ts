/** Corrections: an earlier answer is named, asked again, and the person comes back to where they were. */
import { labelOf } from '../ask.js';
import { near } from '../text/near.js';
import type { Turn } from '../turn.js';
import type { AskingStep } from '../types.js';
import { enterCalled, walk } from '../walk.js';

/** Asks which answer to correct: those of the review, or all that were given. */
export function offerFields(turn: Turn): void {
  const options = answered(turn).map((question) => ({
    id: `!/pending/${question.id}`,
    label: labelOf(turn, question),
  }));
  if (options.length === 0) return turn.sayKey('engine.correct.nothing');
  turn.session.pending = { about: 'field' };
  turn.sayKey('engine.review.which', undefined, options);
}

/** "تعديل رقم الجوال": the answered question that the words after an edit word name. */
export function correctionIn(turn: Turn, plain: string): AskingStep | undefined {
  const word = turn.prepared.wordLists.edit.find((edit) => plain.startsWith(`${edit} `));
  return word === undefined ? undefined : fieldIn(turn, plain.slice(word.length + 1));
}

/** The answered question that these words name: by its label, a near-miss, or the words that only it has. */
export function fieldIn(turn: Turn, words: string): AskingStep | undefined {
  const all = answered(turn);
  const label = (question: AskingStep): string => turn.prepared.plain(labelOf(turn, question));
  const exact = all.filter((question) => label(question) === words);
  const close = exact.length > 0 ? exact : all.filter((question) => means(words, label(question)));
  return close.length === 1 ? close[0] : undefined;
}

function means(words: string, label: string): boolean {
  return near(words, label) || (words.length >= 3 && ` ${label} `.includes(` ${words} `));
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

/** What may be corrected here, in the order it was asked. */
function answered(turn: Turn): AskingStep[] {
  const frame = turn.frame;
  const step = turn.waiting;
  if (!frame) return [];
  const { questions } = turn.flow(frame);
  const wanted = step?.kind === 'review' ? step.fields : [...questions.keys()];
  return wanted.flatMap((id) => {
    const question = questions.get(id);
    return question?.short && question.kind === 'ask' && turn.answer(id) !== undefined ? [question] : [];
  });
}
