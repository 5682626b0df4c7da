/** How alike messages are, by the words and letters that a model's vocabulary weighs. */
import { featuresOf } from './classifier/features.js';
import type { Lexicon } from './classifier/lexicon.js';
import type { Vocabulary } from './classifier/vectors.js';

type Weights = ReadonlyMap<number, number>;

/** Gives the cosine of two messages, 0 to 1. What the vocabulary does not know counts as its rarest feature. */
export class Likeness {
  private readonly weightOf: Weights;
  private readonly rarest: number;
  private readonly known = new Map<string, Weights>();

  constructor(
    { hashes, weights }: Vocabulary,
    private readonly lexicon: Lexicon,
  ) {
    this.weightOf = new Map(Array.from(hashes, (hash, column) => [hash, weights[column] ?? 0]));
    this.rarest = weights.reduce((most, one) => Math.max(most, one), 1);
  }

  /** Of two messages that are compared with many: each is looked at once. */
  of(one: string, other: string): number {
    return cosine(this.kept(one), this.kept(other));
  }

  /** The same for a message that comes once, beside others that come again. */
  to(text: string): (other: string) => number {
    const weights = this.weights(text);
    return (other) => cosine(weights, this.kept(other));
  }

  /** The same where neither comes again: nothing is kept. */
  once(text: string): (other: string) => number {
    const weights = this.weights(text);
    return (other) => cosine(weights, this.weights(other));
  }

  private kept(text: string): Weights {
    const known = this.known.get(text);
    if (known) return known;
    const made = this.weights(text);
    this.known.set(text, made);
    return made;
  }

  private weights(text: string): Weights {
    const counts = new Map<number, number>();
    for (const hash of featuresOf(text, this.lexicon).hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    const weighed = [...counts].map(
      ([hash, count]) => [hash, (1 + Math.log(count)) * (this.weightOf.get(hash) ?? this.rarest)] as const,
    );
    const length = Math.sqrt(weighed.reduce((sum, [, value]) => sum + value * value, 0));
    return new Map(weighed.map(([hash, value]) => [hash, value / (length || 1)]));
  }
}

function cosine(one: Weights, other: Weights): number {
  const [fewer, more] = one.size < other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [hash, value] of fewer) sum += value * (more.get(hash) ?? 0);
  return sum;
}
