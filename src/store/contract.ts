/**
 * What the shell asks of a store. Two implementations fit it: embedded (SQLite) and mongo. Rows are envelopes: clear columns for
 * counting and finding, and `sealed` bytes that only `privacy` can open. Times are UTC milliseconds, ids are UUIDv7 strings,
 * `…Key` columns are keyed hashes (hex) made by `privacy`, never the thing itself.
 */
import type { Articles } from './contract-articles.js';
import type { Addresses, Cases, Messages } from './contract-cases.js';
import type { Contacts, Uploads } from './contract-contacts.js';
import type {
  Counters,
  Files,
  FlowSets,
  Keys,
  Leases,
  Notices,
  Ratings,
  Retentions,
  StaffStore,
} from './contract-rest.js';
import type { Questions } from './contract-questions.js';
import type { Registers } from './contract-registers.js';
import type { Turns } from './contract-turns.js';
import type { Unclaimed } from './contract-unclaimed.js';

export type * from './contract-blobs.js';
export type * from './contract-articles.js';
export type * from './contract-cases.js';
export type * from './contract-contacts.js';
export type * from './contract-portable.js';
export type * from './contract-questions.js';
export type * from './contract-registers.js';
export type * from './contract-rest.js';
export type * from './contract-turns.js';
export type * from './contract-unclaimed.js';

export interface Store {
  turns: Turns;
  messages: Messages;
  addresses: Addresses;
  cases: Cases;
  registers: Registers;
  contacts: Contacts;
  files: Files;
  retentions: Retentions;
  keys: Keys;
  staff: StaffStore;
  ratings: Ratings;
  notices: Notices;
  flowSets: FlowSets;
  counters: Counters;
  leases: Leases;
  uploads: Uploads;
  unclaimed: Unclaimed;
  questions: Questions;
  articles: Articles;
  /** Drops dedupe keys, spent counters and sessions older than their time. */
  tidy(now: number): Promise<void>;
  /**
   * Numbers for /metrics and the console, no key needed. `mailbox_oldest_at` and `outbox_oldest_at` are times: of the oldest item that
   * waits for its turn, and of the oldest message that is to be sent and does not wait for the person; 0 when there is none.
   */
  stats(): Promise<Record<string, number>>;
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}

/** `unfinished` and `moved`: the store carries that mark (see contract-portable), so nobody may work with it. */
export type StoreErrorCode =
  'not_found' | 'full' | 'newer_data' | 'in_use' | 'unfinished' | 'moved' | 'corrupt' | 'closed' | 'failed';

/** A store's failures: `full` asks callers to answer 503; the rest say what the operator must know. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'StoreError';
  }
}
