/** The examples as the model has come to see them: how near a message lies to the nearest one of an intent. */
export interface Neighbours {
  /** By class, where its examples end. */
  readonly ends: Int32Array;
  /** Class by class, the places of the examples side by side, in steps of 1/127. */
  readonly places: Int8Array;
}

const STEPS = 127;
/** Places fill whole words of four bytes, as the file of a model has them. */
const WORD = 4;

/**
 * Where a message lies, as a vector of length one: half of it the scores of the linear separators, half the active units of the network.
 * Scores begin at −1, what a stranger to a class gets.
 */
export function placeOf(scores: Float32Array, active: Float64Array): Float32Array {
  const place = new Float32Array(Math.ceil((scores.length + active.length) / WORD) * WORD);
  place.set(scores.map((score) => score + 1));
  place.set(active, scores.length);
  lengthen(place.subarray(0, scores.length), Math.SQRT1_2);
  lengthen(place.subarray(scores.length), Math.SQRT1_2);
  return place;
}

/** Keeps the places of examples. */
export function learnNeighbours(places: readonly Float32Array[], labels: Int32Array, classes: number): Neighbours {
  const kept = new Int8Array(places.reduce((sum, { length }) => sum + length, 0));
  const ends = new Int32Array(classes);
  let at = 0;
  let count = 0;
  for (let one = 0; one < classes; one++) {
    places.forEach((place, row) => {
      if (labels[row] !== one) return;
      kept.set(
        place.map((value) => Math.round(value * STEPS)),
        at,
      );
      at += place.length;
      count++;
    });
    ends[one] = count;
  }
  return { ends, places: kept };
}

/** The cosine to the nearest example of a class; 0 for a class without any. */
export function nearest({ ends, places }: Neighbours, place: Float32Array, one: number): number {
  const width = place.length;
  const to = (ends[one] ?? 0) * width;
  let best = 0;
  for (let from = (ends[one - 1] ?? 0) * width; from < to; from += width) {
    let sum = 0;
    for (let at = 0; at < width; at++) sum += (places[from + at] as number) * (place[at] as number);
    best = Math.max(best, sum);
  }
  return best / STEPS;
}

/** By class, the mean direction of its examples in the first `length` numbers of their places. */
export function meansOf({ ends, places }: Neighbours, length: number): Float32Array[] {
  const count = ends.at(-1) ?? 0;
  const width = count === 0 ? 0 : places.length / count;
  return Array.from(ends, (end, one) => {
    const mean = new Float32Array(length);
    for (let row = ends[one - 1] ?? 0; row < end; row++)
      for (let at = 0; at < length; at++) (mean[at] as number) += places[row * width + at] as number;
    return lengthen(mean, 1);
  });
}

/** Gives a vector this length, in place; one without any direction stays. */
function lengthen(vector: Float32Array, length: number): Float32Array {
  const square = vector.reduce((sum, value) => sum + value * value, 0);
  const scale = square > 0 ? length / Math.sqrt(square) : 0;
  for (let at = 0; at < vector.length; at++) (vector[at] as number) *= scale;
  return vector;
}
