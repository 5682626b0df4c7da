/** Several answers in one message: which value belongs to which open question, where that is beyond doubt. */
import { asText } from '../as-text.js';
import { answerTypes } from '../answers/index.js';
import { TELLING } from '../answers/own-words.js';
import { pickable } from '../ask.js';
import { legible, plain } from '../text/normalise.js';
import type { Turn } from '../turn.js';
import type { AnswerInput, AskingStep, AskStep, Json, Reading } from '../types.js';
import { openAhead } from './open-ahead.js';
import { valueOf } from './person.js';
import { byWord } from './pick.js';
import { hasLabel, isAnd, isJoining, type Label, labelsOf, nextLabel, speaksOf, type Token } from './told-labels.js';

export interface Told {
  readonly step: AskStep;
  readonly value: Json;
}

const BETWEEN = /[\s:؛;=]+|[،,](?![0-9\u0660-\u0669])/;
/** An address, an account, or more digits than an amount or a date has. */
const FORM = /@|sa[0-9]{2}|[0-9][0-9 ().-]{7}/i;
const SAUDI_MOBILE = '+9665';
const NUMBER = /^[+(]?[0-9][0-9().+-]*$/;
const DIGITS = /^[0-9][0-9 ]*$/;
const IBAN = /^sa[0-9]{2}/i;
/** Types that can be announced by their label. A yes or no, a paper, a place and a code are told one at a time. */
const LABELLED: ReadonlySet<string> = new Set([
  ...TELLING,
  'name',
  'text',
  'number',
  'money',
  'date',
  'choice',
  'short_address',
]);

/** Whether a message may tell several things: cheap, since nearly every message tells one. */
export function mayTell(turn: Turn, text: string, plainText: string): boolean {
  return FORM.test(legible(text)) || hasLabel(plainText.split(' '), labelsOf(turn));
}

/** The values that a message tells, each for the one open question that it can belong to; of a question told twice, none. */
export function toldIn(turn: Turn, step: AskingStep, text: string): Told[] {
  const tokens = tokensOf(text);
  const open = openAhead(turn).filter(canTell);
  const labels = labelsOf(turn);
  const first = nextLabel(tokens, 0, labels);
  const told = bare(turn, step, open, tokens.slice(0, first?.at ?? tokens.length), labels);
  for (let found = first; found;) {
    const next = nextLabel(tokens, found.at + found.length, labels);
    const value = labelled(
      turn,
      step,
      open,
      found.label,
      tokens.slice(found.at + found.length, next?.at ?? tokens.length),
    );
    if (value) told.push(value);
    found = next;
  }
  return told.filter(({ step: { id } }) => told.filter((other) => other.step.id === id).length === 1);
}

/** Words and values, without what stands between them. */
export function tokensOf(text: string): Token[] {
  return text
    .split(BETWEEN)
    .filter(Boolean)
    .map((typed): Token => ({ typed, plain: plain(typed) }));
}

/** Whether an answer can be announced by the name of its question. */
export function canTell({ answer, choicesFrom }: AskStep): boolean {
  return LABELLED.has(answer) && choicesFrom === undefined;
}

/** Questions for a number by which somebody or something is known. */
const NUMBERED: ReadonlySet<string> = new Set([...TELLING, 'case_number', 'last_four', 'code']);
const COPULA: ReadonlySet<string> = new Set(['هو', 'هي', 'is', 'are', 'the', ''].map(plain));

/** What follows a label, up to the next one. */
function labelled(
  turn: Turn,
  step: AskingStep,
  open: readonly AskStep[],
  label: Label,
  tokens: readonly Token[],
): Told | undefined {
  const question = announced(step, open, label);
  let [from, to] = [0, tokens.length];
  while (from < to && COPULA.has(tokens[from]?.plain ?? '')) from++;
  while (to > from && isJoining(tokens[to - 1]?.plain ?? '')) to--;
  return question && read(turn, question, tokens.slice(from, to));
}

function announced(step: AskingStep, open: readonly AskStep[], label: Label): AskStep | undefined {
  if (label === 'other') return undefined;
  if (label === 'number')
    return open.find(({ id, answer }) => id === step.id && NUMBERED.has(answer)) ?? onlyOne(step, open, 'phone');
  return 'question' in label ? open.find(({ id }) => id === label.question) : onlyOne(step, open, label.type);
}

/** What stands before any label: the answer to the waiting question, and values that are known by their form. */
function bare(
  turn: Turn,
  step: AskingStep,
  open: readonly AskStep[],
  tokens: readonly Token[],
  labels: ReadonlyMap<string, Label>,
): Told[] {
  const told: Told[] = [];
  const words: Token[] = [];
  for (let at = 0; at < tokens.length;) {
    const found = byForm(turn, tokens, at);
    const question = found && onlyOne(step, open, found.type);
    if (found && question) told.push({ step: question, value: found.value });
    if (!found) words.push(...tokens.slice(at, at + 1));
    at += found?.length ?? 1;
  }
  const rest = words.filter((token) => !isAnd(token.plain));
  if (rest.length === 0 || isCourtesy(turn, rest)) return told;
  // Words that are part of some name speak of something that we did not understand: nothing is taken then.
  if (rest.some((token) => speaksOf(labels, token.plain))) return [];
  const waiting = open.find(({ id }) => id === step.id);
  const answer = waiting && waiting.answer !== 'text' ? read(turn, waiting, rest) : undefined;
  return answer ? [answer, ...told] : [];
}

/** The value that is known by its form and begins here, be it written in one piece or in several; none when two kinds of value fit. */
function byForm(
  turn: Turn,
  tokens: readonly Token[],
  at: number,
): { type: string; value: Json; length: number } | undefined {
  const typed = legible(tokens[at]?.typed ?? '');
  if (!typed.includes('@') && !NUMBER.test(typed) && !IBAN.test(typed)) return undefined;
  for (let length = 1; length === 1 || DIGITS.test(tokens[at + length - 1]?.plain ?? ''); length++) {
    const text = textOf(tokens.slice(at, at + length));
    const fitting = TELLING.flatMap((type) => {
      const reading = answerTypes.get(type)?.read({ text, plain: plain(text), files: [] }, {}, turn.context.now);
      return reading && 'value' in reading && isPlainly(type, reading.value, typed)
        ? [{ type, value: reading.value, length }]
        : [];
    });
    if (fitting.length > 0) return fitting.length === 1 ? fitting[0] : undefined;
  }
  return undefined;
}

/** Rows of digits that happen to be a landline are not taken for one. */
function isPlainly(type: string, value: Json, typed: string): boolean {
  return type !== 'phone' || /^(?:\+|00)/.test(typed) || asText(value).startsWith(SAUDI_MOBILE);
}

/** The one open question of a type; of several the waiting one. */
function onlyOne(step: AskingStep, open: readonly AskStep[], type: string): AskStep | undefined {
  const all = open.filter(({ answer }) => answer === type);
  return all.length === 1 ? all[0] : all.find(({ id }) => id === step.id);
}

/** What the question's answer type makes of the words; a choice only by its very words. */
export function read(turn: Turn, question: AskStep, tokens: readonly Token[]): Told | undefined {
  const text = textOf(tokens);
  if (text === '') return undefined;
  const answer: AnswerInput = { text, plain: plain(text), files: [] };
  const reading = question.choices ? chosen(turn, question, answer.plain) : valueOf(turn, question, answer);
  return 'value' in reading ? { step: question, value: reading.value } : undefined;
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ typed }) => typed).join(' ');
}

/** Only by its very words: no number, no near-miss. */
function chosen(turn: Turn, question: AskStep, words: string): Reading {
  const value = byWord(turn, words, pickable(turn, question));
  return value === undefined ? { wrong: 'choice' } : { value };
}

function isCourtesy(turn: Turn, tokens: readonly Token[]): boolean {
  const words = tokens.map((token) => token.plain).join(' ');
  return turn.prepared.yesNo.courtesy.includes(words);
}
