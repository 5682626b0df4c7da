/**
 * What the shell asks of a store. Two implementations fit it: embedded (SQLite) and mongo. Rows are envelopes: clear columns for
 * counting and finding, and `sealed` bytes that only `privacy` can open. Times are UTC milliseconds, ids are UUIDv7 strings,
 * `…Key` columns are keyed hashes (hex) made by `privacy`, never the thing itself.
 */

export type Sealed = Uint8Array;

// ── Conversations, mailbox, turns ──────────────────────────────────────────────────────────────────────────────────

export type ItemKind = 'message' | 'staff' | 'timer' | 'case' | 'system';

export interface NewItem {
  id: string;
  kind: ItemKind;
  /** Unique within the account for at least eight days: keyed hash of account + provider's message id, or an id of ours. */
  dedupeKey: string;
  sealed: Sealed;
  at: number;
}

export interface AddressHint {
  /** Used when the address is new. */
  addressId: string;
  conversationId: string;
  channel: string;
  account: string;
  /** Keyed hash of account + the provider's user id. */
  addressKey: string;
  /** Sealed with the intake key: provider's user id, profile name, channel facts needed to send. */
  sealed: Sealed;
}

export type Accepted = { conversation: string; address: string; item: string; duplicate: boolean };

export interface Item extends NewItem {
  conversation: string;
  /** Arrival order over the whole store. */
  arrival: number;
}

/** The clear columns of a conversation; `session` is sealed. */
export interface Conversation {
  id: string;
  address: string;
  channel: string;
  account: string;
  fence: number;
  /** Number of the last message row. */
  seq: number;
  session: Sealed | null;
  language: string | null;
  flowSet: string | null;
  flow: string | null;
  step: string | null;
  /** none, waiting (for staff), taken. */
  hold: 'none' | 'waiting' | 'taken';
  heldBy: string | null;
  dueAt: number | null;
  dueKind: string | null;
  createdAt: number;
  lastPersonAt: number | null;
  lastMessageAt: number | null;
  /** Messages of the person that no staff member has opened. */
  unread: number;
}

export type ConversationPatch = Partial<
  Pick<
    Conversation,
    'session' | 'language' | 'flowSet' | 'flow' | 'step' | 'hold' | 'heldBy' | 'dueAt' | 'dueKind' | 'lastPersonAt'
  >
> & { addUnread?: number };

export type MessageState =
  | 'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'expired' | 'ambiguous';

export interface NewMessage {
  id: string;
  direction: 'in' | 'out';
  author: 'person' | 'bot' | 'staff' | 'system';
  /** `confidential` shows staff a marker only. */
  class: 'public' | 'personal' | 'sensitive' | 'confidential';
  state: MessageState;
  run: string | null;
  providerKey: string | null;
  at: number;
  /** Outgoing only: not sent after this. */
  expiresAt: number | null;
  sealed: Sealed;
}

export interface Message extends NewMessage {
  conversation: string;
  seq: number;
  attempts: number;
  nextAttemptAt: number | null;
  sendFence: number;
  deliveredAt: number | null;
  readAt: number | null;
  /** Code of the closed list of send errors, when failed. */
  error: string | null;
}

export interface NewSubmission {
  number: string;
  /** Unique: the same run never files twice. */
  run: string;
  kind: string;
  at: number;
  sealed: Sealed;
}
export interface Submission extends NewSubmission {
  conversation: string;
  address: string;
  /** Set once its case exists. */
  handledAt: number | null;
}

export interface NewRating {
  id: string;
  service: string;
  channel: string;
  /** `YYYY-MM`. */
  month: string;
  score: number;
  /** Sealed with the installation key: the words, without any id. */
  comment: Sealed | null;
}

/** Something staff should see; carries ids only. */
export interface NewNotice {
  /** Its own dedupe id. */
  id: string;
  kind: 'handoff' | 'handoff_late' | 'danger' | 'new_case' | 'quarantined' | 'unanswered' | 'send_failed' | 'repeating';
  conversation: string | null;
  caseNumber: string | null;
  at: number;
}
export interface Notice extends NewNotice {
  seenAt: number | null;
}

export interface TurnCommit {
  /** Unique: a turn whose result was unknown is found again under this id. */
  turn: string;
  conversation: string;
  fence: number;
  /** The mailbox item that this turn consumes. */
  item: string;
  at: number;
  patch: ConversationPatch;
  messages: NewMessage[];
  submissions: NewSubmission[];
  ratings: NewRating[];
  notices: NewNotice[];
  /** Sealed record for replay: input, now, set hash, answers to needs. */
  record: Sealed;
}

