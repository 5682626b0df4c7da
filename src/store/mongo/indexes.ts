/** Makes the indexes of a collection, and makes those anew that an older program defined in another way. */
import type { Collection, Connection } from 'mongoose';
import mongoose from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../contract.js';
import { aloneIn } from './columns.js';
import type { Definition, Index } from './columns.js';
import { databaseOf } from './connect.js';
import { isDuplicate } from './errors.js';

/** https://www.mongodb.com/docs/manual/reference/error-codes/: IndexOptionsConflict, IndexKeySpecsConflict, IndexNotFound. */
const CLASHES: ReadonlySet<unknown> = new Set([85, 86]);
const NOT_FOUND = 27;

/** Milliseconds by the server's clock. Whoever takes over from one that only was slow finds its index made, or being made. */
const HELD = 60_000;
const BETWEEN = 100;

export interface IndexSpecification {
  key: Record<string, 1 | -1>;
  name: string;
  unique?: true;
  partialFilterExpression?: Record<string, unknown>;
}

type Indexed = Pick<Collection, 'createIndexes' | 'dropIndex' | 'listIndexes'>;

/**
 * Brings a collection's indexes to their definition. Those of an older program that bear the same name or the same columns in another way
 * are made anew, and unique ones that are no longer defined are dropped, for they would refuse what may be written now; by one process at
 * a time. Others (an operator's own) stay. Rejects with
 * `StoreError('failed')`, and leaves the former index, where rows clash in a new one.
 */
export async function makeIndexes(connection: Connection, name: string, definition: Definition): Promise<void> {
  const collection = databaseOf(connection).collection(name);
  const wanted = definition.indexes.map((index) => specified(definition, index));
  if (await fits(collection, wanted)) return;
  await oneAtATime(connection, async () => {
    for (const index of wanted) await makeAnew(collection, index).catch((error: unknown) => refuse(error, name, index));
    for (const { name: former } of await surplus(collection, wanted)) await drop(collection, former);
  });
}

/** A definition as MongoDB is told of it; the name follows from columns and kind, so that two programs call the same index the same. */
export function specified(definition: Definition, { on, unique, where }: Index): IndexSpecification {
  const alone = aloneIn(definition);
  const key = Object.fromEntries(
    Object.entries(on).map(([column, direction]) => [column === alone ? '_id' : column, direction ?? 1]),
  );
  return {
    key,
    name: Object.keys(key).join('_') + (where ? '_some' : ''),
    ...(unique && { unique }),
    ...(where && { partialFilterExpression: { ...where } }),
  };
}

/** Makes what is missing. False where something stands in the way. */
async function fits(collection: Indexed, wanted: IndexSpecification[]): Promise<boolean> {
  try {
    if (wanted.length > 0) await collection.createIndexes(wanted);
  } catch (error) {
    if (CLASHES.has(codeOf(error))) return false;
    throw error;
  }
  return (await surplus(collection, wanted)).length === 0;
}

/** The server alone decides whether two definitions are the same. */
async function makeAnew(collection: Indexed, index: IndexSpecification): Promise<void> {
  try {
    await collection.createIndexes([index]);
    return;
  } catch (error) {
    if (!CLASHES.has(codeOf(error))) throw error;
  }
  const former = (await standing(collection)).filter((one) => one.name === index.name || sameKey(one, index));
  for (const one of former) await drop(collection, one.name);
  try {
    await collection.createIndexes([index]);
  } catch (error) {
    // Programs beside this one go on with what they know.
    for (const one of former) await collection.createIndexes([one]);
    throw error;
  }
}

async function surplus(collection: Indexed, wanted: readonly IndexSpecification[]): Promise<IndexSpecification[]> {
  const names = new Set(wanted.map(({ name }) => name));
  return (await standing(collection)).filter(({ name, unique }) => unique && !names.has(name));
}

/** All but the primary key's, as they would be made again. */
async function standing(collection: Indexed): Promise<IndexSpecification[]> {
  const all = (await collection.listIndexes().toArray()) as IndexSpecification[];
  return all
    .filter(({ name }) => name !== '_id_')
    .map(({ key, name, unique, partialFilterExpression }) => ({
      ...{ key, name },
      ...(unique && { unique }),
      ...(partialFilterExpression && { partialFilterExpression }),
    }));
}

/** The server's own words quote the rows. */
function refuse(error: unknown, collection: string, { name }: IndexSpecification): never {
  if (!isDuplicate(error)) throw error;
  throw new StoreError(
    'failed',
    `Rows of ${collection} are alike where the index ${name} lets each stand once. Start the former program, remove all but one of them, then start this one.`,
  );
}

/** The order of columns matters. */
function sameKey(one: IndexSpecification, other: IndexSpecification): boolean {
  return JSON.stringify(one.key) === JSON.stringify(other.key);
}

async function drop(collection: Indexed, name: string): Promise<void> {
  await collection.dropIndex(name).catch((error: unknown) => {
    if (codeOf(error) !== NOT_FOUND) throw error;
  });
}

interface Hold {
  _id: string;
  holder: mongoose.mongo.ObjectId;
  until: Date;
}

/** Several processes that start together would drop what another one has just made. */
async function oneAtATime(connection: Connection, work: () => Promise<void>): Promise<void> {
  const facts = databaseOf(connection).collection<Hold>('facts');
  const holder = new mongoose.mongo.ObjectId();
  while (!(await hold(connection, holder))) await pause(BETWEEN);
  try {
    await work();
  } finally {
    await facts.deleteOne({ _id: 'indexing', holder });
  }
}

async function hold(connection: Connection, holder: mongoose.mongo.ObjectId): Promise<boolean> {
  const facts = databaseOf(connection).collection<Hold>('facts');
  const { localTime } = (await databaseOf(connection).admin().command({ hello: 1 })) as { localTime: Date };
  const until = new Date(localTime.getTime() + HELD);
  try {
    await facts.insertOne({ _id: 'indexing', holder, until });
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const taken = await facts.updateOne({ _id: 'indexing', until: { $lt: localTime } }, { $set: { holder, until } });
  return taken.modifiedCount === 1;
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}
