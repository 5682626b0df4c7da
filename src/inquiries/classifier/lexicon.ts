/** What the classifier knows of language beside the examples: everyday words of the dialects, kinds of things, and common English words. */
import { plain } from '../../engine/text/normalise.js';
import type { Lessons, LexiconData } from '../lessons.js';
import { bareStem, words as wordsOf } from '../terms.js';
import { Kinds } from './kinds.js';
import type { Named } from './kinds.js';
import { Sounds } from './sounds.js';
import { Spelling } from './spelling.js';

export interface Lexicon {
  /** The word that was meant by one with a slip in it; any other word as it is. */
  meant(word: string): string;
  /** The standard form of a plain word, marked by `=`; the stem of a word that is not listed. */
  standard(word: string): string;
  /** The Arabic word, in plain form, that a word in Latin letters sounds like; undefined when none does. */
  heard(latin: string): string | undefined;
  isEnglish(word: string): boolean;
  /** What kinds of things plain words name, in their order. */
  named(words: readonly string[]): readonly Named[];
}

type Pack = Pick<Lessons, 'lexicon' | 'examples' | 'alarms'>;

/** The lexicon of a pack: it hears the words of dialect.yaml and of what is written; what staff taught changes nothing in it. */
export function lexiconOf(pack: Pack): Lexicon {
  return createLexicon(pack.lexicon, textsOf(pack));
}

/** The ear of that lexicon alone, which is built in half the time. */
export function soundsOf(pack: Pack): Sounds {
  const { words, kinds } = pack.lexicon;
  return new Sounds(writtenIn(standardForms(words), new Kinds(kinds ?? {}), textsOf(pack)));
}

function textsOf({ examples, alarms }: Pack): string[] {
  const written = examples.filter(({ weight }) => weight === undefined).map(({ text }) => text);
  return [...written, ...Object.values(alarms ?? {}).flat()];
}

/**
 * Builds the lookup. A word that stands under two standard words counts for the first. By the words of `texts` Latin letters are heard and
 * slips are mended too.
 */
export function createLexicon({ words, english, kinds }: LexiconData, texts: readonly string[] = []): Lexicon {
  const known = standardForms(words);
  const common = new Set(english.map(plain));
  const things = new Kinds(kinds ?? {});
  const written = writtenIn(known, things, texts);
  const spelling = new Spelling(written);
  const sounds = new Sounds(written);
  return {
    standard: (word) => {
      const stem = bareStem(word);
      return known.get(word) ?? known.get(stem) ?? stem;
    },
    meant: (word) => spelling.meant(word) ?? word,
    heard: (latin) => sounds.heard(latin),
    isEnglish: (word) => common.has(word),
    named: (typed) => things.in(typed),
  };
}

/** By plain word, the standard one marked by `=`. */
function standardForms(words: LexiconData['words']): Map<string, string> {
  const known = new Map<string, string>();
  for (const [standard, variants] of Object.entries(words)) {
    for (const variant of [standard, ...variants]) {
      const word = plain(variant);
      if (!known.has(word)) known.set(word, `=${plain(standard)}`);
    }
  }
  return known;
}

function writtenIn(known: ReadonlyMap<string, string>, things: Kinds, texts: readonly string[]): string[] {
  return [...known.keys(), ...things.words, ...texts.flatMap(wordsOf)];
}
