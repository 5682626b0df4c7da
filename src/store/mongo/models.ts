/** Mongoose's schemas and models, made from the definitions: strict in what is written and in what is asked. */
import type { Connection, Model, Mongoose } from 'mongoose';
import { Schema } from 'mongoose';
import { aloneIn } from './columns.js';
import type { Column, Definition } from './columns.js';
import { DEFINITIONS } from './schema.js';
import type { Definitions, TableName } from './schema.js';
import type { Stored } from './table.js';

export type Models = Readonly<Record<TableName, Model<Stored>>>;

const TYPES = { text: String, number: Number, bytes: Buffer } as const;

export function modelsOf(connection: Connection): Models {
  const named = Object.entries<Definition>(DEFINITIONS).map(([name, definition]) => [
    name,
    connection.model<Stored>(name, schemaOf(definition), name),
  ]);
  return Object.fromEntries(named) as Models;
}

/** Names of the collections, in the schema's order. */
export const TABLES = Object.keys(DEFINITIONS) as (keyof Definitions)[];

/** What is empty is still there: an erased row has bytes of no length, and a text may have no letters. */
export function allowEmpty(mongoose: Mongoose): void {
  mongoose.Schema.Types.Buffer.checkRequired((value) => value !== null && value !== undefined);
  mongoose.Schema.Types.String.checkRequired((value) => typeof value === 'string');
}

function schemaOf(definition: Definition): Schema<Stored> {
  const alone = aloneIn(definition);
  const fields: Record<string, object> = alone === undefined ? { _id: { type: String, required: true } } : {};
  for (const [name, column] of Object.entries(definition.columns))
    fields[name === alone ? '_id' : name] = field(column);
  return new Schema<Stored>(fields, {
    ...{ strict: 'throw', strictQuery: 'throw', autoCreate: false, autoIndex: false },
    ...{ versionKey: false, id: false, minimize: false },
  });
}

function field({ kind, empty, among }: Column<unknown>): object {
  return {
    type: TYPES[kind],
    ...(empty ? { default: null } : { required: true }),
    ...(among && { enum: empty ? [...among, null] : among }),
  };
}
