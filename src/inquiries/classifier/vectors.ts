/** Features as sparse vectors of length one: rare features weigh more, each group has its weight. */
import { GROUPS } from './features.js';
import type { Features, Group } from './features.js';

export interface Vector {
  /** Columns, ascending by first occurrence. */
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** What was learned of the features: a column and a weight for each. */
export interface Vocabulary {
  /** The hash of each column. */
  readonly hashes: Int32Array;
  /** The weight of each column, its group's included. */
  readonly weights: Float32Array;
}

/** Chosen on ArBanking77's validation rows. */
const GROUP_WEIGHT: Readonly<Record<Group, number>> = { word: 1, pair: 1, letters: 1, standard: 0.7, consonants: 0.8 };
/** Between no inverse document frequency (0) and the full one (1). */
const RARITY = 0.8;
/** From this many rows on, a feature that occurs once says too little for the memory that it takes. */
const MANY_ROWS = 10_000;

/** Counts the features of all rows. */
export function learnVocabulary(rows: readonly Features[]): Vocabulary {
  const seen = new Map<number, { rows: number; group: Group }>();
  for (const { hashes, groups } of rows) {
    for (const feature of new Map(hashes.map((hash, at) => [hash, groups[at] ?? GROUPS[0]]))) {
      const known = seen.get(feature[0]);
      if (known) known.rows++;
      else seen.set(feature[0], { rows: 1, group: feature[1] });
    }
  }
  const fewest = rows.length >= MANY_ROWS ? 2 : 1;
  const kept = [...seen].filter(([, { rows: count }]) => count >= fewest);
  return {
    hashes: Int32Array.from(kept, ([hash]) => hash),
    weights: Float32Array.from(
      kept,
      ([, { rows: count, group }]) => GROUP_WEIGHT[group] * Math.log(1 + rows.length / count) ** RARITY,
    ),
  };
}

/** Makes vectors over one vocabulary. */
export class Vectoriser {
  private readonly columns: ReadonlyMap<number, number>;

  constructor(private readonly vocabulary: Vocabulary) {
    this.columns = new Map(Array.from(vocabulary.hashes, (hash, column) => [hash, column]));
  }

  /** The number of columns. */
  get width(): number {
    return this.vocabulary.hashes.length;
  }

  vector({ hashes }: Features): Vector {
    const counts = new Map<number, number>();
    for (const hash of hashes) {
      const column = this.columns.get(hash);
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    const values = new Float32Array(counts.size);
    let at = 0;
    let square = 0;
    for (const [column, count] of counts) {
      const value = (1 + Math.log(count)) * (this.vocabulary.weights[column] ?? 0);
      values[at++] = value;
      square += value * value;
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    return { columns: Int32Array.from(counts.keys()), values: values.map((value) => value * scale) };
  }
}
