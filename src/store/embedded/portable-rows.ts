/** Which tables a SQLite file has, and its rows in pages, whatever the version of its tables. */
import { StoreError } from '../contract.js';
import type { Cell, PortableRow, PortableTable } from '../contract.js';
import { list } from './database.js';
import { storeError } from './errors.js';

/** Rows of a page. */
const PAGE = 500;
/** Held by a process for itself. */
const NOT_TAKEN = ['leases'];
/** Facts that are no data: what `healthy` writes to try the disk, and marks. */
const OWN_FACTS = ['probe', 'unfinished', 'moved', 'arrived'];

/** Runs a query on one file. */
export type Query = (sql: string, values?: readonly Cell[]) => PortableRow[];

/** Tables in the order they were made, which is one in which a row follows those it refers to. */
export function tablesOf(part: PortableTable['part'], query: Query): PortableTable[] {
  const names = query(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`,
  );
  return names
    .map(({ name }) => String(name))
    .filter((name) => !NOT_TAKEN.includes(name))
    .map((name) => ({ name, part, key: keyOf(query, name) }));
}

export function versionOf(query: Query): number {
  return Number(query('PRAGMA user_version')[0]?.['user_version'] ?? 0);
}

/** The value of a fact; null when there is none. */
export function factOf(query: Query, name: string): string | null {
  const [row] = query('SELECT value FROM facts WHERE name = ?', [name]);
  return row ? String(row['value']) : null;
}

export function hasRows(query: Query, { name }: PortableTable): boolean {
  return query(`SELECT 1 FROM ${name} WHERE ${taken(name)} LIMIT 1`).length > 0;
}

/** Rejects with a `StoreError`. */
export async function* pagesOf(
  query: Query,
  { name, key }: PortableTable,
  after: readonly Cell[] | null,
): AsyncGenerator<readonly PortableRow[]> {
  const columns = list(key);
  for (let last = after; ;) {
    const page = await settled(() => query(...pageQuery(name, columns, last)));
    if (page.length > 0) yield page;
    const end = page.at(-1);
    if (!end || page.length < PAGE) return;
    last = key.map((column) => end[column] ?? null);
  }
}

/** What `work` gives or throws, as a promise that rejects with a `StoreError`. */
export function settled<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    try {
      resolve(work());
    } catch (error) {
      reject(storeError(error));
    }
  });
}

/** The table of that name; throws `StoreError('not_found')`. */
export function tableNamed(tables: readonly PortableTable[], name: string): PortableTable {
  const table = tables.find((one) => one.name === name);
  if (!table) throw new StoreError('not_found', `The program has no table "${name}".`);
  return table;
}

function pageQuery(name: string, columns: string, last: readonly Cell[] | null): [string, Cell[]] {
  const beyond = last ? `(${columns}) > (${last.map(() => '?').join(', ')})` : 'TRUE';
  const sql = `SELECT * FROM ${name} WHERE ${taken(name)} AND ${beyond} ORDER BY ${columns} LIMIT ?`;
  return [sql, [...(last ?? []), PAGE]];
}

/** Which rows of a table are data, as a condition. */
export function taken(table: string): string {
  return table === 'facts' ? `name NOT IN ('${OWN_FACTS.join("', '")}')` : 'TRUE';
}

function keyOf(query: Query, table: string): string[] {
  return query(`SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk`, [table]).map(({ name }) =>
    String(name),
  );
}
