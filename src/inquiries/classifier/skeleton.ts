/** The consonants of a word in one alphabet, so that Arabic in Latin letters (Arabizi) meets Arabic in its own. */

/**
 * Vowels, glides, hamza and ayn go, letters that are typed alike fall together, doubled ones become one:
 * `مساعدة`, `musa3ada` and `mosaada` are all `msd`. Expects a word in plain form; empty when nothing is left.
 */
export function skeleton(word: string): string {
  return ARABIC_LETTER.test(word) ? fold(word.replace(FINAL_HA, ''), ARABIC) : latinSkeleton(word);
}

const ARABIC_LETTER = /[\u0600-\u06ff]/;
/** Taa marbuta, which the plain form writes as haa, is heard as a vowel. */
const FINAL_HA = /ه$/;
const ARABIC: Readonly<Record<string, string>> = {
  ب: 'b', ت: 't', ث: 'd', ج: 'j', ح: 'h', خ: 'x', د: 'd', ذ: 'd', ر: 'r', ز: 'z', س: 's', ش: 'c', ص: 's', ض: 'd',
  ط: 't', ظ: 'd', غ: 'g', ف: 'f', ق: 'k', ك: 'k', ل: 'l', م: 'm', ن: 'n', ه: 'h',
}; // prettier-ignore

/** Signs of several characters first; an apostrophe has become a space before. A final `h` after a vowel is a taa marbuta. */
const LATIN_PAIRS = /sh|ch|kh|gh|th|dh|ph|[ae]h$/g;
const PAIRS: Readonly<Record<string, string>> = { sh: 'ش', ch: 'ش', kh: 'خ', gh: 'غ', th: 'ذ', dh: 'ض', ph: 'ف' };
const LATIN: Readonly<Record<string, string>> = {
  b: 'b', p: 'b', t: 't', '6': 't', j: 'j', '7': 'h', h: 'h', '5': 'x', d: 'd', r: 'r', z: 'z', s: 's', '9': 's', f: 'f', v: 'f',
  q: 'k', '8': 'k', g: 'k', k: 'k', c: 'k', x: 'x', l: 'l', m: 'm', n: 'n', ش: 'c', خ: 'x', غ: 'g', ذ: 'd', ض: 'd', ف: 'f',
}; // prettier-ignore

function latinSkeleton(word: string): string {
  return fold(
    word.replace(LATIN_PAIRS, (pair) => PAIRS[pair] ?? ''),
    LATIN,
  );
}

function fold(word: string, letters: Readonly<Record<string, string>>): string {
  let folded = '';
  for (const letter of word) {
    const sign = letters[letter];
    if (sign !== undefined && !folded.endsWith(sign)) folded += sign;
  }
  return folded;
}
