/** How familiar a message is: whether it lies where examples of its intent lie, or where none was ever seen. */
import { learnCentres, nearCentres } from './centres.js';
import type { Centres } from './centres.js';
import { learnNeighbours, meansOf, nearest, placeOf } from './neighbours.js';
import type { Neighbours } from './neighbours.js';
import type { Vector } from './vectors.js';

/** What is kept of the examples to tell the known from the unknown. */
export interface Familiar {
  readonly neighbours: Neighbours;
  readonly centres: Centres;
}

/** What the separators and the network make of a message. */
export interface Seen {
  readonly row: Vector;
  readonly scores: Float32Array;
  readonly active: Float64Array;
}

/**
 * What each sign counts beside a score: by logistic regression over intents that were held out on ArBanking77's validation rows, rounded
 * (docs/decisions/2026-11-22-classifier.md).
 */
const WEIGHTS = { nearest: 10, known: 8, own: 10, sound: -0.7 };

/** Remembers the rows that were learned from, as the trained parts see them. */
export function learnFamiliar(seen: readonly Seen[], labels: Int32Array, width: number, classes: number): Familiar {
  const places = seen.map(({ scores, active }) => placeOf(scores, active));
  return {
    neighbours: learnNeighbours(places, labels, classes),
    centres: learnCentres(
      seen.map(({ row }) => row),
      labels,
      { width, classes },
    ),
  };
}

/** Judges messages by what was kept. */
export class Familiarity {
  private readonly means: readonly Float32Array[];

  constructor(
    private readonly familiar: Familiar,
    classes: number,
  ) {
    this.means = meansOf(familiar.neighbours, classes);
  }

  /**
   * How familiar a message would be as one of a class: about 0 where it says what an example says, down to −20 where all is strange. The signs:
   * the nearest example of the class, how much of the message is known at all, how much nearer the class's mean is than the others', and,
   * against it, how much the mere words and letters speak for this class: the model should have better reasons than these.
   */
  of({ row, scores, active }: Seen): (one: number) => number {
    const { neighbours, centres } = this.familiar;
    const place = placeOf(scores, active);
    const means = this.means.map((mean) => cosine(mean, place));
    const all = means.reduce((sum, one) => sum + Math.max(0, one), 0);
    const standing = standingIn(nearCentres(centres, row, scores.length));
    return (one) =>
      WEIGHTS.nearest * (nearest(neighbours, place, one) - 1) +
      WEIGHTS.known * (row.known - 1) +
      WEIGHTS.own * (all > 0 ? (means[one] ?? 0) / all - 1 / means.length : 0) +
      WEIGHTS.sound * standing(one);
  }
}

/** Of a mean and the part of the place that it is made of. */
function cosine(mean: Float32Array, place: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < mean.length; at++) sum += (mean[at] as number) * (place[at] as number);
  return sum * Math.SQRT2;
}

/** How many standard deviations a value stands above the mean of all. */
function standingIn(values: Float32Array): (at: number) => number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
  return (at) => (spread > 0 ? ((values[at] ?? mean) - mean) / spread : 0);
}
