/** Makes a person's text safe to keep and to work with, without changing what it says. */

/** Longest text that is taken in, in UTF-16 units; applied before anything costly. */
export const MAX_TEXT = 4096;

/** Nothing in these blocks is removed, except marks beyond the eighth. */
const ORDINARY = /^[\x20-\x7e\n\t\u0600-\u06ff]*$/;
const MANY_ARABIC_MARKS = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]{9}/;
const CONTROLS = /[^\P{Cc}\n\t]/gu;
const ANY_MARK = /\p{M}/u;
const TOO_MANY_MARKS = /(\p{M}{8})\p{M}+/gu;

/**
 * Caps at `most` UTF-16 units, replaces lone surrogates by U+FFFD, removes control characters other than
 * newline and tab, keeps at most eight combining marks per base letter, and trims. Never throws.
 */
export function clean(text: string, most = MAX_TEXT): string {
  const capped = text.length > most ? text.slice(0, endOfWhole(text, most)) : text;
  if (ORDINARY.test(capped) && !MANY_ARABIC_MARKS.test(capped)) return capped.trim();
  const printable = wellFormed(capped).replace(CONTROLS, '');
  const marked = ANY_MARK.test(printable) ? printable.replace(TOO_MANY_MARKS, '$1') : printable;
  return marked.trim();
}

/** Lone surrogates cannot be written as UTF-8, so a kept text would differ from the one that was hashed. */
function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}
const LONE_SURROGATE = /\p{Cs}/gu;

/** A cut must not fall between the halves of a surrogate pair. */
function endOfWhole(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}
