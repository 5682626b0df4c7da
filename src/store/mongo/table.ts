/** One collection, read and written as rows: within a transaction where it is bound to a session. */
import type { ClientSession, Model, PipelineStage } from 'mongoose';
import mongoose from 'mongoose';
import { StoreError } from '../contract.js';
import { aloneIn, documentOf, keyOf, rowOf } from './columns.js';
import type { Columns, Definition, NewRowOf, RowOf } from './columns.js';
import { isDuplicate } from './errors.js';

/** A document as it lies in the collection. Its `_id` is the row's key. */
export type Stored = Record<string, unknown>;

interface Comparison<T> {
  $in?: readonly T[];
  $nin?: readonly T[];
  $lt?: T;
  $lte?: T;
  $gt?: T;
  $gte?: T;
  $ne?: T;
}
const asked = Symbol('asked');
export type Condition<T> = Comparison<T> & { readonly [asked]: true };

/** What a filter asks of a column, other than to be a value. Only what passes through here is an operator: `sanitizeFilter` makes a value of the rest. */
export function is<T>(comparison: Comparison<T>): Condition<T> {
  return Object.assign(mongoose.trusted({ ...comparison }), { [asked]: true as const });
}

export type Filter<Row> = { [K in keyof Row]?: Row[K] | Condition<NonNullable<Row[K]>> | Condition<null> } & {
  /** The joined key, where it is made of several columns. */
  _id?: string | number | Condition<string | number>;
  $or?: Filter<Row>[];
  $nor?: Filter<Row>[];
};
export type Sort<Row> = { readonly [K in keyof Row]?: 1 | -1 };
type Numbers<Row> = { [K in keyof Row]?: Row[K] extends number | null ? number : never };
export interface Change<Row> {
  $set?: Partial<Row>;
  $inc?: Numbers<Row>;
  $max?: Numbers<Row>;
  $min?: Numbers<Row>;
}

export class Table<C extends Columns> {
  readonly #definition: Definition<C>;
  readonly #model: Model<Stored>;
  readonly #options: { readonly session?: ClientSession };

  constructor(definition: Definition<C>, model: Model<Stored>, session: ClientSession | null) {
    this.#definition = definition;
    this.#model = model;
    this.#options = session ? { session } : {};
  }

  /** By its key, the parts in the definition's order. */
  async get(...key: (string | number)[]): Promise<RowOf<C> | null> {
    const _id = keyOf(key);
    refuseOthers('_id', _id);
    return this.#row(await this.#model.findOne({ _id }, null, this.#options).lean<Stored>());
  }

