/** The closed list of why a back-up, a restore or a move was refused or given up. Each has a text `upkeep.<code>` in flows/texts. */
export const UPKEEP_CODES = [
  /** A back-up that was not finished: its end is missing. */
  'cut_short',
  /** Bytes differ from what was written. */
  'damaged',
  /** Made by a newer program. */
  'newer',
  /** Rows of an older program, for a store that only takes the newest. */
  'older_rows',
  /** There is no back-up, or no keys file, in that place. */
  'nothing_there',
  /** The place to restore into holds data. */
  'not_empty',
  /** The store is being brought in by a restore or a move that did not end. */
  'unfinished',
  /** The keys file is older than the rows, or of another installation. */
  'other_keys',
  /** The target holds data that did not come from this source. */
  'other_data',
  /** The source was moved before, to another place than this. */
  'moved_elsewhere',
  /** What was written does not read back as it was. */
  'not_as_written',
  /** Two runs in the same second, or a folder of that name. */
  'name_taken',
] as const;
export type UpkeepCode = (typeof UPKEEP_CODES)[number];

export class UpkeepError extends Error {
  constructor(
    readonly code: UpkeepCode,
    /** Names a file, a folder or a table; never anything personal. */
    readonly what: string,
  ) {
    super(`${code}: ${what}`);
    this.name = 'UpkeepError';
  }
}
