/** Hears Arabic words in Latin letters (Arabizi): which known word a person most likely meant by `6alab` or `mosa3dah`. */
import { skeleton } from './skeleton.js';

/** How well a word fits: 0 is letter by letter; beyond this, another word is as likely. */
const WORST = 1.2;
/** Shorter skeletons fit too many words, unless the whole spelling fits. */
const FEWEST_CONSONANTS = 2;
const WORST_SHORT = 0.6;
const LONGEST = 20;

/** The known words by their consonants, with how often each occurs. */
export class Sounds {
  private readonly bySkeleton = new Map<string, Map<string, number>>();

  /** Words in plain form; the more often one occurs, the likelier it is meant. */
  constructor(words: Iterable<string>) {
    for (const word of words) {
      if (!ARABIC.test(word)) continue;
      const bare = skeleton(word);
      if (bare.length < FEWEST_CONSONANTS) continue;
      const alike = this.bySkeleton.get(bare) ?? new Map<string, number>();
      this.bySkeleton.set(bare, alike.set(word, (alike.get(word) ?? 0) + 1));
    }
  }

  /** The Arabic word that a word in Latin letters most likely stands for; undefined when none is near. */
  heard(latin: string): string | undefined {
    const signs = signsOf(latin.slice(0, LONGEST + 1));
    if (signs.length > LONGEST) return undefined;
    const fits = spellingsOf(latin).flatMap((spelling) => {
      const bare = skeleton(spelling);
      const worst = bare.length > FEWEST_CONSONANTS ? WORST : WORST_SHORT;
      return [...(this.bySkeleton.get(bare) ?? [])]
        .map(([word, count]) => ({ word, cost: distance(signs, word) - RIGHT_BY_COUNT * Math.log(count) }))
        .filter(({ cost }) => cost < worst);
    });
    return fits.sort((a, b) => a.cost - b.cost)[0]?.word;
  }
}

/** 8 is a qaf by its sound in some towns and a ghayn in others. */
function spellingsOf(latin: string): string[] {
  return latin.includes('8') ? [latin, latin.replaceAll('8', 'gh')] : [latin];
}

const ARABIC = /^[\u0621-\u064a]+$/;
/** What each further occurrence is worth, on a logarithmic scale. */
const RIGHT_BY_COUNT = 0.05;

/** Two Latin letters for one Arabic one, and long vowels. */
const DIGRAPHS: readonly (readonly [RegExp, string])[] = [
  [/sh|ch/g, 'ش'],
  [/kh/g, '5'],
  [/gh/g, 'غ'],
  [/th/g, 'ث'],
  [/dh/g, 'ذ'],
  [/oo|ou/g, 'u'],
  [/ee|ei/g, 'i'],
  [/aa/g, 'A'],
  [/(.)\1+/g, '$1'],
];

function signsOf(latin: string): string {
  return DIGRAPHS.reduce((signs, [from, to]) => signs.replace(from, to), latin);
}

/** By Arabic letter in plain form, the Latin signs that stand for it: surely, and loosely. */
const SPELLED: Readonly<Record<string, readonly [sure: string, loose: string]>> = {
  ا: ['A2', 'aeiou'], ب: ['bp', ''], ت: ['t', ''], ث: ['ث', 'ts'], ج: ['j', 'gy'], ح: ['7', 'h'], خ: ['5', 'x'], د: ['d', ''], ذ: ['ذ', 'زzdث'],
  ر: ['r', ''], ز: ['z', ''], س: ['s', 'c'], ش: ['ش', 's'], ص: ['9', 's'], ض: ['ذ', 'dz9'], ط: ['6', 't'], ظ: ['ذ', 'zdث6'], ع: ['3', 'aAei'],
  غ: ['غ', 'g83'], ف: ['fv', ''], ق: ['q8g', 'k'], ك: ['k', 'cg'], ل: ['l', ''], م: ['m', ''], ن: ['n', ''], ه: ['h', 'aAe'], و: ['wuo', ''], ي: ['yie', 'a'],
}; // prettier-ignore
const VOWELS = 'aAeiouyw';
const LOOSE = 0.15;
/** An Arabic letter that is not spelled: long vowels and ayn often are not, others hardly ever. */
const UNSPELLED: Readonly<Record<string, number>> = { ا: 0.4, و: 0.5, ي: 0.5, ع: 0.5, ه: 0.5, ء: 0 };
/** A Latin vowel for which Arabic writes nothing. */
const SHORT_VOWEL = 0.1;
/** A word that begins with a vowel begins with a letter for it. */
const FIRST_VOWEL = 0.4;
const NEVER = 9;
const FIRST_LONG_I = /^اي/;

/** How far a spelling is from an Arabic word: the cheapest way to walk both side by side. */
function distance(signs: string, word: string): number {
  let before = Array.from(
    { length: signs.length + 1 },
    (_, at) => (at === 0 ? 0 : FIRST_VOWEL) + unsaid(signs.slice(0, at)),
  );
  for (const letter of word.replace(FIRST_LONG_I, 'ي')) {
    const [sure = '', loose = ''] = SPELLED[letter] ?? [];
    const row = [(before[0] ?? NEVER) + (UNSPELLED[letter] ?? NEVER)];
    for (let at = 1; at <= signs.length; at++) {
      const sign = signs.charAt(at - 1);
      const fit = sure.includes(sign) ? 0 : loose.includes(sign) ? LOOSE : NEVER;
      row.push(
        Math.min(
          (before[at - 1] ?? NEVER) + fit,
          (before[at] ?? NEVER) + (UNSPELLED[letter] ?? NEVER),
          (row[at - 1] ?? NEVER) + unsaid(sign),
        ),
      );
    }
    before = row;
  }
  return before[signs.length] ?? NEVER;
}

/** The cost of signs for which the word has no letter. */
function unsaid(signs: string): number {
  return Array.from(signs).reduce((sum, sign) => sum + (VOWELS.includes(sign) ? SHORT_VOWEL : NEVER), 0);
}
