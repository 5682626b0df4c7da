/** Reads what a person sent, in the order of the design: danger, button, choices, words, answer, correction, question, wrong. */
import { answerTypes } from '../answers/index.js';
import { pickable } from '../ask.js';
import { limits } from '../limits.js';
import { clean } from '../text/clean.js';
import { plain as normalise } from '../text/normalise.js';
import type { Turn } from '../turn.js';
import type { AnswerInput, AskStep, AskingStep, GlobalWord, Json, PersonInput, Reading } from '../types.js';
import { take } from './answer.js';
import { beginAnew } from './begin.js';
import { tryCode } from './code.js';
import { correctionTold, correctTo } from './correct-told.js';
import { correct, correctionIn, fieldIn, likeCorrection, offerFields } from './correction.js';
import { heedDanger } from './danger.js';
import { HIDDEN, hidesCode } from './hidden.js';
import { heldMessage } from './hold.js';
import { settleLanguage } from './language.js';
import { mostPrivate, readBack } from './read-back.js';
import { readMedia } from './media.js';
import { open } from './open.js';
import { overPace } from './pace.js';
import { readPending } from './pending.js';
import { asking, pick } from './pick.js';
import { tryPlea, tryQuestion } from './question.js';
import { heedRule, isNoise } from './ruled.js';
import { several } from './several.js';
import { astray, hasAnswers, regain } from '../runs.js';
import { tapped } from './tapped.js';
import type { Told } from './told.js';
import { heedUnhelpful, saysUnhelpful } from './unhelpful.js';
import { obey } from './words.js';
import { UNANSWERED, unskippable, wrong } from './wrong.js';

/** One message of a person. */
export function readPerson(turn: Turn, input: PersonInput): void {
  const text = clean(input.text ?? '');
  const words = wordsOf(text);
  settleLanguage(turn, input, text, words);
  delete turn.session.answered;
  heedDanger(turn, text);
  if (overPace(turn, input.choice ?? text)) return turn.readAs('pace');
  const { hold, pending } = turn.session;
  const between = hold === undefined || pending?.about === 'language';
  if (!hold && beginAnew(turn, input, text, words)) return;
  if (pending && between && readPending(turn, pending, input.choice, words)) return;
  if (hold) {
    turn.readAs('silent');
    return heldMessage(turn, hold, input.choice, words);
  }
  if (turn.session.stack.length === 0) return open(turn, input, text, words);
  readAtQuestion(turn, input, text, words);
}

/** A code that was hidden is part of what was said: the words around it alone are no word that does something, and name no choice. */
function wordsOf(text: string): string {
  return hidesCode(text) ? `${normalise(text)} ${HIDDEN}` : normalise(text);
}

/** A reaction, or what was done to an earlier message: no word of the person's, so that nothing moves by it. */
export function isSilent({ media }: PersonInput): boolean {
  return media === 'reaction' || media === 'edit' || media === 'deleted';
}

/** Danger is heeded all the same. */
export function readSilent(turn: Turn, input: PersonInput): void {
  heedDanger(turn, clean(input.text ?? ''));
  turn.readAs('silent');
}

/** At a waiting question. */
function readAtQuestion(turn: Turn, input: PersonInput, text: string, words: string): void {
  const step = turn.waiting;
  if (!step || astray(turn)) return regain(turn);
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
  const { words, wordLists } = turn.prepared;
  if (hidesCode(answer.text) && !freeText(step) && heedRule(turn)) return turn.readAs('question', step);
  const chosen = choiceIn(turn, step, answer.plain, false);
  if (chosen !== undefined) return takeChoice(turn, step, chosen);
  const skips = wordLists.skip.includes(answer.plain);
  if (skips && step.kind === 'ask' && step.optional) return takeChoice(turn, step, 'skipped');
  if (saysUnhelpful(turn, answer)) return heedUnhelpful(turn);
  const word = words.get(answer.plain) ?? (wordLists.edit.includes(answer.plain) ? 'edit' : undefined);
  if (word !== undefined) return readWord(turn, step, word, answer);
  const told = correctionTold(turn, answer);
  if (told?.plainly && !freeText(step)) return readCorrection(turn, step, told);
  if (readBack(turn, step, answer)) return;
  const meant = choiceIn(turn, step, answer.plain, loose(step) && !criesAtMenu(turn));
  if (meant !== undefined) return pleads(turn, step, answer) ? undefined : takeChoice(turn, step, meant);
  const reading = valueOf(turn, step, answer);
  if ('value' in reading) return readValue(turn, step, answer, reading.value);
  readNoAnswer(turn, step, answer, skips ? unskippable(turn, step, reading) : reading);
}

/** "Aid request, my mother is bleeding": what is guessed from such words begins no form. */
function criesAtMenu({ endangered, frame, prepared }: Turn): boolean {
  return endangered && frame?.flow === prepared.set.start;
}

/** What is no answer to the question: a correction, a question of the person's, or wrong. */
function readNoAnswer(turn: Turn, step: AskingStep, answer: AnswerInput, reading: { wrong: string }): void {
  const named = correctionIn(turn, answer.plain) ?? (step.kind === 'review' ? fieldIn(turn, answer.plain) : undefined);
  if (named) {
    turn.readAs('correction', step);
    return correct(turn, named.id);
  }
  const told = correctionTold(turn, answer);
  if (told) return readCorrection(turn, step, told);
  if (tryCode(turn, answer.text, answer.plain)) return;
  turn.readAs('question', step);
  if (heedRule(turn)) return;
  const question = maybeQuestion(turn, step, answer) ? tryQuestion(turn, answer.text, false) : 'no';
  if (question !== 'no') return;
  turn.readAs('wrong', step);
  wrong(turn, step, asksInVain(turn, step, answer) ? { wrong: UNANSWERED } : reading);
}

