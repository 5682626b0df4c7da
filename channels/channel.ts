/**
 * The contract between an outside world and Sila. A channel translates, declares its routes and sends; it knows neither the server nor
 * the store. What it needs of the house comes through `ChannelHost`.
 */
import type { Beginning, FileRef, FilledTemplate, MediaKind, Option, SayEffect } from '../src/engine/types.js';
import type { Route, SocketRoute } from './common/routes.js';

export type * from './common/routes.js';

/** What a channel can carry. Lengths in UTF-16 units; the flow checker reads these. */
export interface ChannelLimits {
  readonly channel: string;
  readonly text: number;
  /** Where options stand under a text, some channels take less of it. */
  readonly textWithOptions?: number;
  /** Reply buttons under a message. */
  readonly buttons: { readonly count: number; readonly label: number } | null;
  /** A list to pick from, used when there are more options than buttons. */
  readonly list: { readonly count: number; readonly label: number; readonly hint: number } | null;
  /** Milliseconds after the person's last message in which free text may be sent; null: always. */
  readonly replyWindow: number | null;
  readonly fileBytes: number;
  /** What goes over it are letters: staff's answers to one stand in the register of outgoing letters. */
  readonly letters?: true;
  /** What one turn says goes as one message wherever it fits: for channels that count messages to a person. */
  readonly merge?: true;
  readonly rate?: ChannelRate;
  /** Approved templates may be sent at any time, also after the reply window. */
  readonly templates?: true;
  /** Its delivery statuses carry our message id: milliseconds to wait for one before an unclear send is made again. */
  readonly reconcile?: number;
}

/** How fast a provider lets us send. */
export interface ChannelRate {
  /** Messages of one account in a second. */
  readonly perSecond: number;
  /** To one person: so many at once, then one in `every` milliseconds. */
  readonly person: { readonly burst: number; readonly every: number };
}

/** One thing a person sent, translated. */
export interface Incoming {
  /** Our identity there. */
  account: string;
  /** The provider's id of the person (never "the phone"). */
  user: string;
  /** The provider's id of the message: the dedupe key within the account. At most 256 characters are kept as they are; longer ones are hashed. */
  messageId: string;
  /** The person's name as the provider gives it, if it does. */
  name?: string;
  /** BCP 47 tag of the person's app, if known. */
  language?: string;
  /** Facts needed to answer later (service URL, chat id), kept sealed. */
  reply?: Record<string, string>;
  text?: string;
  choice?: string;
  files?: FileRef[];
  /** Files that lie with the provider: fetched through `fetchFile` after the message was accepted, before its turn. */
  remote?: RemoteFile[];
  /** The provider's id of the album that this is a part of: its parts become one turn, 1.5 s after the last of them. */
  album?: string;
  location?: { lat: number; lon: number; label?: string };
  media?: MediaKind;
  /** It begins a thread of its own instead of answering what we said last, on channels where people can do either. */
  begins?: Beginning;
  /** The provider's id of an earlier message that the person took back: our copy of it goes. Comes with `media: 'deleted'`. */
  unsent?: string;
  /** Parts that the edge refused: keys under `edge.` in flows/texts. */
  refused?: { key: string; values?: Record<string, string | number> }[];
}

/** A file that lies with the provider. Sealed with the message that brought it. */
export interface RemoteFile {
  name: string;
  /** What `fetchFile` needs to find it: the provider's id, a digest to check. */
  facts: Record<string, string>;
}

/** `refused`: a key under `edge.` in flows/texts, for the person to read; it is not tried again. `later`: it may work another time. */
export type Fetched =
  | { result: 'bytes'; bytes: Buffer }
  | { result: 'refused'; refused: string; values?: Record<string, string | number> }
  | { result: 'later' };