/** `stale`: another worker took the conversation. `duplicate`: already done. `number_taken`: draw another and step again. */
export type CommitResult = { result: 'committed'; seq: number } | { result: 'stale' | 'duplicate' | 'number_taken' };

export interface Taken {
  conversation: Conversation;
  fence: number;
}

export interface Turns {
  /** Durable when it resolves. Creates address and conversation when new. */
  accept(hint: AddressHint, item: NewItem): Promise<Accepted>;
  /** The same for items that come from within. Unknown conversation → rejects with `StoreError('not_found')`. */
  put(conversation: string, item: NewItem): Promise<Accepted>;
  /** Takes the conversation under a new fence unless another owner's hold (until `until`) still stands; null when taken or unknown. */
  take(conversation: string, owner: string, now: number, until: number): Promise<Taken | null>;
  /** Oldest waiting items first. */
  items(conversation: string, limit: number): Promise<Item[]>;
  commit(turn: TurnCommit): Promise<CommitResult>;
  /** Gives the conversation back; ignored when the fence is stale. */
  release(conversation: string, fence: number): Promise<void>;
  /** Puts an item aside with a reason and a notice; its neighbours go on. */
  quarantine(item: string, fence: number, reason: string, notice: NewNotice): Promise<void>;
  /** Counts a failed try at an item; returns how many there were. Survives a crash of the process that tries. */
  failed(item: string): Promise<number>;
  quarantined(limit: number): Promise<(Item & { reason: string })[]>;
  /** Puts a quarantined item back at its place. */
  retry(item: string): Promise<void>;
  conversation(id: string): Promise<Conversation | null>;
  /** Live list: newest message first; `before` is a `lastMessageAt`. */
  conversations(query: { hold?: Conversation['hold']; limit: number; before?: number }): Promise<Conversation[]>;
  /** Conversations with waiting items that no live owner holds: the bells that should have rung. */
  waiting(now: number, limit: number): Promise<string[]>;
  /** Turns due timers into mailbox items (id and dedupe key derived from conversation + due time, by `make`); returns conversations to ring. */
  takeDue(now: number, limit: number, make: (c: Conversation) => NewItem): Promise<string[]>;
  opened(conversation: string): Promise<void>;
}

// ── Messages ───────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Messages {
  /** In order of seq, `seq > after`. */
  list(conversation: string, after: number, limit: number): Promise<Message[]>;
  get(id: string): Promise<Message | null>;
  /**
   * Claims the conversation's first unsent message when its turn has come and none is in flight: queued → sending, attempt + 1, new send
   * fence. A `sending` row whose claim is older than `staleBefore` is claimed anew. Expired rows become `expired` on the way.
   */
  claim(conversation: string, now: number, staleBefore: number): Promise<Message | null>;
  /** Ends a claim. `again` puts it back with a time; a stale fence is ignored and gives false. */
  settle(
    id: string,
    sendFence: number,
    result: { state: 'sent' | 'failed' | 'ambiguous'; providerKey?: string; error?: string; at: number } | { again: number },
  ): Promise<boolean>;
  /** A provider's status, by keyed hash of its id; moves forward only. False when unknown. */
  status(providerKey: string, state: 'sent' | 'delivered' | 'read' | 'failed', at: number, error?: string): Promise<boolean>;
  /** Conversations with something to send now. */
  sendable(now: number, staleBefore: number, limit: number): Promise<string[]>;
}

// ── Addresses ──────────────────────────────────────────────────────────────────────────────────────────────────────

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
  /** Removes the rows that say who: address, messages' bodies, mailbox, session. Keys are destroyed by `privacy` first. */
  erase(address: string, at: number): Promise<void>;
}

