/** Words in Latin letters: what Arabic they spell, and whether anybody has ever written the like. */
import { plain, tokens } from '../engine/text/normalise.js';
import { isArabizi, isLatin } from './classifier/features.js';
import type { Lexicon } from './classifier/lexicon.js';
import { skeleton } from './classifier/skeleton.js';

/** The words, where they are Arabic in Latin letters, as the Arabic ones that they sound like. */
export function inArabic(words: readonly string[], lexicon: Lexicon): readonly string[] {
  if (!isArabizi(words, lexicon)) return words;
  return words.map((word) => (isLatin(word) ? (lexicon.heard(word) ?? word) : word));
}

/** From this share of words on that are like any of the lessons, Latin letters are read; people's messages have four in five. */
const LEAST_KNOWN = 0.5;

/** Knows the words of lessons by their consonants. */
export class LatinWords {
  private readonly written: ReadonlySet<string>;

  constructor(
    texts: readonly string[],
    private readonly lexicon: Lexicon,
  ) {
    this.written = new Set([...new Set(texts.flatMap((text) => tokens(plain(text))))].map(skeleton));
  }

  /** Whether a message is mostly made of Latin letters that are no words: names of a program, a hand on the keyboard. */
  areNone(text: string): boolean {
    const words = tokens(plain(text));
    if (!isArabizi(words, this.lexicon)) return false;
    const latin = words.filter(isLatin);
    return latin.filter((word) => this.isKnown(word)).length < LEAST_KNOWN * latin.length;
  }

  /** The costly question last: most words are on a list. */
  private isKnown(word: string): boolean {
    return this.lexicon.isEnglish(word) || this.written.has(skeleton(word)) || this.lexicon.heard(word) !== undefined;
  }
}
