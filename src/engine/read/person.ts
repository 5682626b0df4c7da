/** Reads what a person sent, in the order of the design: danger, button, choices, words, answer, correction, question, wrong. */
import { answerTypes } from '../answers/index.js';
import { pickable } from '../ask.js';
import { limits } from '../limits.js';
import { clean } from '../text/clean.js';
import { plain as normalise } from '../text/normalise.js';
import type { Turn } from '../turn.js';
import type { AnswerInput, AskStep, AskingStep, GlobalWord, Json, PersonInput, Reading } from '../types.js';
import { take } from './answer.js';
import { correct, correctionIn } from './correction.js';
import { heedDanger } from './danger.js';
import { heldMessage } from './hold.js';
import { readMedia } from './media.js';
import { open } from './open.js';
import { overPace } from './pace.js';
import { readPending } from './pending.js';
import { pick } from './pick.js';
import { tryQuestion } from './question.js';
import { tapped } from './tapped.js';
import { obey } from './words.js';
import { wrong } from './wrong.js';

/** One message of a person. */
export function readPerson(turn: Turn, input: PersonInput): void {
  const text = clean(input.text ?? '');
  const words = normalise(text);
  heedDanger(turn, text);
  if (overPace(turn, input.choice ?? text)) return turn.readAs('pace');
  const { hold, pending } = turn.session;
  const between = hold === undefined || pending?.about === 'language';
  if (pending && between && readPending(turn, pending, input.choice, words)) return turn.readAs('button');
  if (hold) {
    turn.readAs('silent');
    return heldMessage(turn, hold, input.choice, words);
  }
  if (turn.session.stack.length === 0) return open(turn, input, text, words);
  readAtQuestion(turn, input, text, words);
}

/** At a waiting question. */
function readAtQuestion(turn: Turn, input: PersonInput, text: string, words: string): void {
  const step = turn.waiting;
  if (!step) return open(turn, input, text, words);
  if (input.choice !== undefined) return tapped(turn, step, input.choice);
  const answer: AnswerInput = {
    text,
    plain: words,
    files: (input.files ?? []).slice(0, limits.files),
    ...(input.location && { location: input.location }),
  };
  if (readMedia(turn, step, input, answer)) return;
  readText(turn, step, answer);
}

/** Words at a question. */
export function readText(turn: Turn, step: AskingStep, answer: AnswerInput): void {
  const chosen = pick(turn, answer.plain, pickable(turn, step), loose(step));
  if (chosen !== undefined && !severalWanted(step)) {
    turn.readAs('choice', step);
    return take(turn, step, chosen);
  }
  if (step.kind === 'ask' && step.optional && turn.prepared.wordLists.skip.includes(answer.plain)) {
    turn.readAs('choice', step);
    return take(turn, step, 'skipped');
  }
  const word = turn.prepared.words.get(answer.plain);
  if (word !== undefined) return readWord(turn, step, word, answer);
  const reading = valueOf(turn, step, answer);
  if ('value' in reading) return readValue(turn, step, answer, reading.value);
  const named = correctionIn(turn, answer.plain);
  if (named) {
    turn.readAs('correction', step);
    return correct(turn, named.id);
  }
  const question = maybeQuestion(step, answer) ? tryQuestion(turn, answer.text, !asks(turn, answer.text)) : 'no';
  if (question === 'answered') return turn.readAs('question', step);
  if (question === 'pending') return;
  turn.readAs('wrong', step);
  wrong(turn, step, reading);
}

/** Digits where a number or date is wanted are an answer gone wrong, never a question. */
function maybeQuestion(step: AskingStep, answer: AnswerInput): boolean {
  const expects = step.kind === 'ask' ? answerTypes.get(step.answer)?.expects : undefined;
  return !((expects === 'number' || expects === 'date') && /\d/.test(answer.plain));
}