/** One message to a person. */
export interface Outgoing {
  /** Our message id; hand it to the provider where it takes an idempotency key. */
  id: string;
  conversation: string;
  account: string;
  user: string;
  reply: Record<string, string>;
  seq: number;
  attempt: number;
  author: 'bot' | 'staff' | 'system';
  text: string;
  options: Option[];
  expects?: SayEffect['expects'];
  file?: FileRef;
  /** What is sent instead of the text: the text is what the person reads of it. */
  template?: Pick<FilledTemplate, 'name' | 'code' | 'parameters'>;
}

/** The closed list of what can go wrong in a send. */
export interface SendError {
  readonly code:
    | 'network'
    | 'provider_down'
    | 'rate_limited'
    | 'window_closed'
    | 'template'
    | 'blocked'
    | 'not_found'
    | 'too_long'
    | 'media'
    | 'auth'
    | 'refused';
  readonly retry: boolean;
  /** What to slow down when `retryAfter` is given. */
  readonly slow: 'nothing' | 'message' | 'conversation' | 'account';
  readonly tellStaff: boolean;
  /** The person blocked us or is gone. */
  readonly optOut: boolean;
}

/** `ambiguous`: the provider may or may not have it. */
export type SendResult =
  | { result: 'sent'; providerId?: string }
  | { result: 'error'; error: SendError; retryAfter?: number }
  | { result: 'ambiguous'; error: SendError };

/** What a provider tells about a message after it took it. */
export interface StatusReport {
  account: string;
  /** The provider's id of the message. */
  providerId: string;
  state: 'sent' | 'delivered' | 'read' | 'failed';
  /** UTC milliseconds. */
  at: number;
  /** Why it failed. */
  error?: SendError;
  /** Our message id where the provider gives it back: it finds a send whose outcome we never heard. */
  id?: string;
}

/** A message as the person may see it. */
export interface ShownMessage {
  id: string;
  seq: number;
  from: 'person' | 'bot' | 'staff';
  /** The staff member's name as the person may read it; absent otherwise. */
  name?: string;
  at: number;
  text: string;
  options: Option[];
  expects?: SayEffect['expects'];
  files: FileRef[];
  /** The option that was tapped, and the provider's message id that the person's client gave. */
  choice?: string;
  clientId?: string;
}

export interface ChannelHost {
  /**
   * Durable when it resolves: answer 2xx only afterwards. Rejects with a StoreError when it could not be kept (answer 503).
   * `conversation`: null when it was kept on the way to a store that is away. `order` grows with what this person says, as the provider
   * counts (its time, a number): what several processes take in while the store is away is put in that order, without it by when it came.
   */
  accept(
    incoming: Incoming,
    order?: number,
  ): Promise<{ conversation: string | null; item: string; duplicate: boolean }>;
  /** Never goes back: a message that was read does not become delivered. Of unknown messages it is kept for ten minutes, then dropped and counted. */
  status(report: StatusReport): Promise<void>;
  /**
   * Keeps what nobody can read, with a code for the reason; staff are told. Durable when it resolves; rejects with a StoreError when it
   * could not be kept.
   */
  unreadable(what: { account: string; bytes: Buffer; why: string }): Promise<void>;
  /** Messages after `seq`, oldest first; empty for an unknown person. */
  transcript(account: string, user: string, afterSeq: number, limit: number): Promise<ShownMessage[]>;
  /** Calls back when new messages may be there; it only hints. Returns the unsubscribe function. */
  onMessages(account: string, user: string, listener: () => void): () => void;
  /** Checks (magic bytes, size, quota), seals and keeps a file of this person. */
  keepFile(
    account: string,
    user: string,
    name: string,
    bytes: Buffer,
  ): Promise<FileRef | { refused: string; values?: Record<string, string | number> }>;
  /** Only files that belong to this person's conversation. */
  readFile(account: string, user: string, id: string): Promise<{ ref: FileRef; bytes: Buffer } | null>;
  /** Counts a hit; true while within `most` per window. */
  within(what: string, key: string, most: number, windowMs: number): Promise<boolean>;
  /** True while this process alone receives under that name, for `forMs` more milliseconds; false: another one does. Hold it again in time. */
  holdReceiver(name: string, forMs: number): Promise<boolean>;
  /** Lets another process receive at once. */
  releaseReceiver(name: string): Promise<void>;
  /** Shows words to this channel in every process, sealed, for `forMs` milliseconds; they take the place of those before. */
  share(words: string, forMs: number): Promise<void>;
  /** What was shared last and still holds. */
  shared(): Promise<string | null>;
  /** Staff hear that the channel needs them, once in six hours. */
  trouble(): Promise<void>;
  /** A key for the channel's own tokens, stable across restarts. */
  secret(label: string): Buffer;
  /** Texts of flows/texts under any key, for what a channel itself must say. */
  say(key: string, language: string, values?: Record<string, string | number>): string;
  now(): number;
  log(event: string, facts?: Record<string, string | number | boolean>): void;
}

