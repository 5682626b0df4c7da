/** The connection to MongoDB: what is acknowledged is on the disks of a majority, and only operators of ours are operators. */
import type { Connection, MongooseOptions } from 'mongoose';
import mongoose from 'mongoose';
import { StoreError } from '../contract.js';
import { storeError } from './errors.js';
import { lookAfter } from './look-after.js';
import { allowEmpty } from './models.js';

export interface Where {
  /** `mongodb://` or `mongodb+srv://`, with the name of the database; `sila` where it names none. */
  url: string;
  /** Also a server that does not say that it is a member of a replica set. It must know transactions all the same. */
  allowStandalone?: boolean;
}

const STRICT: MongooseOptions = {
  ...{ bufferCommands: false, autoIndex: false, autoCreate: false },
  ...{ strict: 'throw', strictQuery: 'throw', sanitizeFilter: true, runValidators: true },
};

/** Milliseconds, unless the address says other ones. While the store is away callers must learn it soon: they spool meanwhile. */
const PATIENCE = { serverSelectionTimeoutMS: 3_000, connectTimeoutMS: 3_000, socketTimeoutMS: 20_000 };

/** On the journals of a majority within ten seconds. */
export const DURABLE = new mongoose.mongo.WriteConcern('majority', 10_000, true);

/** Rejects with a `StoreError`: `failed` when no server answers, or when it is none that keeps what it acknowledges. */
export async function connect({ url, allowStandalone = false }: Where): Promise<Connection> {
  const instance = new mongoose.Mongoose(STRICT);
  allowEmpty(instance);
  const connection = instance.createConnection(url, {
    ...patienceBeside(url),
    ...{ appName: 'sila', maxPoolSize: 50, promoteBuffers: true, retryWrites: true, retryReads: true },
    ...{ readPreference: 'primary', readConcern: { level: 'majority' }, writeConcern: DURABLE },
    ...(namesDatabase(url) ? {} : { dbName: 'sila' }),
  });
  try {
    await connection.asPromise();
    await refuseUnfit(connection, allowStandalone);
    lookAfter(connection);
    return connection;
  } catch (error) {
    await connection.close();
    throw storeError(error);
  }
}

/** The database of a connection that stands. */
export function databaseOf(connection: Connection): NonNullable<Connection['db']> {
  if (!connection.db) throw new StoreError('closed', 'There is no connection to MongoDB.');
  return connection.db;
}

const CURES = {
  old: 'This MongoDB server is older than 6.0. Bring it up to date.',
  alone:
    'This MongoDB server stands alone: it knows no transactions and may lose what it acknowledged. Start it as a replica set, of one member at least.',
} as const;

/** Of MongoDB 6.0, the first whose partial indexes know `$in`. */
const OLDEST_WIRE = 17;

/**
 * Why a server is not to be trusted with the store, from its answer to `hello`. A standalone server knows no transactions, and lost
 * acknowledged writes when it was killed (SERVER-139311).
 */
export function faultOf(hello: Readonly<Record<string, unknown>>): keyof typeof CURES | null {
  if (Number(hello['maxWireVersion']) < OLDEST_WIRE) return 'old';
  return typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid' ? null : 'alone';
}

async function refuseUnfit(connection: Connection, standalone: boolean): Promise<void> {
  const fault = faultOf(await databaseOf(connection).admin().command({ hello: 1 }));
  if (fault === 'alone' && standalone && (await knowsTransactions(connection))) return;
  if (fault) throw new StoreError('failed', CURES[fault]);
}

async function knowsTransactions(connection: Connection): Promise<boolean> {
  const session = await connection.startSession();
  try {
    session.startTransaction();
    await databaseOf(connection).collection('facts').findOne({}, { session });
    await session.commitTransaction();
    return true;
  } catch {
    return false;
  } finally {
    await session.endSession();
  }
}

function patienceBeside(url: string): Partial<typeof PATIENCE> {
  const said = url.toLowerCase();
  return Object.fromEntries(Object.entries(PATIENCE).filter(([option]) => !said.includes(`${option.toLowerCase()}=`)));
}

function namesDatabase(url: string): boolean {
  return /^mongodb(\+srv)?:\/\/[^/]+\/[^/?]+/.test(url);
}
