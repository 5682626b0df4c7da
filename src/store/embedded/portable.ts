/** The embedded store taken along: its rows read beside the running process, or read and written while no process runs. */
import { DatabaseSync } from '@photostructure/sqlite';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../contract.js';
import type { Note, PortableRow, PortableSource, PortableStore, PortableTable, PortableVersions } from '../contract.js';
import { LATEST } from '../portable-versions.js';
import { startAfresh } from './afresh.js';
import { Database, list } from './database.js';
import { storeError } from './errors.js';
import { lockFolder } from './lock.js';
import { migrate, refuseNewer } from './migrate.js';
import {
  factOf,
  hasRows,
  pagesOf,
  settled,
  tableNamed,
  tablesOf,
  taken,
  versionOf,
  type Query,
} from './portable-rows.js';
import { KEY_MIGRATIONS, MIGRATIONS } from './schema.js';

/** Milliseconds to wait for the running process where it needs the file for itself. */
const PATIENCE = 5_000;

type Connection = InstanceType<typeof DatabaseSync>;

/** True when the files of a store stand in the folder. */
export function isEmbeddedStore(dir: string): boolean {
  return Object.values(pathsOf(dir)).some((path) => existsSync(path));
}

/**
 * Reads the store in `dir` while a process may be at work on it: the rows as they stood when this was called, whatever is written
 * meanwhile. Writes nothing. Throws a `StoreError`: `not_found`, `newer_data`, `corrupt` or `failed`.
 */
export function readEmbedded({ dir }: { dir: string }): PortableSource {
  return guarded(() => {
    const paths = pathsOf(dir);
    for (const path of Object.values(paths)) {
      if (!existsSync(path)) throw new StoreError('not_found', `There is no ${path}.`);
    }
    refuseNewer(paths.rows, LATEST.rows);
    refuseNewer(paths.keys, LATEST.keys);
    const connection = new DatabaseSync(paths.rows, { readOnly: true, timeout: PATIENCE });
    // The first read fixes the moment.
    connection.exec('BEGIN; SELECT 1 FROM facts');
    const rows = queryOf(connection);
    const keyFacts = briefly(paths.keys, (keys) => ({ tables: tablesOf('keys', keys), version: versionOf(keys) }));
    let keys: ReadonlyMap<string, readonly PortableRow[]> | null = null;
    const tables = [...tablesOf('rows', rows), ...keyFacts.tables];
    return {
      moment: 'read_transaction',
      versions: { rows: versionOf(rows), keys: keyFacts.version },
      tables,
      pages: (name, after) => {
        const table = tableNamed(tables, name);
        if (table.part === 'rows') return pagesOf(rows, table, after);
        return onePage(() => (keys ??= briefly(paths.keys, (query) => allOf(query, keyFacts.tables))).get(name) ?? []);
      },
      mark: (name) => settled(() => factOf(rows, name)),
      close: () => settled(() => end(connection)),
    };
  });
}

/**
 * Opens the store in `dir` for this caller alone. Without `versions` its data are brought to the program's versions; with them it is
 * given tables of those versions, for rows that were written under them. Throws a `StoreError`: `in_use`, `newer_data`, `corrupt`, `full`
 * or `failed`.
 */
export function openEmbeddedPortable({ dir, versions }: { dir: string; versions?: PortableVersions }): PortableStore {
  return guarded(() => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const unlock = lockFolder(dir);
    const opened: Database[] = [];
    const close = () => {
      for (const database of opened) database.close();
      unlock();
    };
    try {
      const wanted = versions ?? LATEST;
      const paths = pathsOf(dir);
      refuseNewer(paths.rows, wanted.rows);
      refuseNewer(paths.keys, wanted.keys);
      const main = openFile(paths.rows, MIGRATIONS.slice(0, wanted.rows), opened);
      const keyring = openFile(paths.keys, KEY_MIGRATIONS.slice(0, wanted.keys), opened);
      startAfresh(main);
      // Tables are written and cleared one at a time; what they add up to is compared afterwards.
      main.exec('PRAGMA foreign_keys = OFF');
      return assemble(main, keyring, wanted, close);
    } catch (error) {
      close();
      throw error;
    }
  });
}

function assemble(main: Database, keyring: Database, versions: PortableVersions, close: () => void): PortableStore {
  const [rows, keys] = [queryIn(main), queryIn(keyring)];
  const tables = [...tablesOf('rows', rows), ...tablesOf('keys', keys)];
  const fileOf = ({ part }: PortableTable) => (part === 'keys' ? keyring : main);
  const queryFor = (table: PortableTable) => queryIn(fileOf(table));
  return {
    moment: 'alone',
    versions,
    tables,
    pages: (name, after) => pagesOf(queryFor(tableNamed(tables, name)), tableNamed(tables, name), after),
    mark: (name) => settled(() => factOf(rows, name)),
    isEmpty: () => settled(() => !tables.some((table) => hasRows(queryFor(table), table))),
    write: (name, page) => settled(() => put(fileOf(tableNamed(tables, name)), name, page)),
    clear: (name) =>
      settled(() => void fileOf(tableNamed(tables, name)).run(`DELETE FROM ${name} WHERE ${taken(name)}`)),
    setMark: (name, value) => settled(() => setMark(main, name, value)),
    close: () => settled(close),
  };
}

function openFile(path: string, migrations: readonly string[], opened: Database[]): Database {
  const database = new Database(path);
  opened.push(database);
  migrate(database, migrations);
  return database;
}

/** One transaction, so that a page is there or not. */
function put(database: Database, table: string, page: readonly PortableRow[]): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const row of page) {
      const columns = Object.keys(row);
      const values = columns.map((column) => `:${column}`).join(', ');
      database.run(`INSERT OR REPLACE INTO ${table} (${list(columns)}) VALUES (${values})`, row);
    }
    database.exec('COMMIT');
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function setMark(database: Database, name: Note, value: string | null): void {
  if (value === null) database.run('DELETE FROM facts WHERE name = ?', [name]);
  else database.run('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)', [name, value]);
}

/** Opens the file only for the moment of the work: a reader of the keys keeps an erasure from overwriting the log. */
function briefly<T>(path: string, work: (query: Query) => T): T {
  const connection = new DatabaseSync(path, { readOnly: true, timeout: PATIENCE });
  try {
    connection.exec('BEGIN');
    return work(queryOf(connection));
  } finally {
    end(connection);
  }
}

/** The library cannot end prepared statements: without the COMMIT a closed connection would go on reading until they are collected. */
function end(connection: Connection): void {
  if (!connection.isOpen) return;
  if (connection.isTransaction) connection.exec('COMMIT');
  connection.close();
}

function allOf(query: Query, tables: readonly PortableTable[]): ReadonlyMap<string, readonly PortableRow[]> {
  return new Map(tables.map(({ name, key }) => [name, query(`SELECT * FROM ${name} ORDER BY ${list(key)}`)]));
}

async function* onePage(read: () => readonly PortableRow[]): AsyncGenerator<readonly PortableRow[]> {
  const rows = await settled(read);
  if (rows.length > 0) yield rows;
}

function queryOf(connection: Connection): Query {
  return (sql, values = []) => (connection.prepare(sql).all(...values) as PortableRow[]).map((row) => ({ ...row }));
}

function queryIn(database: Database): Query {
  return (sql, values = []) => database.all(sql, values);
}

function pathsOf(dir: string): { rows: string; keys: string } {
  return { rows: join(dir, 'sila.db'), keys: join(dir, 'keys.db') };
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeError(error);
  }
}
