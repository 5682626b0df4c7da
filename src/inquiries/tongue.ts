/** What language Latin letters are in: English by the pack's list of its common words, Arabic where they sound like words of the pack. */
import { plain } from '../engine/text/normalise.js';
import { isArabizi, LATIN } from './classifier/features.js';
import { soundsOf } from './classifier/lexicon.js';
import { skeleton } from './classifier/skeleton.js';
import type { Sounds } from './classifier/sounds.js';
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

/** A word with fewer consonants is never heard: it tells nothing. */
const FEWEST_CONSONANTS = 2;

/** The gate by which the classifier keeps English and Arabizi apart; undefined where hardly anything is in Latin letters. */
export function tonguesOf(
  lessons: Pick<Lessons, 'lexicon' | 'examples' | 'alarms'>,
): (text: string) => Tongue | undefined {
  const common = new Set(lessons.lexicon.english.map(plain));
  const isEnglish = (word: string): boolean => common.has(word);
  const soundsArabic = hearing(lessons, isEnglish);
  return (text) => {
    const typed = words(text.slice(0, LONGEST)).slice(0, MOST_WORDS);
    const latin = typed.filter((word) => LATIN.test(word));
    if (latin.length === 0 || latin.length < typed.length / 2) return undefined;
    if (!isArabizi(typed, { isEnglish })) return { kind: 'english', sure: latin.length >= FEWEST_ENGLISH };
    if (latin.some((word) => LETTER_DIGIT.test(word))) return { kind: 'arabizi', sure: latin.length >= FEWEST_ARABIZI };
    return { kind: soundsArabic(latin) ? 'arabizi' : 'english', sure: false };
  };
}

/**
 * Rarer English words are on no list: what is no Arabic to the ear either is English sooner. Names are Arabic in both languages, so that
 * beside as many English words they tell nothing. The ear is built when it is first needed: most messages tell without.
 */
function hearing(
  lessons: Parameters<typeof soundsOf>[0],
  isEnglish: (word: string) => boolean,
): (latin: readonly string[]) => boolean {
  let sounds: Sounds | undefined;
  return (latin) => {
    const ear = (sounds ??= soundsOf(lessons));
    const english = latin.filter(isEnglish).length;
    const others = latin.filter((word) => !isEnglish(word) && skeleton(word).length >= FEWEST_CONSONANTS);
    if (english + others.length === 0) return true;
    const heard = others.filter((word) => ear.heard(word) !== undefined).length;
    return heard > english && heard >= (english + others.length) / 2;
  };
}
