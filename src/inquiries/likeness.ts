/** How alike messages are, by the vectors of a trained model. */
import { featuresOf } from './classifier/features.js';
import type { Lexicon } from './classifier/lexicon.js';
import { Vectoriser } from './classifier/vectors.js';
import type { Vector, Vocabulary } from './classifier/vectors.js';

/** Gives the cosine of two messages, 0 to 1; each message is looked at once. */
export class Likeness {
  private readonly vectoriser: Vectoriser;
  private readonly known = new Map<string, ReadonlyMap<number, number>>();

  constructor(
    vocabulary: Vocabulary,
    private readonly lexicon: Lexicon,
  ) {
    this.vectoriser = new Vectoriser(vocabulary);
  }

  of(one: string, other: string): number {
    const [a, b] = [this.weights(one), this.weights(other)];
    const [fewer, more] = a.size < b.size ? [a, b] : [b, a];
    let sum = 0;
    for (const [column, value] of fewer) sum += value * (more.get(column) ?? 0);
    return sum;
  }

  private weights(text: string): ReadonlyMap<number, number> {
    const known = this.known.get(text);
    if (known) return known;
    const made = asMap(this.vectoriser.vector(featuresOf(text, this.lexicon)));
    this.known.set(text, made);
    return made;
  }
}

function asMap({ columns, values }: Vector): Map<number, number> {
  return new Map(Array.from(columns, (column, at) => [column, values[at] ?? 0]));
}
