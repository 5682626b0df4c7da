/** The store in MongoDB taken along: its rows read beside running processes, or written into a database that nobody works with yet. */
import type { Connection } from 'mongoose';
import { StoreError } from '../contract.js';
import type { Cell, PortableRow, PortableSource, PortableStore, PortableTable } from '../contract.js';
import { LATEST } from '../portable-versions.js';
import { prepare } from './collections.js';
import { documentOf, keyOf, rowOf } from './columns.js';
import type { Definition } from './columns.js';
import { connect, databaseOf, type Where } from './connect.js';
import { storeError } from './errors.js';
import { factOf } from './marks.js';
import { openPicture, type Picture } from './picture.js';
import { DEFINITIONS, KEYRING, VERSION } from './schema.js';

/** Documents of a page. */
const PAGE = 500;
/** Held by processes for themselves, or counted on while rows are written. */
export const NOT_TAKEN: ReadonlySet<string> = new Set(['leases', 'sequences']);
/** Facts that are no data: the collections' own version, and marks. */
const OWN_FACTS = ['version', 'shape', 'unfinished', 'moved', 'arrived'];
/** Columns that only this store has. They get their start where a row comes from elsewhere. */
export const OWN_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  conversations: ['lastArrival', 'touched'],
  turns: ['seq'],
  messages: ['passed'],
};

interface Document {
  _id: string | number;
}

const TABLES: readonly PortableTable[] = Object.entries<Definition>(DEFINITIONS)
  .filter(([name]) => !NOT_TAKEN.has(name))
  .map(([name, { key }]) => ({ name, part: name in KEYRING ? 'keys' : 'rows', key }));

/**
 * Reads the store while processes may be at work on it; see `openPicture` for what keeps its rows at one moment. Writes nothing. Rejects with
 * a `StoreError`: `newer_data` or `failed`.
 */
export async function readMongo(where: Where): Promise<PortableSource> {
  const connection = await connect(where);
  try {
    await refuseNewer(connection);
    const rows = await openPicture(connection);
    let keys: Promise<Picture> | null = null;
    const pictureOf = ({ part }: PortableTable) =>
      part === 'rows' ? Promise.resolve(rows) : (keys ??= openPicture(connection));
    const close = async () => {
      await rows.end();
      await (await keys)?.end();
      await connection.close();
    };
    return { ...source(connection, pictureOf), moment: rows.moment, close: () => guarded(close) };
  } catch (error) {
    await connection.close();
    throw storeError(error);
  }
}

/** Opens (or makes) the store for rows that come from elsewhere. Rejects with a `StoreError`: `newer_data`, `full` or `failed`. */
export async function openMongoPortable(where: Where): Promise<PortableStore> {
  const connection = await connect(where);
  try {
    await prepare(connection);
    const facts = databaseOf(connection).collection<Document>('facts');
    return {
      moment: 'alone',
      ...source(connection, () => Promise.resolve({})),
      isEmpty: () => guarded(() => isEmpty(connection)),
      write: (name, rows) => guarded(() => write(connection, tableNamed(name), rows)),
      clear: (name) =>
        guarded(async () => {
          await databaseOf(connection).collection<Document>(tableNamed(name).name).deleteMany(dataOf(name));
        }),
      setMark: (name, value) =>
        guarded(async () => {
          if (value === null) await facts.deleteOne({ _id: name });
          else await facts.updateOne({ _id: name }, { $set: { value } }, { upsert: true });
        }),
      close: () => guarded(() => connection.close()),
    };
  } catch (error) {
    await connection.close();
    throw storeError(error);
  }
}

/** The server's clock, in UTC milliseconds. Rejects with a `StoreError`. */
export async function serverTime(where: Where): Promise<number | null> {
  const connection = await connect(where);
  try {
    const hello = await guarded(() => databaseOf(connection).admin().command({ hello: 1 }));
    return hello['localTime'] instanceof Date ? hello['localTime'].getTime() : null;
  } finally {
    await connection.close();
  }
}

