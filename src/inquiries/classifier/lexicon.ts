/** What the classifier knows of language beside the examples: everyday words of the dialects, and common English words. */
import { plain } from '../../engine/text/normalise.js';
import type { Lessons, LexiconData } from '../lessons.js';
import { bareStem, words as wordsOf } from '../terms.js';
import { Sounds } from './sounds.js';

export interface Lexicon {
  /** The standard form of a plain word, marked by `=`; the stem of a word that is not listed. */
  standard(word: string): string;
  /** The Arabic word, in plain form, that a word in Latin letters sounds like; undefined when none does. */
  heard(latin: string): string | undefined;
  isEnglish(word: string): boolean;
}

/** The lexicon of a pack: it hears the words of dialect.yaml and of what is written; what staff taught changes nothing in it. */
export function lexiconOf({ lexicon, examples, alarms }: Pick<Lessons, 'lexicon' | 'examples' | 'alarms'>): Lexicon {
  const written = examples.filter(({ weight }) => weight === undefined).map(({ text }) => text);
  return createLexicon(lexicon, [...written, ...Object.values(alarms ?? {}).flat()]);
}

/** Builds the lookup. A word that stands under two standard words counts for the first. Words of `texts` are heard in Latin letters too. */
export function createLexicon({ words, english }: LexiconData, texts: readonly string[] = []): Lexicon {
  const known = new Map<string, string>();
  for (const [standard, variants] of Object.entries(words)) {
    for (const variant of [standard, ...variants]) {
      const word = plain(variant);
      if (!known.has(word)) known.set(word, `=${plain(standard)}`);
    }
  }
  const common = new Set(english.map(plain));
  const sounds = new Sounds([...known.keys(), ...texts.flatMap(wordsOf)]);
  return {
    standard: (word) => {
      const stem = bareStem(word);
      return known.get(word) ?? known.get(stem) ?? stem;
    },
    heard: (latin) => sounds.heard(latin),
    isEnglish: (word) => common.has(word),
  };
}
