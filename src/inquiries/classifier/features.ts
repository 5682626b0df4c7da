/** The features of a message: hashed words, pairs of words, kinds of things, character n-grams and consonant n-grams. */
import { words } from '../terms.js';
import type { Named } from './kinds.js';
import type { Lexicon } from './lexicon.js';
import { skeleton } from './skeleton.js';

/** Features as hashes, one entry per occurrence, beside the group that each belongs to. */
export interface Features {
  /** How many words were read. */
  readonly words: number;
  readonly hashes: readonly number[];
  readonly groups: readonly Group[];
}

/** What a feature is made of; the vectoriser weighs each group. */
export type Group = (typeof GROUPS)[number];
export const GROUPS = ['word', 'pair', 'letters', 'standard', 'consonants', 'kind', 'kinds'] as const;

/** A question has fewer words than this; a pasted letter has more, and must not cost more. */
const MOST_WORDS = 60;
const LONGEST_WORD = 24;
export const LATIN = /^[a-z0-9]*[a-z][a-z0-9]*$/;
/** From this share of English words on, Latin letters are read as English. */
const ENGLISH_SHARE = 0.5;
const LATIN_SHARE = 0.5;
const LETTERS = [2, 4] as const;
const CONSONANTS = [2, 4] as const;
/** A thing is paired with so many that are named after it: a long story names dozens. */
const BESIDE = 4;

/** The features of a text, in a fixed order. Works for any text; an empty one has none. */
export function featuresOf(text: string, lexicon: Lexicon): Features {
  const typed = words(text)
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, LONGEST_WORD));
  const features = new Collector(typed.length);
  const arabizi = isArabizi(typed, lexicon);
  const spelled = arabizi ? typed.flatMap((word) => (LATIN.test(word) ? (lexicon.heard(word) ?? []) : word)) : typed;
  const meant = spelled.map((word) => lexicon.meant(word));
  const standard = meant.map((word) => lexicon.standard(word));
  for (const word of standard) features.add('word', word);
  if (standard.length > 0) {
    for (let at = 0; at <= standard.length; at++)
      features.add('pair', `${standard[at - 1] ?? '<'}_${standard[at] ?? '>'}`);
  }
  for (const word of spelled) features.addGrams('letters', word, LETTERS);
  for (const word of standard) if (word.startsWith('=')) features.addGrams('standard', word.slice(1), LETTERS);
  addKinds(features, standard, lexicon.named(meant));
  if (arabizi || !typed.every((word) => LATIN.test(word))) addConsonants(features, typed);
  return features;
}

/** Looks at every text once, for all that learn from it. Everything is kept as long as the function is. */
export function looker(lexicon: Lexicon): (text: string) => Features {
  const known = new Map<string, Features>();
  return (text) => {
    const features = known.get(text) ?? featuresOf(text, lexicon);
    known.set(text, features);
    return features;
  };
}

/**
 * Whether Latin letters stand for Arabic here: a gate by a short list of common English words. Who writes mostly in Arabic letters writes
 * English words between them.
 */
export function isArabizi(typed: readonly string[], lexicon: Pick<Lexicon, 'isEnglish'>): boolean {
  const latin = typed.filter((word) => LATIN.test(word));
  if (latin.length === 0 || latin.length < typed.length * LATIN_SHARE) return false;
  const english = latin.filter((word) => lexicon.isEnglish(word)).length;
  return english / latin.length < ENGLISH_SHARE;
}

/** Whether a plain word is written in Latin letters. */
export function isLatin(word: string): boolean {
  return LATIN.test(word);
}

/** Consonants of each word, and whole skeletons, so that a word typed in Latin letters finds the Arabic one. */
function addConsonants(features: Collector, typed: readonly string[]): void {
  for (const word of typed) {
    const bare = skeleton(word);
    if (bare === '') continue;
    features.addGrams('consonants', bare, CONSONANTS);
    if (bare.length > CONSONANTS[1] - 2) features.add('consonants', `<${bare}>`);
  }
}

/** What is named, beside which words, and what else is named in the same message. */
function addKinds(features: Collector, standard: readonly string[], named: readonly Named[]): void {
  named.forEach(({ at, length, kind }, index) => {
    features.add('kind', kind);
    features.add('kinds', `${standard[at - 1] ?? '<'}_#${kind}`);
    features.add('kinds', `#${kind}_${standard[at + length] ?? '>'}`);
    for (const other of named.slice(index + 1, index + 1 + BESIDE))
      if (other.kind !== kind) features.add('kinds', [kind, other.kind].sort().join('+'));
  });
}

class Collector implements Features {
  readonly hashes: number[] = [];
  readonly groups: Group[] = [];

  constructor(readonly words: number) {}

  add(group: Group, text: string): void {
    this.hashes.push(hash(GROUPS.indexOf(group), text, 0, text.length));
    this.groups.push(group);
  }

  /** All n-grams within the borders of a word. */
  addGrams(group: Group, word: string, [shortest, longest]: readonly [number, number]): void {
    const bordered = `<${word}>`;
    const seed = GROUPS.indexOf(group) + GROUPS.length;
    for (let length = shortest; length <= longest; length++) {
      for (let from = 0; from + length <= bordered.length; from++) {
        this.hashes.push(hash(seed, bordered, from, from + length));
        this.groups.push(group);
      }
    }
  }
}

/** FNV-1a over UTF-16 units, 32 bits as a signed integer. */
function hash(seed: number, text: string, from: number, to: number): number {
  let value = Math.imul(0x811c9dc5 ^ seed, 0x01000193);
  for (let at = from; at < to; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value | 0;
}