/** Reads only, so that the newer program finds everything as it left it. */
async function refuseNewer(connection: Connection): Promise<void> {
  const version = Number((await factOf(connection, 'version')) ?? 0);
  if (version === 0) throw new StoreError('not_found', 'The database holds no store.');
  if (version <= VERSION) return;
  throw new StoreError(
    'newer_data',
    `The data in MongoDB have version ${version}, this program knows ${VERSION}. Start the newer program.`,
  );
}

function source(
  connection: Connection,
  pictureOf: (table: PortableTable) => Promise<Pick<Picture, 'session'>>,
): Omit<PortableSource, 'close' | 'moment'> {
  return {
    versions: LATEST,
    tables: TABLES,
    pages: (name, after) => pages(connection, tableNamed(name), after, pictureOf),
    mark: (name) => guarded(() => factOf(connection, name)),
  };
}

async function* pages(
  connection: Connection,
  table: PortableTable,
  after: readonly Cell[] | null,
  pictureOf: (table: PortableTable) => Promise<Pick<Picture, 'session'>>,
): AsyncGenerator<readonly PortableRow[]> {
  const definition = definitionOf(table);
  const own = OWN_COLUMNS[table.name] ?? [];
  const { session } = await pictureOf(table);
  const collection = databaseOf(connection).collection<Document>(table.name);
  for (let last = after && keyOf(after as (string | number)[]); ;) {
    const filter = { _id: { ...dataOf(table.name)._id, ...(last !== null && { $gt: last }) } };
    const options = { sort: { _id: 1 }, limit: PAGE, ...(session && { session }) } as const;
    const found = await guarded(() => collection.find(filter, options).toArray());
    if (found.length > 0)
      yield found.map((document) => without(own, rowOf(definition, { ...document })) as PortableRow);
    const end = found.at(-1);
    if (!end || found.length < PAGE) return;
    last = end._id;
  }
}

async function isEmpty(connection: Connection): Promise<boolean> {
  for (const { name } of TABLES) {
    if (await databaseOf(connection).collection<Document>(name).findOne(dataOf(name))) return false;
  }
  return true;
}

/** What only this store counts (the order of the whole store, the newest item of a conversation) follows the rows. */
async function write(connection: Connection, table: PortableTable, rows: readonly PortableRow[]): Promise<void> {
  if (rows.length === 0) return;
  const database = databaseOf(connection);
  const definition = definitionOf(table);
  const own = OWN_COLUMNS[table.name] ?? [];
  const changes = rows.map((row) => {
    const { _id, ...columns } = documentOf(definition, row) as Document & Record<string, unknown>;
    const starts = Object.fromEntries(own.map((column) => [column, columns[column]]));
    const update = { $set: without(own, columns), ...(own.length > 0 && { $setOnInsert: starts }) };
    return { updateOne: { filter: { _id }, update, upsert: true } };
  });
  await database.collection<Document>(table.name).bulkWrite(changes, { ordered: false });
  const order = Math.max(...rows.map((row) => Number(row['n'] ?? row['arrival'] ?? 0)));
  if (order > 0)
    await database
      .collection<Document>('sequences')
      .updateOne({ _id: 'order' }, { $max: { last: order } }, { upsert: true });
  if (table.name === 'mailbox') await noteArrivals(connection, rows);
}

async function noteArrivals(connection: Connection, items: readonly PortableRow[]): Promise<void> {
  const changes = items.map((item) => ({
    updateOne: {
      filter: { _id: String(item['conversation']) },
      update: { $max: { lastArrival: Number(item['arrival']) } },
    },
  }));
  await databaseOf(connection).collection<Document>('conversations').bulkWrite(changes, { ordered: false });
}

function without<T>(own: readonly string[], row: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !own.includes(column)));
}

/** Which documents of a collection are data. */
function dataOf(name: string): { _id: { $nin: string[] } } {
  return { _id: { $nin: name === 'facts' ? OWN_FACTS : [] } };
}

function definitionOf({ name }: PortableTable): Definition {
  return DEFINITIONS[name as keyof typeof DEFINITIONS];
}

function tableNamed(name: string): PortableTable {
  const table = TABLES.find((one) => one.name === name);
  if (!table) throw new StoreError('not_found', `The program has no table "${name}".`);
  return table;
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeError(error);
  }
}
