/** What providers told that belongs to no conversation, or to none yet. */
import type { Sealed } from './contract-turns.js';

export interface UnclaimedRow {
  id: string;
  /** `status`: of a message that nobody knows yet. `unreadable`: nobody knows what it says. */
  kind: 'status' | 'unreadable';
  /** Under which it may be asked for; no secret and nothing personal. */
  key: string;
  at: number;
  /** It is of no use from then on. */
  until: number;
  sealed: Sealed;
}

export interface Unclaimed {
  /** Of a kind at most so many: the oldest go. Gives back how many went. */
  keep(row: UnclaimedRow, most: number): Promise<number>;
  /** Takes out all under a key, oldest first. */
  take(kind: UnclaimedRow['kind'], key: string): Promise<UnclaimedRow[]>;
  /** Newest first. */
  list(kind: UnclaimedRow['kind'], limit: number): Promise<UnclaimedRow[]>;
  /** Drops what is over by now; gives back how many. */
  drop(kind: UnclaimedRow['kind'], now: number): Promise<number>;
}
