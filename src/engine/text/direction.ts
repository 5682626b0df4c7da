/** Right-to-left and left-to-right: the direction of a text, and isolating a value inside a sentence of the other one. */
import { isAscii, stripBidi } from './invisible.js';

export type Direction = 'rtl' | 'ltr';

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

const RTL_LANGUAGES: ReadonlySet<string> = new Set(['ar', 'fa', 'ur', 'ps', 'ckb', 'he', 'sd', 'ug', 'dv', 'yi']);
const ASCII_LETTER = /[A-Za-z]/;
const STRONG = /\p{L}/u;
const RTL_LETTER =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
/** Digits that stand beside something else: in a right-to-left sentence such groups would change their order. */
const BROKEN_DIGITS = /[0-9][^0-9]|[^0-9][0-9]/;

/** The direction in which a language (`ar`, `en-GB`) is written. */
export function languageDirection(language: string): Direction {
  const known = directions.get(language);
  if (known !== undefined) return known;
  const direction = RTL_LANGUAGES.has(language.split('-', 1)[0] ?? language) ? 'rtl' : 'ltr';
  directions.set(language, direction);
  return direction;
}
const directions = new Map<string, Direction>();

/** The direction of the first strong letter; undefined for digits, signs and emoji alone. */
export function directionOf(text: string): Direction | undefined {
  if (isAscii(text)) return ASCII_LETTER.test(text) ? 'ltr' : undefined;
  const letter = STRONG.exec(text)?.[0];
  return letter === undefined ? undefined : RTL_LETTER.test(letter) ? 'rtl' : 'ltr';
}

/**
 * A value as it may stand in a sentence of the given direction: between FSI and PDI when it runs the other way, or when it
 * is a number with separators in a right-to-left sentence (UAX #9, rules W2 to W4); otherwise unchanged. Bidi controls that
 * the value brought along are removed when it is isolated, so that it cannot end its own isolate.
 */
export function isolate(value: string, sentence: Direction): string {
  if (sentence === 'ltr' && isAscii(value)) return value;
  const direction = directionOf(value);
  const differs = direction === undefined ? sentence === 'rtl' && BROKEN_DIGITS.test(value) : direction !== sentence;
  if (differs) return FIRST_STRONG_ISOLATE + stripBidi(value) + POP_ISOLATE;
  return stripBidi(value);
}
