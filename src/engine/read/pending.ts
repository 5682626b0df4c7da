/** Answers to what the engine itself asked in between. */
import { answerTypes } from '../answers/index.js';
import { plain } from '../text/normalise.js';
import type { Turn } from '../turn.js';
import type { AskingStep, Pending } from '../types.js';
import { dropDraft, enterFlow, resume, startFlow } from '../runs.js';
import { take } from './answer.js';
import { correctionTold, correctTo } from './correct-told.js';
import { canCorrect, correct, correctionIn, fieldAt, fieldIn, offerFields } from './correction.js';
import { valueOf } from './person.js';
import { answerArticle, comeBack, FLOW, noneOfThese } from './question.js';
import { pick, type Pickable } from './pick.js';
import { settleTold } from './read-back.js';
import { restNow } from './rest.js';
import { helpfulChoices, settleHelpful } from './unhelpful.js';
import { askAgain, dropRun, languageOptions, obey, setLanguage } from './words.js';

/** True when the input answered the pending question; otherwise it is forgotten and the input is read as any other. */
export function readPending(turn: Turn, pending: Pending, choice: string | undefined, words: string): boolean {
  delete turn.session.pending;
  const tapped = choice?.startsWith('!/pending/') ? choice.slice('!/pending/'.length) : undefined;
  const value = tapped ?? spoken(turn, pending, words);
  const before = turn.read;
  turn.readAs('button');
  if (value === undefined && turn.waiting && turn.prepared.words.get(words) === 'back') {
    askAgain(turn);
    return true;
  }
  if (value !== undefined && act(turn, pending, value)) return true;
  turn.read = before;
  return false;
}

function spoken(turn: Turn, pending: Pending, words: string): string | undefined {
  if (pending.about === 'field') return (fieldAt(turn, words) ?? fieldIn(turn, words))?.id;
  if (pending.about === 'rest' && wantsRest(turn, words)) return 'stop';
  const picked = pick(turn, words, choices(turn, pending), !EXACT.has(pending.about));
  return picked === undefined && pending.about === 'rest' ? restIn(turn, words) : picked;
}

/**
 * Asked whether our messages should stop, people say it once more rather than yes: by the word or an exact rule. What only sounds like it
 * again decides nothing: "no, do not leave me out of your messages" sounds like it too.
 */
function wantsRest(turn: Turn, words: string): boolean {
  return turn.prepared.words.get(words) === 'rest' || turn.context.given?.['rule']?.outcome === 'opt-out';
}

/** A yes, a no or the word, with nothing but each other and courtesy around them. */
function restIn(turn: Turn, words: string): 'stop' | 'keep' | undefined {
  const input = { text: words, plain: words, files: [] };
  const reading = answerTypes.get('yes_no')?.read(input, turn.prepared.stopOrKeep, turn.context.now);
  if (!reading || !('value' in reading)) return undefined;
  return reading.value === 'yes' ? 'stop' : 'keep';
}

/** Where a guess would decide too much, or take a new wish for a yes. */
const EXACT: ReadonlySet<Pending['about']> = new Set<Pending['about']>(['cancel', 'rest', 'told', 'helpful']);

function choices(turn: Turn, pending: Pending): Pickable[] {
  const { yes, no } = turn.prepared.yesNo;
  const { unhelpful } = turn.prepared.wordLists;
  switch (pending.about) {
    case 'word':
      return [
        { id: 'command', label: turn.text('engine.word.command', { word: pending.text }), also: yes },
        { id: 'answer', label: turn.text('engine.word.answer'), also: no },
      ];
    case 'cancel':
      return [
        { id: 'yes', label: turn.text('engine.cancel.yes'), also: yes },
        { id: 'no', label: turn.text('engine.cancel.no'), also: no },
      ];
    case 'rest':
      return [
        { id: 'stop', label: turn.text('engine.rest.yes'), also: yes },
        { id: 'keep', label: turn.text('engine.rest.no'), also: no },
      ];
    case 'told':
      return [
        { id: 'yes', label: turn.text('engine.told.yes'), also: yes },
        { id: 'no', label: turn.text('engine.told.no'), also: no },
      ];
    case 'language':
      return languageOptions(turn);
    case 'resume':
      return [
        { id: 'resume', label: turn.text('engine.resume.yes'), also: yes },
        { id: 'new', label: turn.text('engine.resume.new'), also: no },
      ];
    case 'articles':
      return pending.offered.map((one) => ({ ...one, also: one.id === 'other' ? [...no, ...unhelpful] : [] }));
    case 'helpful':
      return helpfulChoices(turn);
    case 'field':
      return [];
  }
}

function act(turn: Turn, pending: Pending, value: string): boolean {
  switch (pending.about) {
    case 'word':
      return settleWord(turn, pending, value);
    case 'cancel':
      if (value === 'yes') dropRun(turn);
      else askAgain(turn, turn.text('engine.cancel.kept'));
      return true;
    case 'rest':
      if (value === 'stop') restNow(turn);
      else if (value === 'keep') askAgain(turn, turn.text('engine.rest.kept'));
      else return false;
      return true;
    case 'told':
      settleTold(turn, pending, value === 'yes');
      return true;
    case 'language':
      if (!turn.prepared.set.languages.includes(value)) return false;
      setLanguage(turn, value);
      return true;
    case 'resume':
      return settleDraft(turn, pending.flow, value);
    case 'articles':
      settleArticle(turn, value);
      return true;
    case 'helpful':
      settleHelpful(turn, value);
      return true;
    case 'field':
      if (!canCorrect(turn, value)) return false;
      correct(turn, value);
      return true;
  }
}

function settleWord(turn: Turn, pending: Extract<Pending, { about: 'word' }>, value: string): boolean {
  const step = turn.waiting;
  const named = pending.word === 'edit' ? correctionIn(turn, plain(pending.text)) : undefined;
  const told =
    pending.word === 'edit'
      ? correctionTold(turn, { text: pending.text, plain: plain(pending.text), files: [] })
      : undefined;
  if (value !== 'command') {
    if (step) takeText(turn, step, pending.text);
  } else if (told) correctTo(turn, told);
  else if (named) correct(turn, named.id);
  else if (pending.word === 'edit') offerFields(turn);
  else obey(turn, pending.word, plain(pending.text));
  return true;
}

/** What was typed, as the question's answer type reads it. */
function takeText(turn: Turn, step: AskingStep, text: string): void {
  const reading = valueOf(turn, step, { text, plain: plain(text), files: [] });
  if ('value' in reading) take(turn, step, reading.value);
  else askAgain(turn);
}

/** One of the articles, none of them, a person, the flow that was offered, or back. */
function settleArticle(turn: Turn, value: string): void {
  const flow = value.startsWith(FLOW) ? value.slice(FLOW.length) : undefined;
  if (flow !== undefined && turn.prepared.flows.has(flow)) startFlow(turn, flow);
  else if (value === 'menu') comeBack(turn);
  else if (value === 'person') obey(turn, 'person');
  else if (value === 'other') noneOfThese(turn);
  else answerArticle(turn, value);
}

function settleDraft(turn: Turn, flow: string, value: string): boolean {
  if (value === 'resume') {
    resume(turn, flow);
    return true;
  }
  const at = turn.session.parked?.findIndex((stack) => stack[0]?.flow === flow) ?? -1;
  if (at >= 0) dropDraft(turn, at);
  if (turn.prepared.flows.has(flow)) enterFlow(turn, flow);
  else startFlow(turn, turn.prepared.set.start);
  return true;
}
