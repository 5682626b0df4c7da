/** A small network with one hidden layer: it sees combinations of features that a linear separator cannot. */
import { orderOf, seeded, seedIn } from './random.js';
import type { Vector } from './vectors.js';

export interface Hidden {
  readonly units: number;
  readonly classes: number;
  /** By column, the units side by side. Columns behind the last of these are not seen: few rows have them. */
  readonly into: Float32Array;
  /** By class, the units side by side. */
  readonly out: Float32Array;
  readonly bias: Float32Array;
}

export interface HiddenSettings {
  readonly units: number;
  readonly rounds: number;
  /** How far the first steps go. */
  readonly rate: number;
  /** By row, how far a step for it goes beside those of others; 1 for all when absent. */
  readonly rowWeights?: Float32Array;
}

/** Small: what is random in the first weights is noise in every answer. */
const FIRST_WEIGHTS = { into: 0.1, out: 0.3 };
const DROPPED = 0.3;
/** Rows have length one; units should see values of this size. */
const SCALE = 2;
/**
 * Sums of squares begin here, so that first steps are not boundless (AdaGrad, Duchi et al. 2011). Into the units one sum is kept for each
 * column, not for each of its weights: as good, and a quarter less time.
 */
const FIRST_SQUARE = 1e-3;
const UNFELT = 1e-4;
/** A row whose class is so likely already has nothing to teach. */
const LEARNED = 0.95;

/**
 * Trains by stochastic gradient descent with drop-out. First weights are drawn by the seed of each column, order and drop-out by the seed
 * of each row: a further example changes what it has to say, and not the luck of all others.
 */
export function trainHidden(
  rows: readonly Vector[],
  labels: Int32Array,
  shape: { readonly columnSeeds: Int32Array; readonly classes: number },
  settings: HiddenSettings,
  rowSeeds: Uint32Array,
): Hidden {
  const training = new Training(shape.columnSeeds, shape.classes, settings.units);
  const seen = rows.map((row) => within(row, shape.columnSeeds.length));
  for (let round = 0; round < settings.rounds; round++) {
    const rate = settings.rate * (1 - round / settings.rounds);
    for (const at of orderOf(rowSeeds, round)) {
      const random = seeded(seedIn(round, rowSeeds[at] ?? 0));
      training.learn(seen[at] as Seen, labels[at] ?? 0, rate * (settings.rowWeights?.[at] ?? 1), random);
    }
  }
  return training.model;
}

/** Writes the probability of every class into `scores`; gives the units, as far as they are active. */
export function scoreHidden(model: Hidden, row: Vector, scores: Float32Array): Float64Array {
  const active = new Float64Array(model.units);
  activate(model, within(row, model.into.length / model.units), active);
  for (let unit = 0; unit < active.length; unit++) active[unit] = Math.max(0, active[unit] as number);
  output(model, active, feltIn(active, new Int32Array(model.units)), scores);
  return active;
}

/** The part of a row that the network sees. */
type Seen = Pick<Vector, 'columns' | 'values'>;

function within({ columns, values }: Vector, width: number): Seen {
  return {
    columns: columns.filter((column) => column < width),
    values: values.filter((_, at) => (columns[at] ?? 0) < width),
  };
}

class Training {
  readonly model: Hidden;
  private readonly intoSquares: Float32Array;
  private readonly outSquares: Float32Array;
  private readonly active: Float64Array;
  private readonly back: Float64Array;
  /** Of the units that are felt, what goes back through each. */
  private readonly pulls: Float64Array;
  private readonly units: Int32Array;
  private readonly scores: Float32Array;

  constructor(columnSeeds: Int32Array, classes: number, units: number) {
    this.model = {
      units,
      classes,
      into: new Float32Array(columnSeeds.length * units),
      out: new Float32Array(classes * units),
      bias: new Float32Array(classes),
    };
    columnSeeds.forEach((seed, column) => {
      spread(this.model.into.subarray(column * units, (column + 1) * units), FIRST_WEIGHTS.into, seeded(seed));
    });
    spread(this.model.out, FIRST_WEIGHTS.out, seeded(units));
    this.intoSquares = new Float32Array(columnSeeds.length).fill(FIRST_SQUARE);
    this.outSquares = new Float32Array(classes * units).fill(FIRST_SQUARE);
    this.active = new Float64Array(units);
    this.back = new Float64Array(units);
    this.pulls = new Float64Array(units);
    this.units = new Int32Array(units);
    this.scores = new Float32Array(classes);
  }