  /** The first in the order given; where only one can match there need be none. */
  async one(filter: Filter<RowOf<C>>, sort: Sort<RowOf<C>> = {}): Promise<RowOf<C> | null> {
    const options = { ...this.#options, sort: this.#renamed(sort) };
    return this.#row(await this.#model.findOne(this.#where(filter), null, options).lean<Stored>());
  }

  async has(filter: Filter<RowOf<C>>): Promise<boolean> {
    return (await this.#model.exists(this.#where(filter)).setOptions(this.#options)) !== null;
  }

  async all(filter: Filter<RowOf<C>>, sort: Sort<RowOf<C>>, limit?: number): Promise<RowOf<C>[]> {
    // No limit is 0 to MongoDB; here it is none.
    if (limit === 0) return [];
    const options = { ...this.#options, sort: this.#renamed(sort), ...(limit !== undefined && { limit }) };
    const found = await this.#model.find(this.#where(filter), null, options).lean<Stored[]>();
    return found.map((document) => rowOf(this.#definition, document));
  }

  count(filter: Filter<RowOf<C>>): Promise<number> {
    return this.#model.countDocuments(this.#where(filter), this.#options).exec();
  }

  /** What stages make of the collection. Nothing a caller gave may stand in them but numbers. */
  aggregate<T>(stages: PipelineStage[]): Promise<T[]> {
    return this.#model.aggregate<T>(stages, this.#options).exec();
  }

  /** Adds rows; one that clashes with one that is there is an error. */
  async add(...rows: NewRowOf<C>[]): Promise<void> {
    if (rows.length === 0) return;
    const documents = rows.map((row) => documentOf(this.#definition, row));
    await this.#model.insertMany(documents, { ...this.#options, lean: false });
  }

  /**
   * Adds a row unless its key is there already; true when it was added. Alone, another unique column that clashes is false too; within a
   * transaction that ends all of it.
   */
  async addNew(row: NewRowOf<C>): Promise<boolean> {
    if (!this.#options.session) return this.#addAlone(row);
    const { _id, ...rest } = documentOf(this.#definition, row);
    const options = { ...this.#options, upsert: true };
    const { upsertedCount } = await this.#model.updateOne({ _id }, { $setOnInsert: rest }, options);
    return upsertedCount > 0;
  }

  /** Adds a row, or puts it in the place of the one with its key. */
  async put(row: NewRowOf<C>): Promise<void> {
    const { _id, ...rest } = documentOf(this.#definition, row);
    await this.#model.updateOne({ _id }, { $set: rest }, { ...this.#options, upsert: true });
  }

  /** Changes one row; false when none matches. */
  async change(filter: Filter<RowOf<C>>, change: Change<RowOf<C>>): Promise<boolean> {
    const { matchedCount } = await this.#model.updateOne(this.#where(filter), stored(change), this.#options);
    return matchedCount > 0;
  }

  /** Changes every row that matches; returns how many. */
  async changeAll(filter: Filter<RowOf<C>>, change: Change<RowOf<C>>): Promise<number> {
    const { matchedCount } = await this.#model.updateMany(this.#where(filter), stored(change), this.#options);
    return matchedCount;
  }

  /** Changes one row and returns it as it is then, or as it was `before`; null when none matches. */
  async changed(
    filter: Filter<RowOf<C>>,
    change: Change<RowOf<C>>,
    which: 'before' | 'after' = 'after',
    sort: Sort<RowOf<C>> = {},
  ): Promise<RowOf<C> | null> {
    const options = { ...this.#options, returnDocument: which, sort: this.#renamed(sort) };
    return this.#row(await this.#model.findOneAndUpdate(this.#where(filter), stored(change), options).lean<Stored>());
  }

  /** Removes every row that matches; returns how many. */
  async remove(filter: Filter<RowOf<C>>): Promise<number> {
    return (await this.#model.deleteMany(this.#where(filter), this.#options)).deletedCount;
  }

  /** Removes one row and returns it; null when none matches. */
  async removed(filter: Filter<RowOf<C>>): Promise<RowOf<C> | null> {
    return this.#row(await this.#model.findOneAndDelete(this.#where(filter), this.#options).lean<Stored>());
  }

  /** DocumentDB tells each of several upserts at once that it was the one; an insert tells only one. */
  async #addAlone(row: NewRowOf<C>): Promise<boolean> {
    try {
      await this.add(row);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  #row(document: Stored | null): RowOf<C> | null {
    return document && rowOf(this.#definition, document);
  }

  #where(filter: Filter<RowOf<C>>): Stored {
    const { $or, $nor, ...rest } = this.#renamed(filter);
    for (const [name, value] of Object.entries(rest)) refuseOthers(name, value);
    return {
      ...rest,
      ...($or !== undefined && { $or: ($or as Filter<RowOf<C>>[]).map((one) => this.#where(one)) }),
      ...($nor !== undefined && { $nor: ($nor as Filter<RowOf<C>>[]).map((one) => this.#where(one)) }),
    };
  }

  /** The key's column is `_id` in the collection. */
  #renamed<T>(named: Readonly<Record<string, T>>): Record<string, T> {
    const alone = aloneIn(this.#definition);
    return Object.fromEntries(Object.entries(named).map(([name, value]) => [name === alone ? '_id' : name, value]));
  }
}

/** Mongoose makes a value of every other shape, or refuses it, but takes an expression for what it is. */
function refuseOthers(name: string, value: unknown): void {
  if (value instanceof RegExp) throw new StoreError('failed', `What is asked of ${name} is no value.`);
  if (typeof value === 'object' && value !== null && asked in value) {
    for (const part of Object.values(value).flat()) refuseOthers(name, part);
  }
}

/** Bytes go as the driver's buffers. */
function stored(change: object): Stored {
  const values = (part: object) =>
    Object.fromEntries(
      Object.entries(part).map(([name, value]: [string, unknown]) => [
        name,
        value instanceof Uint8Array ? Buffer.from(value) : value,
      ]),
    );
  return Object.fromEntries(Object.entries(change).map(([name, part]: [string, object]) => [name, values(part)]));
}
