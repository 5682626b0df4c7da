/** One normal form for matching: how a person spells, stretches or points a word does not change what it matches. */
import { INVISIBLE, isAscii, stripInvisible, TATWEEL } from './invisible.js';
import { DROPPED, FIRST_ARABIC, LAST_ASCII, OTHERWISE, simplePlain, TABLE_LENGTH } from './simple-plain.js';

/**
 * The form in which texts are compared: NFKC, lower case, no vowel signs, tatweel, bidi marks or zero-width characters,
 * Arabic and Persian letter variants unified, ASCII digits, three or more equal letters as one, everything that is
 * neither letter nor digit as a single space. Idempotent.
 */
export function plain(text: string): string {
  return simplePlain(text, (simple ??= tableOf())) ?? fullPlain(text);
}

/** The text with every decimal digit of any script as an ASCII digit; nothing else changes. */
export function digits(text: string): string {
  return isAscii(text) ? text : text.replace(FOREIGN_DIGIT, asciiDigit);
}

/** The text as typed, but with ASCII digits and without invisible characters: what numbers, dates and ids are read from. */
export function legible(text: string): string {
  return isAscii(text) ? text : digits(stripInvisible(text));
}

/** The words of a text in plain form. */
export function tokens(plainText: string): string[] {
  return plainText === '' ? [] : plainText.split(' ');
}

/** The whole way, for any script. */
function fullPlain(text: string): string {
  const letters = digits(
    text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(INVISIBLE, '').replace(TATWEEL, ''),
  );
  const words = letters.replace(ARABIC_MARKS, '').replace(VARIANTS, unify).replace(NOT_WORD, ' ');
  return words.trim().replace(REPEATED, '$1');
}

/** What the whole way makes of each character of ASCII and the Arabic block, from which nearly every message is made. */
let simple: Uint16Array | undefined;

function tableOf(): Uint16Array {
  return Uint16Array.from({ length: TABLE_LENGTH }, (_, code) => {
    if (code > LAST_ASCII && code < FIRST_ARABIC) return OTHERWISE;
    // Between two letters: dropped, a space, or another letter.
    const between = fullPlain(`ب${String.fromCharCode(code)}ت`).slice(1, -1);
    return between === '' ? DROPPED : between.length === 1 ? between.charCodeAt(0) : OTHERWISE;
  });
}

/** Vowel signs, Quranic marks, and the combining madda and hamza that NFKC leaves on letters without a composed form. */
const ARABIC_MARKS = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff]/g;
const VARIANTS = /[آأإٱؤئىةکگیېےۓۀہۂھەپچڤژ]/g;
const NOT_WORD = /[^\p{L}\p{M}\p{N}]+/gu;
const REPEATED = /(\p{L})\1{2,}/gu;

const UNIFIED: Readonly<Record<string, string>> = {
  آ: 'ا', أ: 'ا', إ: 'ا', ٱ: 'ا',
  ؤ: 'و', ئ: 'ي', ى: 'ي', ة: 'ه',
  ک: 'ك', گ: 'ك', ی: 'ي', ې: 'ي', ے: 'ي', ۓ: 'ي',
  ۀ: 'ه', ہ: 'ه', ۂ: 'ه', ھ: 'ه', ە: 'ه',
  پ: 'ب', چ: 'ج', ڤ: 'ف', ژ: 'ز',
}; // prettier-ignore

function unify(letter: string): string {
  return UNIFIED[letter] ?? letter;
}

/** Decimal digits other than ASCII, in blocks of ten; NFKC, `\d` and Number() leave the scripts' own digits alone. */
const FOREIGN_DIGIT =
  /[\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef\u0d66-\u0d6f\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049\u17e0-\u17e9\u1810-\u1819\uff10-\uff19]/g;

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  // Full-width, Arabic-Indic, Persian, N'Ko, Thai, Lao, Tibetan, Myanmar, Khmer and Mongolian blocks begin at …0;
  // the Indic ones begin at …6 and end at …f.
  const low = code & 0xf;
  const indic = code >= 0x0966 && code <= 0x0d6f;
  return String(indic ? low - 6 : low);
}