  learn(row: Seen, label: number, rate: number, random: () => number): void {
    activate(this.model, row, this.active);
    for (let unit = 0; unit < this.active.length; unit++) {
      const kept = random() >= DROPPED;
      this.active[unit] = kept ? Math.max(0, this.active[unit] as number) / (1 - DROPPED) : 0;
    }
    const felt = feltIn(this.active, this.units);
    output(this.model, this.active, felt, this.scores);
    if ((this.scores[label] as number) > LEARNED) return;
    this.backOut(felt, label, rate);
    this.backInto(felt, row, rate);
  }

  private backOut(felt: Int32Array, label: number, rate: number): void {
    const { out, bias, units, classes } = this.model;
    this.back.fill(0);
    for (let one = 0; one < classes; one++) {
      const error = (this.scores[one] as number) - (one === label ? 1 : 0);
      if (Math.abs(error) < UNFELT) continue;
      (bias[one] as number) -= rate * 0.1 * error;
      const from = one * units;
      for (let index = 0; index < felt.length; index++) {
        const unit = felt[index] as number;
        (this.back[unit] as number) += error * (out[from + unit] as number);
        const slope = error * (this.active[unit] as number);
        const square = ((this.outSquares[from + unit] as number) += slope * slope);
        (out[from + unit] as number) -= (rate * slope) / Math.sqrt(square);
      }
    }
  }

  private backInto(felt: Int32Array, { columns, values }: Seen, rate: number): void {
    const { into, units } = this.model;
    let square = 0;
    for (let index = 0; index < felt.length; index++) {
      const pull = this.back[felt[index] as number] as number;
      this.pulls[index] = pull;
      square += (pull * pull) / felt.length;
    }
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at] as number;
      const value = ((values[at] as number) * SCALE) / (1 - DROPPED);
      const sum = ((this.intoSquares[column] as number) += square * value * value);
      const step = (rate * value) / Math.sqrt(sum);
      const from = column * units;
      for (let index = 0; index < felt.length; index++) {
        (into[from + (felt[index] as number)] as number) -= step * (this.pulls[index] as number);
      }
    }
  }
}

function spread(weights: Float32Array, range: number, random: () => number): void {
  for (let at = 0; at < weights.length; at++) weights[at] = (random() - 0.5) * range;
}

/** Two columns at a time: half the reading and writing of sums, which is most of the work of training. */
function activate({ units, into }: Hidden, { columns, values }: Seen, active: Float64Array): void {
  active.fill(0);
  for (let at = 0; at < columns.length; at += 2) {
    const from = (columns[at] as number) * units;
    const value = (values[at] as number) * SCALE;
    const paired = at + 1 < columns.length;
    const other = paired ? (columns[at + 1] as number) * units : from;
    const otherValue = paired ? (values[at + 1] as number) * SCALE : 0;
    for (let unit = 0; unit < units; unit++)
      (active[unit] as number) += (into[from + unit] as number) * value + (into[other + unit] as number) * otherValue;
  }
}

/** Writes the units that are active into `units` and gives that part of it: about a third of them, and only these say anything. */
function feltIn(active: Float64Array, units: Int32Array): Int32Array {
  let count = 0;
  for (let unit = 0; unit < active.length; unit++) if ((active[unit] as number) > 0) units[count++] = unit;
  return units.subarray(0, count);
}

/** Soft maximum over the classes. */
function output(
  { units, classes, out, bias }: Hidden,
  active: Float64Array,
  felt: Int32Array,
  scores: Float32Array,
): void {
  let highest = -Infinity;
  for (let one = 0; one < classes; one++) {
    let score = bias[one] as number;
    const from = one * units;
    for (let index = 0; index < felt.length; index++) {
      const unit = felt[index] as number;
      score += (out[from + unit] as number) * (active[unit] as number);
    }
    scores[one] = score;
    highest = Math.max(highest, score);
  }
  let sum = 0;
  for (let one = 0; one < classes; one++) sum += scores[one] = Math.exp((scores[one] as number) - highest);
  for (let one = 0; one < classes; one++) (scores[one] as number) /= sum;
}
