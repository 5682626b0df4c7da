/** Corrections: an earlier answer is named, asked again, and the person comes back to where they were. */
import { without } from '../as-text.js';
import { ask, labelOf } from '../ask.js';
import { foldTo, rewind } from '../retrace.js';
import { near } from '../text/near.js';
import type { Turn } from '../turn.js';
import type { AskingStep, Retrace } from '../types.js';
import { walk } from '../walk.js';
import { placeNamed } from './ordinals.js';

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

/** The answered question at a named place: where there are no buttons, what `offerFields` offers stands as numbered lines. */
export function fieldAt(turn: Turn, words: string): AskingStep | undefined {
  const place = placeNamed(words);
  return place === undefined ? undefined : answered(turn)[place];
}

function means(words: string, label: string): boolean {
  return near(words, label) || (words.length >= 3 && ` ${label} `.includes(` ${words} `));
}

/** Goes to a question again; afterwards only what depends on it is asked, then the place of now. */
export function correct(turn: Turn, name: string): void {
  const { stack } = turn.session;
  const { waiting } = turn;
  if (waiting?.id === name) return ask(turn, waiting);
  const owner = stack.findLastIndex((frame) => Object.hasOwn(frame.answers, name));
  if (owner < 0) return correctAhead(turn, name);
  foldTo(turn, owner);
  const { frame } = turn;
  if (!frame) return;
  const until = frame.retrace?.until ?? frame.step;
  rewind(turn, frame, name);
  frame.retrace = { kept: {}, ...frame.retrace, until, redo: name };
  walk(turn);
}

/** The answer lies ahead of the walk that an earlier correction began. */
function correctAhead(turn: Turn, name: string): void {
  const { waiting } = turn;
  const question = turn.question(name);
  if (!waiting || !question) return;
  if (dropRedo(turn)) {
    keepAhead(turn, name, ({ kept, ...retrace }) => ({ ...retrace, kept, redo: name }));
    return walk(turn);
  }
  keepAhead(turn, name, ({ kept, ...retrace }) => ({ ...retrace, kept: without(kept, name) }));
  ask(turn, waiting, turn.text('engine.correct.later', { label: labelOf(turn, question) }));
}

function keepAhead(turn: Turn, name: string, change: (retrace: Retrace) => Retrace): void {
  const { stack } = turn.session;
  const owner = stack.findLastIndex((frame) => frame.retrace && Object.hasOwn(frame.retrace.kept, name));
  const frame = stack[owner];
  if (frame?.retrace) stack[owner] = { ...frame, retrace: change(frame.retrace) };
}

/** The question that a correction asks again keeps its old answer. False when it is not the waiting one. */
function dropRedo(turn: Turn): boolean {
  const { frame } = turn;
  if (!frame?.retrace || frame.retrace.redo !== frame.step) return false;
  delete frame.retrace.redo;
  turn.passing = true;
  return true;
}

/** Leaves a correction: the old answer stands. False when none was under way. */
export function dropCorrection(turn: Turn): boolean {
  const dropped = dropRedo(turn);
  if (dropped) walk(turn);
  return dropped;
}

/** Whether an option names an answer that may be corrected here. */
export function canCorrect(turn: Turn, name: string): boolean {
  return answered(turn).some(({ id }) => id === name);
}

/** What may be corrected here, in the order it was asked. */
function answered(turn: Turn): AskingStep[] {
  const step = turn.waiting;
  const [bottom] = turn.session.stack;
  if (!bottom) return [];
  const wanted = step?.kind === 'review' ? step.fields : [...turn.flow(bottom).questions.keys()];
  return wanted.flatMap((id) => {
    const question = turn.question(id);
    return question?.short && question.kind === 'ask' && wasAnswered(turn, id) ? [question] : [];
  });
}

/** On the way here, or on the way that a correction walks again. */
function wasAnswered(turn: Turn, name: string): boolean {
  return turn.session.stack.some(
    ({ answers, retrace }) => Object.hasOwn(answers, name) || Object.hasOwn(retrace?.kept ?? {}, name),
  );
}
