/** Corrections: an earlier answer is named, asked again, and the person comes back to where they were. */
import { without } from '../as-text.js';
import { ask, labelOf } from '../ask.js';
import { awaits, foldTo, rewind } from '../retrace.js';
import { near } from '../text/near.js';
import type { Turn } from '../turn.js';
import type { AskingStep, Retrace } from '../types.js';
import { walk } from '../walk.js';
import { placeNamed } from './ordinals.js';

/** Asks which answer to correct: those of the review, or all that were given. */
export function offerFields(turn: Turn): void {
  const options = offered(turn).map((question) => ({
    id: `!/pending/${question.id}`,
    label: labelOf(turn, question),
  }));
  if (options.length === 0) return turn.sayKey('engine.correct.nothing');
  turn.session.pending = { about: 'field' };
  turn.sayKey('engine.review.which', undefined, options);
}

/** "تعديل رقم الجوال": the answered question that the words after an edit word name. */
export function correctionIn(turn: Turn, plain: string): AskingStep | undefined {
  const words = afterEdit(turn, plain);
  return words === undefined ? undefined : fieldIn(turn, words);
}

/** Whether words that would do as an answer rather are a wish to correct: nobody's name begins so, and any other text only with what a question is called. */
export function likeCorrection(turn: Turn, step: AskingStep, plain: string): boolean {
  const words = afterEdit(turn, plain);
  if (words === undefined) return false;
  return (step.kind === 'ask' && step.answer === 'name') || fieldIn(turn, words, namedIn(turn)) !== undefined;
}

/** What follows the longest edit word that the text begins with. */
export function afterEdit(turn: Turn, plain: string): string | undefined {
  const before = turn.prepared.wordLists.edit
    .filter((edit) => plain.startsWith(`${edit} `))
    .map(({ length }) => length);
  return before.length === 0 ? undefined : plain.slice(Math.max(...before) + 1);
}

/** The question among these (those answered) that these words name: by its label, a near-miss, or the words that only it has. */
export function fieldIn(turn: Turn, words: string, among = answered(turn)): AskingStep | undefined {
  const label = (question: AskingStep): string => turn.prepared.plain(labelOf(turn, question));
  const exact = among.filter((question) => label(question) === words);
  const close = exact.length > 0 ? exact : among.filter((question) => means(words, label(question)));
  return close.length === 1 ? close[0] : undefined;
}

/** The answered question at a named place: where there are no buttons, what `offerFields` offers stands as numbered lines. */
export function fieldAt(turn: Turn, words: string): AskingStep | undefined {
  const place = placeNamed(words);
  return place === undefined ? undefined : offered(turn)[place];
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
  return answered(turn).some(({ id, kind }) => id === name && kind === 'ask');
}

/** What is offered when no name was said. */
function offered(turn: Turn): AskingStep[] {
  return answered(turn).filter(({ id, kind }) => kind === 'ask' && id !== turn.waiting?.id);
}

/** What may be corrected here, in the order it was asked; the waiting question is only put again. */
function answered(turn: Turn): AskingStep[] {
  const { waiting } = turn;
  const all = namedIn(turn).filter(({ id }) => id === waiting?.id || wasAnswered(turn, id));
  return waiting?.kind === 'review'
    ? all.filter(({ id, kind }) => kind === 'consent' || waiting.fields.includes(id))
    : all;
}

/** Questions of the run that have a name for people. */
function namedIn(turn: Turn): AskingStep[] {
  const [bottom] = turn.session.stack;
  if (!bottom) return [];
  return [...turn.flow(bottom).questions.values()].filter(
    ({ kind, short }) => kind === 'consent' || (kind === 'ask' && short !== undefined),
  );
}

/** On the way here, or on the way that a correction walks again. */
function wasAnswered(turn: Turn, name: string): boolean {
  return turn.session.stack.some((frame) => Object.hasOwn(frame.answers, name) || awaits(turn, frame, name));
}
