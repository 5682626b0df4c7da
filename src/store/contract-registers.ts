/** The contract of a store, fourth part: the registers of the desk (visits, calls, letters in and out). */
import type { Sealed } from './contract-turns.js';

export type RegisterName = 'visits' | 'calls' | 'incoming' | 'outgoing';

export interface NewEntry {
  id: string;
  register: RegisterName;
  /** The register's year in the charity's calendar: 1448 or 2026. */
  year: number;
  state: string;
  /** The day of a visit or the time of a call, where one was set. */
  dueAt: number | null;
  at: number;
  /** Staff id, or `system`. */
  by: string;
  /** What it was made from, once: `case:<number>`, or words of staff as `answer:<keyed hash>`. Null: by hand. */
  origin: string | null;
  caseNumber: string | null;
  /** The conversation of the form that staff fill for it. Its address, if it has one, bears the entry's id. */
  conversation: string | null;
  /** The incoming letter that this outgoing one answers. */
  answers: string | null;
  sealed: Sealed;
}

export interface RegisterEntry extends NewEntry {
  /** Within register and year: 1, 2, 3… without a gap. */
  number: number;
  version: number;
  changedAt: number;
  /** The outgoing letter that answers this one. */
  answeredBy: string | null;
}

export type EntryChange = Partial<Pick<RegisterEntry, 'state' | 'dueAt' | 'caseNumber' | 'conversation' | 'sealed'>> & {
  changedAt: number;
  /** Takes the place of the keyed hashes by which it is found. */
  index?: string[];
};

export interface Registers {
  /**
   * Adds under the next number of its register and year, in the same transaction, so that none is left out. An id or origin that is there
   * already gives the entry that stands. With `answers`, that letter becomes `answered` by this one; one that is unknown or erased stays out.
   */
  add(entry: NewEntry, index: string[]): Promise<RegisterEntry>;
  get(id: string): Promise<RegisterEntry | null>;
  /** The entry whose form this conversation is. */
  ofConversation(conversation: string): Promise<RegisterEntry | null>;
  /** Newest first, as in `list` and `find`. */
  ofCase(caseNumber: string): Promise<RegisterEntry[]>;
  /** `before` is an entry's id: the page below it. */
  list(query: {
    register: RegisterName;
    states?: readonly string[];
    /** The very one. */
    numbered?: { year: number; number: number };
    limit: number;
    before?: string;
  }): Promise<RegisterEntry[]>;
  /** Entries that carry every one of these keyed hashes. */
  find(keys: string[], limit: number): Promise<RegisterEntry[]>;
  /** Changes it and counts the version on when that still is `expected`; false otherwise, and when it was erased. */
  change(id: string, expected: number, change: EntryChange): Promise<boolean>;
  /** Leaves number and times, so that the register has no gap; what it says and whom it is about goes. */
  erase(id: string, at: number): Promise<void>;
  /** Entries by register and state, erased ones too. */
  counts(): Promise<{ register: RegisterName; state: string; count: number }[]>;
}
