/** Which known term a mistyped one stands for. */
import { near } from '../engine/text/near.js';
import { STANDARD } from './terms.js';

/** Two words that are near differ by no more letters. */
const MOST_LETTERS = 2;

interface Spelling {
  readonly written: string;
  readonly term: string;
}

/** Knows the terms of an index, and their forms in dialects. */
export class Meant {
  /** By the length of words that may be near; in each, the terms themselves stand first. */
  private readonly byLength = new Map<number, Spelling[]>();

  constructor(terms: readonly string[]) {
    const known = new Set(terms);
    for (const term of terms) this.add({ written: term, term });
    for (const [written, term] of STANDARD) if (known.has(term)) this.add({ written, term });
  }

  /** The first term that is near; undefined when none is. */
  by(word: string): string | undefined {
    return this.byLength.get(word.length)?.find(({ written }) => near(word, written))?.term;
  }

  private add(spelling: Spelling): void {
    const { length } = spelling.written;
    for (let other = length - MOST_LETTERS; other <= length + MOST_LETTERS; other++) {
      const there = this.byLength.get(other);
      if (there) there.push(spelling);
      else this.byLength.set(other, [spelling]);
    }
  }
}
