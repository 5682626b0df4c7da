/** What language Latin letters are in: English by the pack's list of its common words, else Arabic written in Latin letters. */
import { plain } from '../engine/text/normalise.js';
import { isArabizi, LATIN } from './classifier/features.js';
import type { Lessons } from './lessons.js';
import { words } from './terms.js';

export interface Tongue {
  readonly kind: 'english' | 'arabizi';
  /** Enough was written to tell by, whatever the phone speaks. */
  readonly sure: boolean;
}

/** "ok", "hi there" and a code are written in any language; a digit for an Arabic letter is plain sooner. */
const FEWEST_ENGLISH = 3;
const FEWEST_ARABIZI = 2;
const LETTER_DIGIT = /[a-z][235679]|[235679][a-z]/;
/** What is longer was pasted, and its beginning tells. */
const LONGEST = 2000;
const MOST_WORDS = 60;

/** The gate by which the classifier keeps English and Arabizi apart; undefined where hardly anything is in Latin letters. */
export function tonguesOf({ lexicon }: Pick<Lessons, 'lexicon'>): (text: string) => Tongue | undefined {
  const common = new Set(lexicon.english.map(plain));
  const isEnglish = (word: string): boolean => common.has(word);
  return (text) => {
    const typed = words(text.slice(0, LONGEST)).slice(0, MOST_WORDS);
    const latin = typed.filter((word) => LATIN.test(word));
    if (latin.length === 0 || latin.length < typed.length / 2) return undefined;
    return isArabizi(typed, { isEnglish })
      ? { kind: 'arabizi', sure: latin.length >= FEWEST_ARABIZI && latin.some((word) => LETTER_DIGIT.test(word)) }
      : { kind: 'english', sure: latin.length >= FEWEST_ENGLISH };
  };
}