/** Whether "did you mean" is in place: at the menu, or when the person plainly asks. */
function asks(turn: Turn, text: string): boolean {
  return turn.frame?.flow === turn.prepared.set.start || /[?؟]/.test(text);
}

/** A valid answer; where any words are valid, one that looks like a correction is asked back. */
function readValue(
  turn: Turn,
  step: AskingStep,
  answer: AnswerInput,
  value: Exclude<Reading, { wrong: string }>['value'],
): void {
  if (freeText(step) && correctionIn(turn, answer.plain)) return askBack(turn, 'edit', answer.text);
  turn.readAs('answer', step);
  take(turn, step, value);
}

/** A global word: obeyed, or asked back where the question takes any words. */
function readWord(turn: Turn, step: AskingStep, word: GlobalWord, answer: AnswerInput): void {
  turn.readAs('word');
  const filler = word === 'greeting' || word === 'thanks';
  if (freeText(step) && !filler && 'value' in valueOf(turn, step, answer)) return askBack(turn, word, answer.text);
  obey(turn, word, answer.plain);
}

function askBack(turn: Turn, word: GlobalWord, text: string): void {
  turn.readAs('word');
  turn.session.pending = { about: 'word', word, text };
  turn.sayKey('engine.word.ask', { word: text }, [
    { id: '!/pending/command', label: turn.text('engine.word.command', { word: text }) },
    { id: '!/pending/answer', label: turn.text('engine.word.answer') },
  ]);
}

/** What the question's answer type makes of the words. */
export function valueOf(turn: Turn, step: AskingStep, answer: AnswerInput): Reading {
  switch (step.kind) {
    case 'consent':
    case 'review':
      return { wrong: 'choice' };
    case 'declaration':
      return signature(turn, step.signs, answer);
    case 'ask':
      if (step.answer === 'choices') return several(turn, step, answer.plain);
      if (step.choices || step.choicesFrom !== undefined) return { wrong: 'choice' };
      return (
        answerTypes.get(step.answer)?.read(answer, optionsFor(turn, step), turn.context.now) ?? { wrong: 'generic' }
      );
  }
}

/** The step's own options, and what the pack knows: its words for yes and no, its zone. */
function optionsFor(turn: Turn, step: AskStep): Readonly<Record<string, Json>> {
  const own = step.options ?? {};
  if (step.answer === 'yes_no') return { ...own, ...turn.prepared.yesNo, ...(step.exact && { exact: true }) };
  return step.answer === 'date' ? { ...own, zone: turn.prepared.set.charity.zone } : own;
}

/** The typed name must be the name that was given. */
function signature(turn: Turn, signs: string, answer: AnswerInput): Reading {
  const given = turn.answer(signs);
  return typeof given === 'string' && normalise(given) === answer.plain
    ? { value: answer.text }
    : { wrong: 'name_differs' };
}

/** Several choices in one message: "1 و 3". */
function several(turn: Turn, step: AskingStep, plain: string): Reading {
  const list = pickable(turn, step);
  const parts = plain
    .split(/ و | and |,|،|\s+و(?=\d)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const spaced = parts.length === 1 && /^[\d ]+$/.test(plain) ? plain.split(' ') : parts;
  const ids = spaced.map((part) => pick(turn, part, list, true));
  return ids.length > 0 && ids.every((id) => id !== undefined) ? { value: [...new Set(ids)] } : { wrong: 'choice' };
}

/** Yes and no, consent and the review are never guessed. */
function loose(step: AskingStep): boolean {
  return step.kind === 'ask' && step.answer !== 'yes_no' && !step.exact;
}

function severalWanted(step: AskingStep): boolean {
  return step.kind === 'ask' && step.answer === 'choices';
}

function freeText(step: AskingStep): boolean {
  return (
    step.kind === 'ask' &&
    !step.choices &&
    step.choicesFrom === undefined &&
    (answerTypes.get(step.answer)?.freeText ?? false)
  );
}