/** A question that found no answer: not a wrong choice. In a form only its mark tells it from an answer that went wrong. */
function asksInVain(turn: Turn, step: AskingStep, { plain, text }: AnswerInput): boolean {
  if (!turn.prepared.set.inquiries || isNoise(turn)) return false;
  return /[?؟]\s*$/.test(text) || (isIdle(turn, step) && asking(turn, plain));
}

/** As private as the more private of both: the words name a value of another question. */
function readCorrection(turn: Turn, step: AskingStep, told: Told): void {
  turn.readAs('correction', mostPrivate(step, [told]));
  correctTo(turn, told);
}

function choiceIn(turn: Turn, step: AskingStep, plain: string, guess: boolean): string | undefined {
  return severalWanted(step) ? undefined : pick(turn, plain, pickable(turn, step), guess);
}

function takeChoice(turn: Turn, step: AskingStep, value: string): void {
  turn.readAs('choice', step);
  take(turn, step, value);
}

/**
 * Anything at the menu may be a question, and any sentence among choices where nothing was answered yet; elsewhere only what asks, and
 * never digits where a number or date is wanted.
 */
function maybeQuestion(turn: Turn, step: AskingStep, answer: AnswerInput): boolean {
  if (isNoise(turn)) return false;
  if (turn.frame?.flow === turn.prepared.set.start) return true;
  if (isIdle(turn, step) && answer.plain.split(' ').length >= SENTENCE) return true;
  const expects = step.kind === 'ask' ? answerTypes.get(step.answer)?.expects : undefined;
  const digits = (expects === 'number' || expects === 'date') && /\d/.test(answer.plain);
  return !digits && asking(turn, answer.plain, answer.text);
}

/** At the menu, or among the choices of a flow that nothing was told to yet, unless that has its own word for what is no choice. */
function isIdle({ frame, prepared, session }: Turn, step: AskingStep): boolean {
  if (frame?.flow === prepared.set.start) return true;
  const choosing = step.kind === 'ask' && (step.choices !== undefined || step.choicesFrom !== undefined);
  return choosing && step.again === undefined && !session.stack.some(hasAnswers);
}

/** In words: fewer are rather a choice gone wrong. */
const SENTENCE = 3;

/** At the menu: what was said names a choice, but asks for what this charity does not give. */
function pleads(turn: Turn, step: AskingStep, answer: AnswerInput): boolean {
  if (turn.frame?.flow !== turn.prepared.set.start) return false;
  const plea = tryPlea(turn, answer.text);
  if (plea === 'answered') turn.readAs('question', step);
  return plea !== 'no';
}

/** A valid answer; where any words are valid, one that looks like a correction or a plain question is not filed at once. */
function readValue(
  turn: Turn,
  step: AskingStep,
  answer: AnswerInput,
  value: Exclude<Reading, { wrong: string }>['value'],
): void {
  if (freeText(step)) {
    if (likeCorrection(turn, step, answer.plain) || correctionTold(turn, answer)?.plainly)
      return askBack(turn, 'edit', answer.text);
    // Nobody is called "why do you want it", nor by what a danger is told with.
    if (step.kind === 'ask' && step.answer === 'name' && (turn.endangered || beginsToAsk(turn, answer.plain)))
      return readNoAnswer(turn, step, answer, { wrong: 'unclear' });
    const asked = feedsLookUp(turn, step);
    if ((asked || isPlainQuestion(answer.text)) && heedRule(turn)) return turn.readAs('question', step);
    const question = !asked && isPlainQuestion(answer.text) ? tryQuestion(turn, answer.text, true) : 'no';
    if (question === 'pending') return;
    if (question === 'answered') return turn.readAs('question', step);
  }
  turn.readAs('answer', step);
  take(turn, step, value);
}

/** A short text that ends with a question mark. */
function isPlainQuestion(text: string): boolean {
  return text.length <= 120 && /[?؟]\s*$/.test(text);
}

function beginsToAsk(turn: Turn, plain: string): boolean {
  return turn.prepared.wordLists.asking.some((word) => plain.startsWith(`${word} `));
}

/** Whether the question itself asks for one: what is answered is looked up. */
function feedsLookUp(turn: Turn, step: AskingStep): boolean {
  const steps = turn.frame ? turn.flow(turn.frame).flow.steps : [];
  return steps.some((one) => one.kind === 'look_up' && Object.values(one.with ?? {}).includes(step.id));
}

/** A global word: obeyed, or asked back where the question takes any words. Nobody asks a question by such a word alone. */
function readWord(turn: Turn, step: AskingStep, word: GlobalWord, answer: AnswerInput): void {
  turn.readAs('word');
  const filler = word === 'greeting' || word === 'thanks';
  const takesAny = freeText(step) && !feedsLookUp(turn, step);
  if (takesAny && !filler && 'value' in valueOf(turn, step, answer)) return askBack(turn, word, answer.text);
  if (word === 'edit') offerFields(turn);
  else obey(turn, word, answer.plain);
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
      return answerTypes.get('yes_no')?.read(answer, turn.prepared.yesNo, turn.context.now) ?? { wrong: 'choice' };
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
