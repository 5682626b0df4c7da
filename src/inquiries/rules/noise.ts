/** Messages without anything to read: signs, faces, laughter, a hand on the keyboard. */
import { plain, tokens } from '../../engine/text/normalise.js';

/** Words that say no more than a face does, in plain form: a letter held down stands there once. */
const SOUNDS =
  /^(?:[هخحمكاو]|ها+|(?:ها)+|(?:هه)+|(?:خخ)+|اه|اوه|امم?|مم|يم|(?:لا){3,}|[a-z]|(?:ha){2,}h?|(?:he){2,}|(?:hi){2,}|lo+l|lmao|(?:7a)+|hm+|um+|ok+h+)$/;
/** The rows of an Arabic and a Latin keyboard, letters in plain form. */
const ROWS = ['ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'يوزضرلاىهوزظ', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'].map((row) =>
  plain(row),
);
const SHORTEST_ROLL = 4;
/** A number as long as this may be an ID, a phone or a request. */
const TELLING_DIGITS = 9;
/** Longer texts are read as words, whatever they hold. */
const MOST_WORDS = 12;

/** Whether there is nothing to read in a text. */
export function isNoise(text: string): boolean {
  const words = tokens(plain(text.slice(0, 2_000)));
  const digits = words.filter((word) => /^\d+$/.test(word));
  if (words.length > MOST_WORDS || digits.join('').length >= TELLING_DIGITS) return false;
  return words.every((word) => digits.includes(word) || SOUNDS.test(word) || isRoll(word));
}

/** Neighbouring keys, or Latin letters that nobody can pronounce. */
function isRoll(word: string): boolean {
  if (word.length < SHORTEST_ROLL) return false;
  return ROWS.some((row) => row.includes(word)) || /^[bcdfghjklmnpqrstvwxz]{5,}$/.test(word);
}
