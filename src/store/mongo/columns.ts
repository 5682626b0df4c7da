/** How a collection is described: columns called as in the contract, from which schema, types and documents follow. */

/**
 * A column of a collection. `start` is what a row gets that does not name it; without one, every row must. Every column of a row is
 * written: what is empty is null, never absent. A column that a newer version added is read as null (or `start`) where it is absent.
 */
export interface Column<T, Needed extends boolean = boolean> {
  readonly kind: 'text' | 'number' | 'bytes';
  readonly empty: boolean;
  readonly start: T | undefined;
  readonly needed: Needed;
  /** A closed list. */
  readonly among?: readonly string[];
}

export const text: Column<string, true> = { kind: 'text', empty: false, start: undefined, needed: true };
export const number: Column<number, true> = { kind: 'number', empty: false, start: undefined, needed: true };
export const bytes: Column<Uint8Array, true> = { kind: 'bytes', empty: false, start: undefined, needed: true };
export const zero: Column<number, false> = { ...number, start: 0, needed: false };

export function oneOf<T extends string>(...among: readonly T[]): Column<T, true> {
  return { kind: 'text', empty: false, start: undefined, needed: true, among };
}

export function startsAs<T extends string>(start: T, ...others: readonly T[]): Column<T, false> {
  return { kind: 'text', empty: false, start, needed: false, among: [start, ...others] };
}

/** May be null, and is where a row does not name it. */
export function maybe<T>(column: Column<T>): Column<T | null, false> {
  return { ...column, empty: true, start: null, needed: false };
}

export type Columns = Readonly<Record<string, Column<unknown>>>;

export type RowOf<C extends Columns> = { [K in keyof C]: C[K] extends Column<infer T> ? T : never };

type NeededOf<C extends Columns> = { [K in keyof C]: C[K] extends Column<unknown, true> ? K : never }[keyof C];

/** A row as it is added: columns with a start may be left out. */
export type NewRowOf<C extends Columns> = Pick<RowOf<C>, NeededOf<C>> & Partial<Omit<RowOf<C>, NeededOf<C>>>;

interface IndexOn<Name extends string> {
  readonly on: { readonly [K in Name]?: 1 | -1 };
  readonly unique?: true;
  /** Only documents that match are in it. */
  readonly where?: Readonly<Record<string, unknown>>;
}
export type Index = IndexOn<string>;

export interface Definition<C extends Columns = Columns> {
  readonly columns: C;
  /** The columns of the primary key, which is `_id`: alone as it is, several joined by `keyOf`. */
  readonly key: readonly string[];
  readonly indexes: readonly Index[];
}

export function define<C extends Columns>(
  key: readonly (keyof C & string)[],
  columns: C,
  ...indexes: readonly IndexOn<keyof C & string>[]
): Definition<C> {
  return { columns, key, indexes };
}

/** The column that is `_id` itself, where the key is a single one. */
export function aloneIn(definition: Pick<Definition, 'key'>): string | undefined {
  return definition.key.length === 1 ? definition.key[0] : undefined;
}

/** The `_id` of a key: a single part as it is, several joined so that no two keys are the same (`\` and `|` within a part are escaped). */
export function keyOf(parts: readonly (string | number)[]): string | number {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return parts.map((part) => String(part).replace(/[\\|]/g, '\\$&')).join('|');
}

type Plain = Readonly<Record<string, unknown>>;

/** The document of a row. Columns that the definition does not know are left out; throws a TypeError where a needed one is missing. */
export function documentOf(definition: Definition, row: object): Record<string, unknown> {
  const from = row as Plain;
  const alone = aloneIn(definition);
  const document: Record<string, unknown> = {};
  for (const [name, { start }] of Object.entries(definition.columns)) {
    const value = from[name] ?? start;
    if (value === undefined) throw new TypeError(`A row lacks the column ${name}.`);
    document[name === alone ? '_id' : name] = value instanceof Uint8Array ? Buffer.from(value) : value;
  }
  if (alone === undefined) document['_id'] = keyOf(definition.key.map((name) => from[name] as string | number));
  return document;
}

/** The row of a document: plain bytes of its own, and what is absent as null or start. */
export function rowOf<C extends Columns>(definition: Definition<C>, document: Plain): RowOf<C> {
  const alone = aloneIn(definition);
  const row: Record<string, unknown> = {};
  for (const [name, column] of Object.entries<Column<unknown>>(definition.columns)) {
    const value = document[name === alone ? '_id' : name];
    row[name] = value instanceof Uint8Array ? new Uint8Array(value) : (value ?? column.start ?? null);
  }
  return row as RowOf<C>;
}
