/** Features as sparse vectors of length one: rare features weigh more, each group has its weight. */
import { GROUPS } from './features.js';
import type { Features, Group } from './features.js';

export interface Vector {
  /** Columns in the order in which the message has them. */
  readonly columns: Int32Array;
  readonly values: Float32Array;
  /** How much of the message is known, 0 to 1: the length of its known features beside that of all. */
  readonly known: number;
}

/** What was learned of the features: a column and a weight for each. */
export interface Vocabulary {
  /** The hash of each column; those of features that several rows have stand first. */
  readonly hashes: Int32Array;
  /** The weight of each column, its group's included. */
  readonly weights: Float32Array;
}

/** Chosen on ArBanking77's validation rows. */
const GROUP_WEIGHT: Readonly<Record<Group, number>> = {
  word: 1,
  pair: 1,
  letters: 1,
  standard: 0.7,
  consonants: 0.8,
  kind: 1,
  kinds: 0.7,
};
/** Between no inverse document frequency (0) and the full one (1). */
const RARITY = 0.8;
/** From this many rows on, a feature that occurs once says too little for the memory that it takes. */
const MANY_ROWS = 10_000;

interface Seen {
  readonly group: Group;
  rows: number;
  /** The last row that has it. */
  last: number;
}

/** Counts the features of all rows. */
export function learnVocabulary(rows: readonly Features[]): Vocabulary {
  const seen = new Map<number, Seen>();
  rows.forEach(({ hashes, groups }, row) => {
    hashes.forEach((hash, at) => {
      const known = seen.get(hash);
      if (!known) seen.set(hash, { group: groups[at] ?? GROUPS[0], rows: 1, last: row });
      else if (known.last !== row) {
        known.rows++;
        known.last = row;
      }
    });
  });
  const common = [...seen].filter(([, one]) => one.rows > 1);
  const rare = rows.length >= MANY_ROWS ? [] : [...seen].filter(([, one]) => one.rows === 1);
  const kept = [...common, ...rare];
  return {
    hashes: Int32Array.from(kept, ([hash]) => hash),
    weights: Float32Array.from(
      kept,
      ([, { rows: count, group }]) => GROUP_WEIGHT[group] * Math.log(1 + rows.length / count) ** RARITY,
    ),
  };
}

/** How many columns stand for features that several of these rows have; they stand first. */
export function countCommon(rows: readonly Vector[], width: number): number {
  const counts = new Uint32Array(width);
  for (const { columns } of rows) for (const column of columns) (counts[column] as number)++;
  return counts.filter((count) => count > 1).length;
}

/** Makes vectors over one vocabulary. */
export class Vectoriser {
  private readonly columns: ReadonlyMap<number, number>;
  /** What is not known counts as the rarest of what is. */
  private readonly rarest: number;
  /** By column, how often the text that is being looked at has it; nothing between two texts. */
  private readonly counts: Uint32Array;

  constructor(private readonly vocabulary: Vocabulary) {
    this.columns = new Map(Array.from(vocabulary.hashes, (hash, column) => [hash, column]));
    this.counts = new Uint32Array(vocabulary.hashes.length);
    this.rarest = vocabulary.weights.reduce((most, one) => Math.max(most, one), 0);
  }

  /** The number of columns. */
  get width(): number {
    return this.vocabulary.hashes.length;
  }

  vector({ hashes, groups }: Features): Vector {
    const columns: number[] = [];
    const strange = new Map<number, { count: number; weight: number }>();
    for (let at = 0; at < hashes.length; at++) {
      const hash = hashes[at] as number;
      const column = this.columns.get(hash);
      if (column === undefined) {
        const before = strange.get(hash)?.count ?? 0;
        strange.set(hash, { count: before + 1, weight: this.rarest * GROUP_WEIGHT[groups[at] ?? GROUPS[0]] });
      } else if ((this.counts[column] as number)++ === 0) columns.push(column);
    }
    const values = Float32Array.from(columns, (column) =>
      weighed(this.counts[column] as number, this.vocabulary.weights[column] as number),
    );
    for (const column of columns) this.counts[column] = 0;
    const square = values.reduce((sum, value) => sum + value * value, 0);
    let unknown = 0;
    for (const { count, weight } of strange.values()) unknown += weighed(count, weight) ** 2;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    return {
      columns: Int32Array.from(columns),
      values: values.map((value) => value * scale),
      known: square > 0 ? Math.sqrt(square / (square + unknown)) : 0,
    };
  }
}

/** A second time says less than the first. */
function weighed(count: number, weight: number): number {
  return (1 + Math.log(count)) * weight;
}
