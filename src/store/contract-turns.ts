/** The contract of a store, first part: conversations, their mailbox, and turns. */
import type { Gift } from './contract-contacts.js';
import type { NewQuestion } from './contract-questions.js';

export type Sealed = Uint8Array;

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
  'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'expired' | 'ambiguous';

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
  /** Code of the closed list of send errors, when failed; `window_closed` while it waits for the person. */
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
  kind:
    | 'handoff'
    | 'handoff_late'
    | 'danger'
    | 'fraud'
    | 'new_case'
    | 'quarantined'
    | 'unanswered'
    | 'send_failed'
    | 'opted_out'
    | 'repeating'
    | 'channel_trouble'
    | 'codes_guessed'
    | 'flows_refused'
    | 'article_over';
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
  /** Further items of the conversation that it consumes with it: the parts of an album. Those that do not wait are passed over. */
  along?: readonly string[];
  at: number;
  patch: ConversationPatch;
  messages: NewMessage[];
  submissions: NewSubmission[];
  ratings: NewRating[];
  notices: NewNotice[];
  /** Drafts that it hands over; see Contacts. */
  gifts?: readonly Gift[];
  /** Questions of the person that were not answered well. */
  questions?: readonly NewQuestion[];
  /** Messages of the person in this conversation that they took back: their bodies go, and the records of their turns. */
  unsent?: readonly string[];
  /** Sealed record for replay: input, now, set hash, answers to needs. */
  record: Sealed;
}

/**
 * `stale`: another worker took the conversation. `duplicate`: already done. `number_taken`: draw another and step again. `not_asked`: a
 * gift was called off meanwhile; step again.
 */
export type CommitResult =
  { result: 'committed'; seq: number } | { result: 'stale' | 'duplicate' | 'number_taken' | 'not_asked' };

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
  /** Takes one counted try back: the item did no harm. */
  excuse(item: string): Promise<void>;
  quarantined(limit: number): Promise<(Item & { reason: string })[]>;
  /** Puts a quarantined item back at its place. */
  retry(item: string): Promise<void>;
  conversation(id: string): Promise<Conversation | null>;
  /** Live list: newest message first; `before` is a `lastMessageAt`, `without` a channel that is left out. */
  conversations(query: {
    hold?: Conversation['hold'];
    without?: string;
    limit: number;
    before?: number;
  }): Promise<Conversation[]>;
  /** Conversations with waiting items that no live owner holds: the bells that should have rung. */
  waiting(now: number, limit: number): Promise<string[]>;
  /** Turns due timers into mailbox items (id and dedupe key derived from conversation + due time, by `make`); returns conversations to ring. */
  takeDue(now: number, limit: number, make: (c: Conversation) => NewItem): Promise<string[]>;
  opened(conversation: string): Promise<void>;
}
