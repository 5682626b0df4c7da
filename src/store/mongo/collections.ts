/** Makes the collections and their indexes before anything is written, and refuses data of a newer program. */
import type { Connection } from 'mongoose';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../contract.js';
import type { Definition } from './columns.js';
import { databaseOf } from './connect.js';
import { makeIndexes } from './indexes.js';
import { DEFINITIONS, VERSION } from './schema.js';

/** Several processes may start at once on an empty database: what one is making, another meets half made. */
const TRIES = 20;
const BETWEEN = 100;
const EXISTS = 48;

interface Fact {
  _id: string;
  value: string;
}

/**
 * Brings the database to the program's version. Rejects with `StoreError('newer_data')` before any write where it is ahead. What is added
 * without a new version (a collection, an index), or defined in another way (an index), is made whenever the definitions changed.
 */
export async function prepare(connection: Connection): Promise<void> {
  const facts = databaseOf(connection).collection<Fact>('facts');
  const known = new Map((await facts.find().toArray()).map(({ _id, value }) => [_id, value]));
  const version = Number(known.get('version') ?? 0);
  if (version > VERSION) {
    throw new StoreError(
      'newer_data',
      `The data in MongoDB have version ${version}, this program knows ${VERSION}. Start the newer program.`,
    );
  }
  const shape = shapeOf();
  if (version === VERSION && known.get('shape') === shape) return;
  for (const [name, definition] of Object.entries<Definition>(DEFINITIONS)) {
    await untilMade(() => make(connection, name, definition));
  }
  const keep = (_id: string, value: string) => facts.updateOne({ _id }, { $set: { value } }, { upsert: true });
  await keep('shape', shape);
  await keep('version', String(VERSION));
}

/** For what several processes may be making at once: tried again until it is there. Rows that clash in an index do so every time. */
export async function untilMade(make: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await make();
      return;
    } catch (error) {
      if (tries === TRIES || error instanceof StoreError) throw error;
      await pause(BETWEEN);
    }
  }
}

async function make(connection: Connection, name: string, definition: Definition): Promise<void> {
  const database = databaseOf(connection);
  await database.createCollection(name).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== EXISTS) throw error;
  });
  await makeIndexes(connection, name, definition);
}

/** Changes with any collection, column or index. */
function shapeOf(): string {
  return createHash('sha256').update(JSON.stringify(DEFINITIONS)).digest('hex').slice(0, 16);
}
