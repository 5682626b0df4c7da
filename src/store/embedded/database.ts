/** One SQLite connection: statements prepared once, plain rows, settings that make a commit durable. */
import { DatabaseSync } from '@photostructure/sqlite';

export type Value = string | number | null | Uint8Array;
export type Row = Record<string, Value>;
/** Values for `?` in order, or for `:name` by name. */
export type Values = readonly Value[] | Readonly<Row>;

type Connection = InstanceType<typeof DatabaseSync>;
type Statement = ReturnType<Connection['prepare']>;

const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA foreign_keys = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA journal_size_limit = 67108864;
`;
/** Milliseconds to wait for another process that reads (a back-up). */
const BUSY_TIMEOUT = 5_000;

export class Database {
  readonly #connection: Connection;
  readonly #statements = new Map<string, Statement>();

  /** Opens or creates the file. Throws SQLite's own errors. */
  constructor(path: string) {
    this.#connection = new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
    this.#connection.exec(SETTINGS);
  }

  /** Several statements without values. */
  exec(sql: string): void {
    this.#connection.exec(sql);
  }

  /** Returns the number of rows changed. */
  run(sql: string, values: Values = []): number {
    return this.#prepared(sql).run(...spread(values)).changes;
  }

  get(sql: string, values: Values = []): Row | undefined {
    const row = this.#prepared(sql).get(...spread(values)) as Row | undefined;
    return row && { ...row };
  }

  all(sql: string, values: Values = []): Row[] {
    const rows = this.#prepared(sql).all(...spread(values)) as Row[];
    return rows.map((row) => ({ ...row }));
  }

  /** Inserts the named columns of a row; a row that clashes with one that is there is an error. */
  insert(table: string, columns: readonly string[], row: object): void {
    this.run(insertion(table, columns), pick(row, columns));
  }

  /** The same, but leaves a row that is there as it is and returns false. */
  insertNew(table: string, columns: readonly string[], row: object): boolean {
    return this.run(`${insertion(table, columns)} ON CONFLICT DO NOTHING`, pick(row, columns)) > 0;
  }

  get inTransaction(): boolean {
    return this.#connection.isTransaction;
  }

  /**
   * Moves the log into the file first: the library cannot end prepared statements, so SQLite keeps the file open, and its log in place,
   * until they are collected.
   */
  close(): void {
    this.#statements.clear();
    if (!this.#connection.isOpen) return;
    try {
      this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // On a full disk what could not be moved stays in the log; the next start moves it.
    }
    this.#connection.close();
  }

  #prepared(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Column names for a statement, quoted because some (`by`, `key`) are SQL words. */
export function list(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}

function insertion(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${list(columns)}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`;
}

function spread(values: Values): readonly unknown[] {
  return Array.isArray(values) ? values : [values];
}

function pick(row: object, columns: readonly string[]): Row {
  const from = row as Row;
  return Object.fromEntries(columns.map((column) => [column, from[column] ?? null]));
}
