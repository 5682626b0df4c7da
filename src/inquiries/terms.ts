/** Turns a text into the terms by which articles are found: normal form, one word per meaning, light stems. */
import { plain, tokens } from '../engine/text/normalise.js';
import { SAME_MEANING, STOP_WORDS } from './vocabulary.js';

/** The words of a text in plain form. */
export function words(text: string): string[] {
  return tokens(plain(text));
}

/** The term of a word; undefined for a word that says nothing about the topic. */
export function termOf(word: string): string | undefined {
  if (STOP_WORDS.has(word)) return undefined;
  const bare = withoutArticle(word);
  if (STOP_WORDS.has(bare)) return undefined;
  const term = stem(bare);
  return STANDARD.get(word) ?? STANDARD.get(term) ?? term;
}

/** The terms of a text, each once. */
export function termsOf(text: string): Set<string> {
  return new Set(words(text).flatMap((word) => termOf(word) ?? []));
}

/** A word without article and endings, whatever it says: by it, rare forms of a word meet its common one. */
export function bareStem(word: string): string {
  return stem(withoutArticle(word));
}

/** Conjunctions, prepositions and the article in front of an Arabic word, longest first. */
const PREFIXES = ['وبال', 'وال', 'بال', 'كال', 'فال', 'ولل', 'لل', 'ال'];
/** Endings of number, gender and owner, longest first. */
const SUFFIXES = [
  'ياتكم',
  'اتكم',
  'تكم',
  'يات',
  'كم',
  'هم',
  'ها',
  'نا',
  'ات',
  'ين',
  'ون',
  'ان',
  'يه',
  'ته',
  'تي',
  'ه',
  'ي',
  'ك',
];
const ARABIC = /^[\u0600-\u06ff]/;
const SHORTEST_STEM = 3;
const ENGLISH_ENDING = /(?:ations?|ings?|ies|ied|ed|es|s|e|y)$/;

/** Word and stem → the term of the standard word with the same meaning. */
export const STANDARD: ReadonlyMap<string, string> = new Map(
  SAME_MEANING.flatMap((line) => {
    const same = words(line).map(withoutArticle);
    const standard = stem(same.at(-1) ?? '');
    return same.flatMap((word) => [[word, standard] as const, [stem(word), standard] as const]);
  }),
);

function withoutArticle(word: string): string {
  if (!ARABIC.test(word)) return word;
  const prefix = PREFIXES.find((one) => word.startsWith(one) && word.length - one.length >= SHORTEST_STEM - 1);
  return prefix === undefined ? word : word.slice(prefix.length);
}

/** Light stemming after Larkey's light10: endings come off while three letters stay. */
function stem(word: string): string {
  return ARABIC.test(word) ? arabicStem(word) : englishStem(word);
}

function arabicStem(word: string): string {
  const open = word.length > SHORTEST_STEM + 1 && word.startsWith('و') ? word.slice(1) : word;
  const suffix = SUFFIXES.find((one) => open.endsWith(one) && open.length - one.length >= SHORTEST_STEM);
  return suffix === undefined ? open : open.slice(0, -suffix.length);
}

function englishStem(word: string): string {
  const shorter = word.replace(ENGLISH_ENDING, '');
  return shorter.length >= SHORTEST_STEM ? shorter : word;
}
