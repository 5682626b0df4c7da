/** Mends slips of the thumb: a word that hardly anybody writes, one slip away from a common one, was probably meant as that. */
import { near } from '../../engine/text/near.js';

/** In letters: shorter words have too many neighbours. */
const SHORTEST = 4;
/** A word that was written so often is common, and one that was written no oftener than this may be a slip. */
const COMMON = 5;
const RARE = 1;

/** The known words, by what is left of each when a letter is missing (as SymSpell does, https://github.com/wolfgarbe/SymSpell). */
export class Spelling {
  private readonly counts = new Map<string, number>();
  private readonly commonBy = new Map<string, string[]>();

  /** Words in plain form, one for each time that it was written. */
  constructor(words: Iterable<string>) {
    for (const word of words) this.counts.set(word, this.countOf(word) + 1);
    for (const [word, count] of this.counts) {
      if (count < COMMON || word.length < SHORTEST) continue;
      for (const left of leftOf(word)) this.commonBy.set(left, [...(this.commonBy.get(left) ?? []), word]);
    }
  }

  /** The common word that a plain word was meant as, the most frequent first; undefined when it is known, or near none. */
  meant(word: string): string | undefined {
    if (word.length < SHORTEST || this.countOf(word) > RARE) return undefined;
    const alike = leftOf(word).flatMap((left) => this.commonBy.get(left) ?? []);
    return alike.filter((one) => near(one, word)).sort((a, b) => this.countOf(b) - this.countOf(a))[0];
  }

  private countOf(word: string): number {
    return this.counts.get(word) ?? 0;
  }
}

/** The word, and what is left of it without any one of its letters. */
function leftOf(word: string): string[] {
  return [word, ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))];
}
