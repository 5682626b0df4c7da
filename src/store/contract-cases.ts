/** The contract of a store, second part: messages, addresses and cases. */
import type { NewItem, Message, NewNotice, Sealed, Submission } from './contract-turns.js';

export interface Messages {
  /** In order of seq, `seq > after`. */
  list(conversation: string, after: number, limit: number): Promise<Message[]>;
  get(id: string): Promise<Message | null>;
  /**
   * Claims the conversation's first unsent message when its turn has come and none is in flight: queued → sending, attempt + 1, new send
   * fence. Those held for the person are passed over. A `sending` row whose claim is older than `staleBefore` is claimed anew. Expired rows
   * become `expired` on the way, each with a notice `send_failed.<id>`: nothing is dropped without staff hearing of it.
   */
  claim(conversation: string, now: number, staleBefore: number): Promise<Message | null>;
  /**
   * Ends a claim. `again` puts it back with a time; with `held` it waits for the person (its error says `window_closed`), and the next turn
   * that sets `lastPersonAt` lets it go at once. A stale fence is ignored and gives false.
   */
  settle(
    id: string,
    sendFence: number,
    result:
      | { state: 'sent' | 'failed' | 'ambiguous'; providerKey?: string; error?: string; at: number }
      | { again: number; held?: true },
  ): Promise<boolean>;
  /** A provider's status, by keyed hash of its id; moves forward only. False when unknown. */
  status(
    providerKey: string,
    state: 'sent' | 'delivered' | 'read' | 'failed',
    at: number,
    error?: string,
  ): Promise<boolean>;
  /** Gives a message that was tried without a known outcome the provider's key; false when it has one, or was never tried. */
  identify(id: string, providerKey: string): Promise<boolean>;
  /** Conversations with something to send now. */
  sendable(now: number, staleBefore: number, limit: number): Promise<string[]>;
}

export interface Address {
  id: string;
  channel: string;
  account: string;
  sealed: Sealed;
  createdAt: number;
}
export interface Addresses {
  get(id: string): Promise<Address | null>;
  conversationOf(account: string, addressKey: string): Promise<{ address: string; conversation: string } | null>;
  /** The conversation of an address; null when there is no such address. */
  homeOf(address: string): Promise<string | null>;
  /** Removes the rows that say who: address, messages' bodies, mailbox, session. Keys are destroyed by `privacy` first. */
  erase(address: string, at: number): Promise<void>;
}

export interface NewCaseEvent {
  version: number;
  type: string;
  at: number;
  /** Staff id, or `system`. */
  by: string;
  sealed: Sealed;
}
export interface CaseRow {
  number: string;
  kind: string;
  status: string;
  version: number;
  conversation: string;
  address: string;
  assignedTo: string | null;
  openedAt: number;
  changedAt: number;
  /** Sealed under the case's key: what lists show (name, need in one line). */
  sealed: Sealed;
}
export interface CaseEvent extends NewCaseEvent {
  number: string;
}
export interface Cases {
  /** Submissions without a case yet, oldest first. */
  unhandled(limit: number): Promise<Submission[]>;
  submission(number: string): Promise<Submission | null>;
  submissionsOf(address: string): Promise<Submission[]>;
  /** Idempotent on the number: creates the case with its first events and marks the submission handled. False when it existed. */
  open(row: CaseRow, events: NewCaseEvent[], index: string[], notice: NewNotice): Promise<boolean>;
  /**
   * Appends events when the version still is `expected`; false otherwise. With `tell`, that item stands in the mailbox of the case's
   * conversation (or of `into`) in the same transaction: a change that a person is to hear of is never written without it.
   */
  append(
    number: string,
    expected: number,
    events: NewCaseEvent[],
    row: Pick<CaseRow, 'status' | 'assignedTo' | 'changedAt' | 'sealed'>,
    tell?: NewItem,
    into?: string,
  ): Promise<boolean>;
  get(number: string): Promise<CaseRow | null>;
  events(number: string): Promise<CaseEvent[]>;
  /** Newest first; `before` is an `openedAt`. So do `of` and `find` order. */
  list(query: { status?: string; limit: number; before?: number }): Promise<CaseRow[]>;
  of(address: string): Promise<CaseRow[]>;
  /** Cases that carry every one of these keyed hashes. */
  find(keys: string[], limit: number): Promise<CaseRow[]>;
  /** Removes events, row, index and submission bodies of a case. */
  erase(number: string): Promise<void>;
  counts(): Promise<Record<string, number>>;
}
