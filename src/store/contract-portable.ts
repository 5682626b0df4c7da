/** The contract of a store for taking it along: every row as it is stored, sealed bytes and all. For back-ups, moving and looking after. */

/** What a row holds: texts, whole numbers, nothing, or bytes. */
export type Cell = string | number | null | Uint8Array;
/** A row by column. Both stores call columns alike, so that a row of one is a row of the other. */
export type PortableRow = Readonly<Record<string, Cell>>;

export interface PortableTable {
  readonly name: string;
  /** `keys`: wrapped data keys and the list of erasures, which are kept apart from the rows and for a shorter time. */
  readonly part: 'rows' | 'keys';
  /** Columns that tell its rows apart, and that they come in the order of. */
  readonly key: readonly string[];
}

/** Versions of the two parts' tables; a store whose versions are higher than the program's is never written. */
export interface PortableVersions {
  readonly rows: number;
  readonly keys: number;
}

/** Why a store must not be worked with. `unfinished`: rows are still being brought in. `moved`: its data live elsewhere now. */
export type Mark = 'unfinished' | 'moved';
/** `arrived`: its data came from another store, by a move that ended. The value of a note says which run it was; nothing personal. */
export type Note = Mark | 'arrived';

/** What keeps rows at one moment while they are read. `alone`: nobody else writes. */
export type Moment = 'read_transaction' | 'snapshot_session' | 'transaction' | 'alone';

export interface PortableSource {
  readonly moment: Moment;
  readonly versions: PortableVersions;
  /** Those that are taken along, each after the tables that its rows refer to. What a process holds for itself (leases) stays. */
  readonly tables: readonly PortableTable[];
  /**
   * The rows after a key (null: from the first), in pages. All tables of part `rows` show one moment, that of opening; those of part `keys`
   * one moment not before the first of them is asked for.
   */
  pages(table: string, after: readonly Cell[] | null): AsyncIterable<readonly PortableRow[]>;
  mark(name: Note): Promise<string | null>;
  close(): Promise<void>;
}

export interface PortableStore extends PortableSource {
  /** No row in any table. */
  isEmpty(): Promise<boolean>;
  /** Durable when it resolves. A row whose key is there takes the place of that one: writing again changes nothing. */
  write(table: string, rows: readonly PortableRow[]): Promise<void>;
  /** Removes every row of a table. */
  clear(table: string): Promise<void>;
  /** Null: takes the note away. */
  setMark(name: Note, value: string | null): Promise<void>;
}
