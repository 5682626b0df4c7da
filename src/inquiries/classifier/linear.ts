/** One linear separator per class, all trained in one pass over the rows. */
import { orderOf } from './random.js';
import type { Vector } from './vectors.js';

/** Weights by column, the classes side by side, so that a row touches whole stretches of memory. */
export interface Linear {
  readonly classes: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface LinearSettings {
  /** The price of an error; smaller is smoother. */
  readonly cost: number;
  /** How much dearer an error on the class itself is than one on the others. */
  readonly own: number;
  /** At most so many times through all rows. */
  readonly rounds: number;
  /** By row, how dear its errors are beside those of others; 1 for all when absent. */
  readonly rowWeights?: Float32Array;
}

/** Rounds end when no multiplier moves by more than this. */
const STILL = 0.01;

/**
 * Trains one-against-the-rest separators with squared hinge loss by dual coordinate descent (Hsieh et al., ICML 2008).
 * `labels` holds the class of each row; `rowSeeds` decide the order of rows.
 */
export function trainLinear(
  rows: readonly Vector[],
  labels: Int32Array,
  shape: { readonly width: number; readonly classes: number },
  { cost, own, rounds, rowWeights }: LinearSettings,
  rowSeeds: Uint32Array,
): Linear {
  const { classes, width } = shape;
  const model = { classes, weights: new Float32Array(width * classes), bias: new Float32Array(classes) };
  const multipliers = new Float32Array(rows.length * classes);
  const scores = new Float32Array(classes);
  const steps = new Float32Array(classes);
  for (let round = 0; round < rounds; round++) {
    let largest = 0;
    for (const at of orderOf(rowSeeds, round)) {
      const row = rows[at] as Vector;
      scoreLinear(model, row, scores);
      const part = multipliers.subarray(at * classes, (at + 1) * classes);
      const dear = cost * (rowWeights?.[at] ?? 1);
      const moved = stepsOf(scores, part, labels[at] ?? 0, { cost: dear, own }, steps);
      if (moved > 0) add(model, row, steps);
      largest = Math.max(largest, moved);
    }
    if (largest < STILL) break;
  }
  return model;
}

/** Writes the score of every class into `scores`. Two columns at a time: half the reading and writing of sums. */
export function scoreLinear(
  { classes, weights, bias }: Linear,
  { columns, values }: Vector,
  scores: Float32Array,
): void {
  scores.set(bias);
  for (let at = 0; at < columns.length; at += 2) {
    const from = (columns[at] as number) * classes;
    const value = values[at] as number;
    const paired = at + 1 < columns.length;
    const other = paired ? (columns[at + 1] as number) * classes : from;
    const otherValue = paired ? (values[at + 1] as number) : 0;
    for (let one = 0; one < classes; one++)
      (scores[one] as number) +=
        (weights[from + one] as number) * value + (weights[other + one] as number) * otherValue;
  }
}

/** How far each class's multiplier moves for this row, with its sign; gives the longest step. */
function stepsOf(
  scores: Float32Array,
  multipliers: Float32Array,
  label: number,
  { cost, own }: Pick<LinearSettings, 'cost' | 'own'>,
  steps: Float32Array,
): number {
  let longest = 0;
  for (let one = 0; one < scores.length; one++) {
    const sign = one === label ? 1 : -1;
    const slack = 1 / (2 * (one === label ? cost * own : cost));
    const before = multipliers[one] as number;
    const gradient = sign * (scores[one] as number) - 1 + before * slack;
    // A row has length one and the bias counts as one more feature of value one.
    const after = Math.max(0, before - gradient / (2 + slack));
    multipliers[one] = after;
    steps[one] = sign * (after - before);
    longest = Math.max(longest, Math.abs(after - before));
  }
  return longest;
}

function add({ classes, weights, bias }: Linear, { columns, values }: Vector, steps: Float32Array): void {
  for (let one = 0; one < classes; one++) (bias[one] as number) += steps[one] as number;
  for (let at = 0; at < columns.length; at++) {
    const from = (columns[at] as number) * classes;
    const value = values[at] as number;
    for (let one = 0; one < classes; one++) (weights[from + one] as number) += (steps[one] as number) * value;
  }
}
