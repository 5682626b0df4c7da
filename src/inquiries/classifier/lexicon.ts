/** What the classifier knows of language beside the examples: everyday words of the dialects, and common English words. */
import { plain } from '../../engine/text/normalise.js';
import { bareStem } from '../terms.js';

/** The data of `flows/dialect.yaml`. */
export interface LexiconData {
  /** Standard word → what people write for it. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Common English words: a message in Latin letters with few of them is Arabic in Latin letters. */
  readonly english: readonly string[];
}

export interface Lexicon {
  /** The standard form of a plain word, marked by `=`; the stem of a word that is not listed. */
  standard(word: string): string;
  isEnglish(word: string): boolean;
}

/** Builds the lookup. A word that stands under two standard words counts for the first. */
export function createLexicon({ words, english }: LexiconData): Lexicon {
  const known = new Map<string, string>();
  for (const [standard, variants] of Object.entries(words)) {
    for (const variant of [standard, ...variants]) {
      const word = plain(variant);
      if (!known.has(word)) known.set(word, `=${plain(standard)}`);
    }
  }
  const common = new Set(english.map(plain));
  return {
    standard: (word) => {
      const stem = bareStem(word);
      return known.get(word) ?? known.get(stem) ?? stem;
    },
    isEnglish: (word) => common.has(word),
  };
}
