/** What staff taught, by its words: whoever says just that, or the same in other words, is answered so. */
import { plain } from '../engine/text/normalise.js';
import type { Lexicon } from './classifier/lexicon.js';
import type { Vocabulary } from './classifier/vectors.js';
import { Likeness } from './likeness.js';
import type { Example } from './lessons.js';

/** Nearer than this, two sentences say the same. */
export const SAME = 0.8;

export class Taught {
  private readonly exact: ReadonlyMap<string, string>;
  private readonly near: readonly Example[];
  private readonly likeness: Likeness;

  /** Of the examples, those with a weight of their own were taught; `vocabulary` is the model's. */
  constructor(examples: readonly Example[], vocabulary: Vocabulary, lexicon: Lexicon) {
    this.near = examples.filter(({ weight }) => weight !== undefined);
    this.exact = new Map(this.near.map(({ text, intent }) => [plain(text), intent]));
    this.likeness = new Likeness(vocabulary, lexicon);
  }

  /** The intent that was taught for these words. Where what says the same was taught with two meanings, none. */
  meaningOf(text: string): string | undefined {
    const exact = this.exact.get(plain(text));
    if (exact !== undefined || this.near.length === 0) return exact;
    const close = this.likeness.to(text);
    const meant = new Set(this.near.flatMap((one) => (close(one.text) >= SAME ? [one.intent] : [])));
    const [only] = meant;
    return meant.size === 1 ? only : undefined;
  }
}
