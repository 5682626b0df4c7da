/** Labels in a message: the names of questions, and the words by which people call what is theirs. */
import { OWN_NUMBER, OWN_WORDS } from '../answers/own-words.js';
import type { PreparedFlow } from '../prepare.js';
import { plain } from '../text/normalise.js';
import type { Turn } from '../turn.js';

export interface Token {
  readonly typed: string;
  readonly plain: string;
}

/** What a phrase announces: a question, a value of a type, or another thing. */
export type Label = { readonly question: string } | { readonly type: string } | 'number' | 'other';

/** Longest label, in words. */
const LONGEST = 6;
/** "and" or "so", written onto a word. */
const AND = /^[وف](?=\S{2})/;

/** The labels of a run by its flow: they are the same for everybody. */
const known = new WeakMap<PreparedFlow, ReadonlyMap<string, Label>>();

export function labelsOf(turn: Turn): ReadonlyMap<string, Label> {
  const [bottom] = turn.session.stack;
  const flow = bottom && turn.flow(bottom);
  const labels = (flow && known.get(flow)) ?? collect(turn, flow);
  if (flow) known.set(flow, labels);
  return labels;
}

/** Every name of every question of the run, open or not: what is called like another one is no value of this one. */
function collect(turn: Turn, flow: PreparedFlow | undefined): Map<string, Label> {
  const labels = new Map<string, Label>();
  for (const [phrase, type] of OWN_WORDS) labels.set(phrase, type === undefined ? 'other' : { type });
  for (const phrase of OWN_NUMBER) labels.set(phrase, 'number');
  const calls = [...(flow?.questions.values() ?? [])].flatMap(({ id, short }) =>
    short ? [...new Set(Object.values(turn.renderAll(short)).map(plain))].map((phrase) => ({ id, phrase })) : [],
  );
  for (const { id, phrase } of calls) {
    const shared = calls.some((one) => one.phrase === phrase && one.id !== id);
    labels.set(phrase, shared ? 'other' : { question: id });
  }
  for (const { id, phrase } of calls) {
    const head = headOf(phrase);
    const words = calls.filter((one) => one.id !== id).flatMap((one) => one.phrase.split(' '));
    if (head === '' || words.some((word) => bareWord(word) === bareWord(head))) continue;
    for (const form of [head, `${bareWord(head)}ي`]) if (!labels.has(form)) labels.set(form, { question: id });
  }
  return labels;
}

/** Words that many names begin with. */
const GENERIC: ReadonlySet<string> = new Set(['رقم', 'عدد', 'تاريخ', 'اسم', 'نوع', 'الاسم'].map(plain));

/** The word that a name turns on, where it is Arabic and begins with it: الدخل of الدخل الشهري, الجوال of رقم الجوال. */
function headOf(phrase: string): string {
  const [first = '', second = ''] = phrase.split(' ');
  const head = GENERIC.has(first) ? second : first;
  return head.startsWith('ال') && head.length >= 5 ? head : '';
}

function bareWord(word: string): string {
  return word.replace(/^ال/, '');
}

/** Whether a label stands among the words. */
export function hasLabel(words: readonly string[], labels: ReadonlyMap<string, Label>): boolean {
  return words.some((_, at) => labelAt(words, at, labels) !== undefined);
}

/** Whether a label stands first among the words. */
export function beginsWithLabel(words: readonly string[], labels: ReadonlyMap<string, Label>): boolean {
  return labelAt(words, 0, labels) !== undefined;
}

/** The next label from a place on, the longest that begins there. */
export function nextLabel(
  tokens: readonly Token[],
  from: number,
  labels: ReadonlyMap<string, Label>,
): { at: number; length: number; label: Label } | undefined {
  const words = tokens.map((token) => token.plain);
  for (let at = from; at < tokens.length; at++) {
    const found = labelAt(words, at, labels);
    if (found) return { at, ...found };
  }
  return undefined;
}

function labelAt(
  words: readonly string[],
  at: number,
  labels: ReadonlyMap<string, Label>,
): { length: number; label: Label } | undefined {
  for (let length = Math.min(LONGEST, words.length - at); length > 0; length--) {
    const phrase = words.slice(at, at + length).join(' ');
    const label = labels.get(phrase) ?? labels.get(phrase.replace(AND, ''));
    if (label !== undefined) return { length, label };
  }
  return undefined;
}

/** Whether a word is part of some name. */
export function speaksOf(labels: ReadonlyMap<string, Label>, word: string): boolean {
  const bareOne = bareWord(word);
  return [...labels.keys()].some((phrase) => phrase.split(' ').some((part) => bareWord(part) === bareOne));
}
const JOINING: ReadonlySet<string> = new Set(['و', 'and', ''].map(plain));

export function isAnd(word: string): boolean {
  return JOINING.has(word);
}

/** "and", or a word with which the next name began. */
export function isJoining(word: string): boolean {
  return isAnd(word) || GENERIC.has(word.replace(AND, ''));
}