export interface StaffButton {
  readonly label: string;
  /** Opens an address, or comes back as `tapped`; at most 60 of `a-z 0-9 . -`. */
  readonly url?: string;
  readonly tap?: string;
}

/** What the house does when members of staff use the channel. `user` is the provider's id of the person. */
export interface StaffListener {
  /** A button in the group; `say` is for the one who tapped, `done`: it need not be offered any longer. */
  tapped(user: string, data: string): Promise<{ say: string; done: boolean }>;
  /** Somebody shows a code that the console gave; the answer is for them alone. It never enters a mailbox. */
  linked(user: string, code: string): Promise<string>;
}

/** A group chat of staff: for words of ours about what is to be done, never for what a person said. */
export interface StaffGroup {
  post(words: { text: string; buttons: readonly StaffButton[] }): Promise<SendResult>;
  listen(listener: StaffListener): void;
  /** Whether we can write there: null, or a code of the closed list of send errors. */
  check(): Promise<SendError['code'] | null>;
  /** Our own name there, as people find it; null while the provider has not told. */
  bot(): Promise<string | null>;
}

/** Where a session stands that somebody opens by hand and that its provider may end at any time. */
export interface SessionState {
  /** `lost`: it ended, or stands without its line to the provider. */
  readonly state: 'starting' | 'pairing' | 'on' | 'lost';
  /** UTC milliseconds. */
  readonly since: number;
  /** What our phone must scan, and until when (UTC milliseconds). */
  readonly code?: { readonly text: string; readonly until: number };
  /** Our own number there, digits only, while it stands. */
  readonly number?: string;
  /** Why the one before ended: a code. */
  readonly why?: string;
}

/** A channel whose sends run on the one process that holds its session. */
export interface ChannelSession {
  /** Whichever process holds it; null: none does. */
  state(): Promise<SessionState | null>;
  /** Whether this process holds it now. */
  holds(): boolean;
  /** Calls back whenever this process begins to hold it. */
  onHeld(listener: () => void): void;
}

export interface Channel {
  readonly name: string;
  /** Where sends are bound to a session. */
  readonly session?: ChannelSession;
  /** Where the channel has one for staff, and it is set up. */
  readonly staff?: StaffGroup;
  readonly limits: ChannelLimits;
  routes(): Route[];
  sockets?(): SocketRoute[];
  send(message: Outgoing): Promise<SendResult>;
  /** Where a person reaches us there: a link, with a one-time code in it where opening it can write that; null: not known now. */
  reach?(code?: string): Promise<string | null>;
  /** Fetches a file that an accepted message names, within a minute. Never throws. */
  fetchFile?(account: string, file: RemoteFile): Promise<Fetched>;
  /** Shows a person that what they wrote is being read and answered. Nobody waits for it, and it never throws. */
  reading?(message: { account: string; messageId: string; reply: Record<string, string> }): void;
  /** False: this process should receive what people write there, and cannot. */
  hears?(): boolean;
  /** Starts what listens (polling, sessions); returns the function that stops it. */
  start?(): Promise<() => Promise<void>>;
}

/** One per channel folder: `create` is called only when the channel is on. */
export interface ChannelModule {
  readonly limits: ChannelLimits;
  create(host: ChannelHost, settings: Readonly<Record<string, string>>): Channel;
}
