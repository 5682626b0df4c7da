/** Characters that are not seen but change how strings compare or how they are shown. */

/** Direction marks, embeddings, overrides and isolates. */
export const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Everything invisible: soft hyphen, grapheme joiner, bidi controls, zero-width characters, variation selectors,
 * byte-order mark, Hangul fillers, and the tag characters of plane 14.
 */
export const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u{e0000}-\u{e0fff}]/gu;

/** Tatweel only stretches a word. */
export const TATWEEL = /\u0640/g;

const ASCII = /^[\0-\x7f]*$/;

/** Whether a text is plain ASCII: most of the work on texts can then be left out. */
export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** A text without bidi controls: for names, file names and values that are placed inside other sentences. */
export function stripBidi(text: string): string {
  return isAscii(text) ? text : text.replace(BIDI_CONTROLS, '');
}

/** A text without any invisible character or tatweel, its letters otherwise as typed. */
export function stripInvisible(text: string): string {
  return isAscii(text) ? text : text.replace(INVISIBLE, '').replace(TATWEEL, '');
}
