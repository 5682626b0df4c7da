/** Finds every number in a message, written in digits or words: `1,500`, ٣ آلاف, خمسة وعشرين, two hundred and six. */
import { legible } from '../text/normalise.js';
import { isDigits, numberAt, wordOf } from './number-at.js';
import { AND, MINUS_WORDS, nearNumberWord, numberWord, OUT_OF } from './number-words.js';

export interface Numeral {
  readonly value: number;
  /** Digits after the decimal sign as typed; 0 for a whole number. */
  readonly decimals: number;
  /** It stands after a sign of proportion: `/`, من, out of. */
  readonly outOf: boolean;
  /** Perhaps only the end of what was meant: زوجة و5 أولاد, خمصة وعشرين. */
  readonly doubtful: boolean;
}

const PIECE = /[0-9]+|[\p{L}\p{M}]+|[^\s\p{L}\p{M}0-9]/gu;
/** Comma, Arabic comma, thousands sign or apostrophe between a digit and a group of three; a space only before 000. */
const THOUSANDS = /(?<=[0-9])(?:[,،٬'’]|[ \u00a0\u202f](?=000))(?=[0-9]{3}(?![0-9]))/g;
const MINUS = /[-\u2212\u2013]/;

/** The numbers of a message in order. A number too long to be exact comes out as Infinity. Linear in the text. */
export function numeralsIn(text: string): Numeral[] {
  const pieces = legible(text).replace(THOUSANDS, '').match(PIECE) ?? [];
  const found: Numeral[] = [];
  let outOf = false;
  let negative = false;
  for (let at = 0; at < pieces.length;) {
    const number = numberAt(pieces, at);
    if (number === undefined) {
      const piece = pieces[at] ?? '';
      const word = wordOf(piece);
      outOf ||= piece === '/' || OUT_OF.has(word);
      negative = MINUS.test(piece) || MINUS_WORDS.has(word);
      at += 1;
      continue;
    }
    const { value, decimals, length } = number;
    found.push({ value: negative && value !== 0 ? -value : value, decimals, outOf, doubtful: isDoubtful(pieces, at) });
    outOf = false;
    negative = false;
    at += length;
  }
  return found;
}

/** The number at a place begins with "and", or follows a misspelt number word. */
function isDoubtful(pieces: readonly string[], at: number): boolean {
  const before = wordOf(pieces[at - 1]);
  if (AND.has(before)) return true;
  if (isDigits(pieces[at])) return false;
  return numberWord(wordOf(pieces[at]), false)?.joined === true || nearNumberWord(before);
}
