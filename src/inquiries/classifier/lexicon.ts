/** What the classifier knows of language beside the examples: everyday words of the dialects, and common English words. */
import { plain } from '../../engine/text/normalise.js';
import type { LexiconData } from '../lessons.js';
import { bareStem } from '../terms.js';
import { skeleton } from './skeleton.js';

export interface Lexicon {
  /** The standard form of a plain word, marked by `=`; the stem of a word that is not listed. */
  standard(word: string): string;
  /** The standard form that a word in Latin letters sounds like; undefined when none or several do. */
  heard(consonants: string): string | undefined;
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
  const sounds = soundsOf(known);
  return {
    standard: (word) => {
      const stem = bareStem(word);
      return known.get(word) ?? known.get(stem) ?? stem;
    },
    heard: (consonants) => sounds.get(consonants),
    isEnglish: (word) => common.has(word),
  };
}

/** Two consonants fit too many words. */
const FEWEST_CONSONANTS = 3;
const ARABIC = /^[\u0600-\u06ff]+$/;

function soundsOf(known: ReadonlyMap<string, string>): Map<string, string> {
  const heard = new Map<string, Set<string>>();
  for (const [word, standard] of known) {
    const consonants = ARABIC.test(word) ? skeleton(word) : '';
    if (consonants.length < FEWEST_CONSONANTS) continue;
    heard.set(consonants, (heard.get(consonants) ?? new Set()).add(standard));
  }
  return new Map(
    [...heard].flatMap(([sound, all]) => (all.size === 1 ? [...all].map((one) => [sound, one] as const) : [])),
  );
}
