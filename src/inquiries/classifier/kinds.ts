/** What kinds of things words name: by its kind, a word that no example has meets those that examples have. */
import { bareStem, words as wordsOf } from '../terms.js';

/** A word or phrase whose kind is known. */
export interface Named {
  /** Where it begins, and how many words it has. */
  readonly at: number;
  readonly length: number;
  readonly kind: string;
}

const LONGEST_PHRASE = 3;
/** Prepositions of one letter, which stemming leaves on the word since many words begin with them. */
const LOOSE_PREFIX = /^[بلكفو](?=.{3})/;

export class Kinds {
  /** By the stems of its words, the kinds of a phrase. */
  private readonly phrases = new Map<string, readonly string[]>();
  /** The words of all phrases, in plain form. */
  readonly words: readonly string[];

  /** `names`: kind → phrases of one to three words. A phrase may stand under several kinds. */
  constructor(names: Readonly<Record<string, readonly string[]>>) {
    const words: string[] = [];
    for (const [kind, phrases] of Object.entries(names)) {
      for (const phrase of phrases) {
        const typed = wordsOf(phrase);
        words.push(...typed);
        const key = typed.map(bareStem).join(' ');
        this.phrases.set(key, [...new Set([...(this.phrases.get(key) ?? []), kind])]);
      }
    }
    this.words = words;
  }

  /** What plain words name, in their order; of phrases that begin at the same word the longest. */
  in(typed: readonly string[]): Named[] {
    const stems = typed.map(bareStem);
    const found: Named[] = [];
    for (let at = 0; at < stems.length;) {
      const [length, kinds] = this.longest(stems, at);
      found.push(...kinds.map((kind) => ({ at, length, kind })));
      at += length;
    }
    return found;
  }

  private longest(stems: readonly string[], at: number): [number, readonly string[]] {
    for (let length = Math.min(LONGEST_PHRASE, stems.length - at); length > 0; length--) {
      const phrase = stems.slice(at, at + length).join(' ');
      const kinds = this.phrases.get(phrase) ?? this.phrases.get(phrase.replace(LOOSE_PREFIX, ''));
      if (kinds) return [length, kinds];
    }
    return [1, []];
  }
}
