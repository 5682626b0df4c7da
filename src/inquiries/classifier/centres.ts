/** The middle of each intent's examples, by the words and letters alone: what a message merely sounds like. */
import type { Vector } from './vectors.js';

/** Kept by column, since most columns belong to a few classes only. */
export interface Centres {
  /** By column, where its entries end. */
  readonly ends: Int32Array;
  /** By entry, its class, and the class's value in that column. */
  readonly classes: Int32Array;
  readonly values: Float32Array;
}

/** Each centre is the sum of its class's rows, of length one. */
export function learnCentres(
  rows: readonly Vector[],
  labels: Int32Array,
  shape: { readonly width: number; readonly classes: number },
): Centres {
  const centres = Array.from({ length: shape.classes }, (_, one) =>
    centreOf(
      rows.filter((_, at) => labels[at] === one),
      shape.width,
    ),
  );
  const ends = new Int32Array(shape.width);
  for (const { columns } of centres) for (const column of columns) (ends[column] as number)++;
  for (let column = 1; column < ends.length; column++) (ends[column] as number) += ends[column - 1] as number;
  const total = ends.at(-1) ?? 0;
  const classes = new Int32Array(total);
  const values = new Float32Array(total);
  const next = Int32Array.from(ends, (_, column) => ends[column - 1] ?? 0);
  centres.forEach((centre, one) => {
    centre.columns.forEach((column, at) => {
      const entry = (next[column] as number)++;
      classes[entry] = one;
      values[entry] = centre.values[at] as number;
    });
  });
  return { ends, classes, values };
}

/** The cosine of a row with every one of `count` centres. */
export function nearCentres({ ends, classes, values }: Centres, row: Vector, count: number): Float32Array {
  const near = new Float32Array(count);
  for (let at = 0; at < row.columns.length; at++) {
    const column = row.columns[at] as number;
    const value = row.values[at] as number;
    for (let entry = ends[column - 1] ?? 0; entry < (ends[column] as number); entry++)
      (near[classes[entry] as number] as number) += (values[entry] as number) * value;
  }
  return near;
}

function centreOf(rows: readonly Vector[], width: number): Pick<Vector, 'columns' | 'values'> {
  const sums = new Float64Array(width);
  const columns: number[] = [];
  for (const { columns: own, values } of rows) {
    for (let at = 0; at < own.length; at++) {
      const column = own[at] as number;
      // Values are positive: a sum of nothing is of a column that no row had yet.
      if (sums[column] === 0) columns.push(column);
      (sums[column] as number) += values[at] as number;
    }
  }
  const length = Math.sqrt(columns.reduce((square, column) => square + (sums[column] as number) ** 2, 0));
  return {
    columns: Int32Array.from(columns),
    values: Float32Array.from(columns, (column) => (sums[column] as number) / length),
  };
}
