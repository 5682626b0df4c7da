// Every sealed record of the shell: under whose key it lies, at which place, and what is in it.
import type { Incoming, RemoteFile, StatusReport } from '../../channels/channel.js';
import type { CaseEvent, Taken } from '../cases/case.js';
import type {
  Effect,
  FileRef,
  Frame,
  FilledTemplate,
  Found,
  Input,
  Language,
  Option,
  PersonInput,
  SayEffect,
  Session,
} from '../engine/types.js';
import type { Subject, Vault } from '../privacy/vault.js';
import type { Conversation, Sealed } from '../store/contract.js';
import type { AskedBefore } from './asked.js';
import type { EntryEvent, WrittenDay } from './register-types.js';

/** Whose data key seals what; see docs/architecture.md. */
export const subject = {
  intake: 'intake',
  installation: 'installation',
  address: (id: string): Subject => `address:${id}`,
  case: (number: string): Subject => `case:${number}`,
} as const;

/** The trace in which a record was written goes on by it, as a W3C traceparent: random, nothing of a person. */
export interface Traced {
  trace?: string;
}

/** A waiting item. Timers carry nothing sealed: their id says it all. */
export type ItemBody =
  | ({ v: 1; kind: 'message' } & ArrivedMessage)
  | { v: 1; kind: 'within'; input: Exclude<Input, PersonInput> }
  /** The draft of a linked conversation; `set`: the flow set that it stands in. */
  | { v: 1; kind: 'draft'; transfer: string; channel: string; set: string; language: Language; frames: Frame[] }
  | { v: 1; kind: 'apology' }
  /** A message waits for the person: its template goes before it. */
  | { v: 1; kind: 'knock'; message: string };

/** What a person sent, as it was accepted. */
export interface ArrivedMessage {
  input: PersonInput;
  messageId: string;
  name?: string;
  reply?: Record<string, string>;
  /** Files that still lie with the provider. */
  remote?: RemoteFile[];
  /** The provider's id of the album that it is a part of. */
  album?: string;
  /** The provider's id of an earlier message that the person took back. */
  unsent?: string;
  /** It came over a page of ours, not over the channel: the channel's reply window knows nothing of it. */
  via?: 'link';
  /** By which member of staff it was taken down at the desk, for a person who said it. */
  taken?: Pick<Taken, 'by' | 'how'>;
}

/** Whether the person spoke over the channel itself. */
export function overChannel(body: ItemBody | null): body is Extract<ItemBody, { kind: 'message' }> {
  return body?.kind === 'message' && body.via === undefined;
}

/** Who is behind an address. */
export interface Who {
  v: 1;
  user: string;
  name?: string;
  reply: Record<string, string>;
}

/** A session with what the shell keeps beside it. */
export interface SessionRecord {
  v: 1;
  session: Session;
  /** The person's name and the channel's facts for answering, as last seen. */
  name?: string;
  reply?: Record<string, string>;
  /** Options that were last offered, to know a tapped one by its label. */
  offered?: Option[];
  /** Templates that went before waiting words since the person last wrote: none goes twice. */
  knocked?: string[];
  /** What was asked last, masked. */
  asked?: AskedBefore;
}

export interface MessageBody {
  v: 1;
  text: string;
  options?: Option[];
  expects?: NonNullable<SayEffect['expects']>;
  /** The opaque id that was tapped, and its label. */
  choice?: string;
  chosen?: string;
  files?: FileRef[];
  location?: { lat: number; lon: number; label?: string };
  media?: string;
  refused?: string[];
  /** Staff id, and the name as the person may read it. */
  by?: string;
  name?: string;
  /** The provider's message id of an incoming message. */
  clientId?: string;
  /** Channel facts needed to send it. */
  reply?: Record<string, string>;
  /** It goes as this approved template; `text` is what the person reads. */
  template?: Omit<FilledTemplate, 'text'>;
  /** The template that goes before it when it comes too late for the reply window. */
  knock?: FilledTemplate;
  /** It is worth hearing whenever the person comes back. */
  canWait?: true;
  /** Said while the person wanted no messages: it waits until they have written again. */
  waits?: true;
  consent?: Omit<Extract<Effect, { kind: 'consent' }>, 'kind'>;
}

export type SubmissionBody = { v: 1; taken?: Taken } & Omit<Extract<Effect, { kind: 'submission' }>, 'kind'>;

/** An entry of a register of the desk. */
export interface EntryBody {
  v: 1;
  name: string;
  phone: string;
  subject: string;
  wish: string;
  note: string;
  day: WrittenDay | null;
  theirs: string;
  files: FileRef[];
  events: EntryEvent[];
  /** The flow that staff fill for it. */
  flow?: string;
}

/** What belongs to no conversation: a status of a message that nobody knows yet, or what nobody can read, in base64. */
export type UnclaimedBody =
  | { v: 1; kind: 'status'; state: StatusReport['state']; at: number; error?: string }
  | { v: 1; kind: 'unreadable'; channel: string; account: string; why: string; what: string };