// ── Cases ──────────────────────────────────────────────────────────────────────────────────────────────────────────

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
  /** Appends events when the version still is `expected`; false otherwise. */
  append(
    number: string,
    expected: number,
    events: NewCaseEvent[],
    row: Pick<CaseRow, 'status' | 'assignedTo' | 'changedAt' | 'sealed'>,
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

// ── Everything else ────────────────────────────────────────────────────────────────────────────────────────────────

export interface FileRow {
  id: string;
  /** Address that sent it (or `staff`). */
  owner: string;
  bytes: number;
  mime: string;
  /** Keyed digest of the content. */
  digestKey: string;
  at: number;
  /** Name and file key, sealed under the owner's key. */
  sealed: Sealed;
  /** The same, sealed under the case's key, once a case holds it. */
  caseNumber: string | null;
  caseSealed: Sealed | null;
}
export interface Files {
  add(row: FileRow): Promise<void>;
  get(id: string): Promise<FileRow | null>;
  attach(id: string, caseNumber: string, caseSealed: Sealed): Promise<void>;
  ofOwner(owner: string): Promise<FileRow[]>;
  remove(id: string): Promise<void>;
  ids(): Promise<string[]>;
}

/** Wrapped data keys, in a table (embedded: a file) of their own. */
export interface Keys {
  /** Keeps the first: returns the key that stands after the call. A destroyed subject gets no new one: `StoreError('not_found')`. */
  putIfAbsent(subject: string, wrapped: Uint8Array): Promise<Uint8Array>;
  get(subject: string): Promise<Uint8Array | null>;
  /** Destroys the key beyond recovery and remembers the erasure for `restore`. */
  destroy(subject: string, at: number): Promise<void>;
  destroyed(): Promise<{ subject: string; at: number }[]>;
  /** Subjects that have a key, in order, after the one given (null: from the first): how a change of the encryption key walks them. */
  subjects(after: string | null, limit: number): Promise<string[]>;
  /** Puts a new wrapping in place of the one given; false when that is not what stands there any more. */
  replace(subject: string, from: Uint8Array, to: Uint8Array): Promise<boolean>;
}

export interface StaffRow {
  id: string;
  login: string;
  name: string;
  role: 'reception' | 'researcher' | 'administrator';
  /** Self-describing scrypt hash. */
  password: string;
  disabledAt: number | null;
  createdAt: number;
}
export interface StaffSession {
  /** SHA-256 of the cookie's token. */
  tokenHash: string;
  staff: string;
  csrf: string;
  expiresAt: number;
}
export interface AuditEntry {
  at: number;
  staff: string;
  act: string;
  subject: string;
  /** Chain: hash of the entry before and this one. */
  hash: string;
}
export interface StaffStore {
  add(row: StaffRow): Promise<boolean>;
  byLogin(login: string): Promise<StaffRow | null>;
  byId(id: string): Promise<StaffRow | null>;
  all(): Promise<StaffRow[]>;
  setPassword(id: string, password: string): Promise<void>;
  /** Null: enabled again. */
  setDisabled(id: string, at: number | null): Promise<void>;
  /** Replaces the one with the same token hash: so a session is prolonged. */
  addSession(session: StaffSession): Promise<void>;
  session(tokenHash: string, now: number): Promise<StaffSession | null>;
  endSession(tokenHash: string): Promise<void>;
  /** Ends every session of one member of staff. */
  endSessionsOf(staff: string): Promise<void>;
  /** Appends with the chain hash computed inside, in order. */
  audit(entry: Omit<AuditEntry, 'hash'>): Promise<void>;
  auditTrail(query: { subject?: string; limit: number }): Promise<AuditEntry[]>;
  /** Index of the first broken link, or -1. */
  verifyAudit(): Promise<number>;
}

export interface Ratings {
  summary(): Promise<{ service: string; channel: string; month: string; count: number; sum: number }[]>;
}

export interface Notices {
  list(query: { unseen?: boolean; limit: number }): Promise<Notice[]>;
  add(notice: NewNotice): Promise<boolean>;
  seen(id: string, at: number): Promise<void>;
}

export interface FlowSets {
  put(hash: string, body: string, at: number): Promise<void>;
  get(hash: string): Promise<string | null>;
  /** Makes it the set that new runs start in. */
  setCurrent(hash: string): Promise<void>;
  current(): Promise<string | null>;
  /** How many live sessions stand in each (set, flow, step). */
  standing(): Promise<{ flowSet: string; flow: string; step: string; count: number }[]>;
}

export interface Counters {
  /** Adds one to a counter that ends `windowMs` after its first hit; returns the count. Keys are keyed hashes. */
  hit(key: string, windowMs: number, now: number): Promise<number>;
  peek(key: string, now: number): Promise<number>;
}

export interface Leases {
  /** True when `owner` holds it now (taken, renewed, or the former holder's time is over). */
  hold(name: string, owner: string, now: number, until: number): Promise<boolean>;
  release(name: string, owner: string): Promise<void>;
}

export interface Store {
  turns: Turns;
  messages: Messages;
  addresses: Addresses;
  cases: Cases;
  files: Files;
  keys: Keys;
  staff: StaffStore;
  ratings: Ratings;
  notices: Notices;
  flowSets: FlowSets;
  counters: Counters;
  leases: Leases;
  /** Drops dedupe keys, spent counters and sessions older than their time. */
  tidy(now: number): Promise<void>;
  /** Numbers for /metrics and the console, no key needed. */
  stats(): Promise<Record<string, number>>;
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}

export type StoreErrorCode = 'not_found' | 'full' | 'newer_data' | 'in_use' | 'corrupt' | 'closed' | 'failed';

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