/** What was taken in while the store was away; `id` and `at` are the item's, `order` the provider's. */
export type SpooledBody =
  | { v: 1; kind: 'message'; channel: string; incoming: Incoming; id: string; at: number; order?: number }
  | { v: 1; kind: 'status'; report: StatusReport }
  | { v: 1; kind: 'unreadable'; channel: string; account: string; why: string; what: string };

/** What a turn was made of: enough to play it again. */
export interface TurnRecord {
  v: 1;
  input: Input;
  now: number;
  set: string;
  given: Record<string, Found>;
  runs: string[];
  numbers: string[];
}

/** What lists of cases show. */
export interface CaseSummary {
  v: 1;
  name: string;
  need: string;
  language: Language;
  /** Last four digits of the applicant's ID, for the coarse look-up; empty when there is none. */
  lastFour: string;
}

/** The program is older than the record: nothing is written over it. */
export class NewerRecord extends Error {
  constructor(table: string) {
    super(`a record of ${table} is newer than this program`);
    this.name = 'NewerRecord';
  }
}

type Place = (id: string) => { table: string; record: string; field: string };

/** Seals and opens one kind of record; `owner` is the id of the address or case it belongs to, empty where there is none. */
interface Kind<Body> {
  seal(owner: string, id: string, body: Body): Promise<Sealed>;
  open(owner: string, id: string, sealed: Sealed): Promise<Body>;
}

export class Records {
  readonly item: Kind<ItemBody & Traced>;
  readonly who: Kind<Who>;
  readonly message: Kind<MessageBody & Traced>;
  readonly submission: Kind<SubmissionBody & Traced>;
  readonly turn: Kind<TurnRecord>;
  readonly session: Kind<SessionRecord>;
  readonly summary: Kind<CaseSummary>;
  readonly event: Kind<{ v: 1; event: CaseEvent }>;
  readonly retention: Kind<{ v: 1; reason: string }>;
  /** Its owner is the entry itself: an entry stands for an address of its own. */
  readonly entry: Kind<EntryBody>;
  readonly unclaimed: Kind<UnclaimedBody>;
  readonly spooled: Kind<SpooledBody & Traced>;
  readonly comment: Kind<{ v: 1; text: string }>;
  /** Words of a channel about itself; its record is the channel's name. */
  readonly shared: Kind<{ v: 1; words: string }>;
  /** Masked words of a question, and of what was taught about one. */
  readonly question: Kind<{ v: 1; text: string }>;
  readonly lesson: Kind<{ v: 1; text: string }>;

  /** `trace`: the traceparent of what is under way. */
  constructor(vault: Vault, trace: () => string | undefined) {
    this.item = traced(
      trace,
      kind(vault, () => subject.intake, at('mailbox', 'body')),
    );
    this.who = kind(vault, subject.address, at('addresses', 'who'));
    this.message = traced(trace, kind(vault, subject.address, at('messages', 'body')));
    this.submission = traced(trace, kind(vault, subject.address, at('submissions', 'body')));
    this.turn = kind(vault, subject.address, at('turns', 'record'));
    this.session = kind(vault, subject.address, at('conversations', 'session'));
    this.summary = kind(vault, subject.case, at('cases', 'summary'));
    this.event = kind(vault, subject.case, at('case_events', 'body'));
    this.retention = kind(vault, subject.address, at('retentions', 'reason'));
    this.entry = kind(vault, subject.address, at('entries', 'body'));
    this.unclaimed = kind(vault, () => subject.intake, at('unclaimed', 'body'));
    this.spooled = traced(
      trace,
      kind(vault, () => subject.intake, at('spool', 'body')),
    );
    this.comment = kind(vault, () => subject.installation, at('ratings', 'comment'));
    this.shared = kind(vault, () => subject.intake, at('leases', 'words'));
    this.question = kind(vault, () => subject.installation, at('questions', 'body'));
    this.lesson = kind(vault, () => subject.installation, at('lessons', 'body'));
  }

  /** The session record of a conversation; null before its first turn. */
  async sessionOf(row: Pick<Conversation, 'id' | 'address' | 'session'>): Promise<SessionRecord | null> {
    return row.session ? this.session.open(row.address, row.id, row.session) : null;
  }
}

function at(table: string, field: string): Place {
  return (record) => ({ table, record, field });
}

function kind<Body extends { v: number }>(vault: Vault, owner: (id: string) => Subject, place: Place): Kind<Body> {
  return {
    seal: (ownerId, id, body) => vault.seal(owner(ownerId), place(id), body),
    open: async (ownerId, id, sealed) => {
      const body = (await vault.open(owner(ownerId), place(id), sealed)) as Body;
      if (body.v > 1) throw new NewerRecord(place(id).table);
      return body;
    },
  };
}

function traced<Body extends Traced>(trace: () => string | undefined, plain: Kind<Body>): Kind<Body> {
  return {
    ...plain,
    seal: (owner, id, body) => {
      const here = trace();
      return plain.seal(owner, id, here === undefined ? body : { trace: here, ...body });
    },
  };
}
