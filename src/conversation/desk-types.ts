// What the desk hands to staff and takes from them: plain JSON, so that the console's API can pass it through.
import type { CaseStatus, Taken } from '../cases/case.js';
import type { ConsentGiven, FileRef, Language, Option, ShownAnswer, Text } from '../engine/types.js';
import type { AuditEntry, Conversation, MessageState, Notice, StaffRow } from '../store/contract.js';
import type { EntryCode, FileRefused, FormContract, RegisterContract } from './register-types.js';

/** The closed list of what the desk refuses. `conflict`: somebody else was faster, read again. `retained`: the data are kept for a reason. */
export type DeskErrorCode = 'not_found' | 'not_allowed' | 'conflict' | 'too_long' | 'invalid' | 'retained';

/** A refusal that the caller decides on; its message is for developers and holds nothing personal. */
export class DeskError extends Error {
  constructor(readonly code: DeskErrorCode) {
    super(`desk: ${code}`);
    this.name = 'DeskError';
  }
}

/** Who acts. Roles: decisions need a researcher or administrator, erasing and confidential answers an administrator. */
export type Staff = Pick<StaffRow, 'id' | 'name' | 'role'>;

/** Most UTF-16 units of a reply, note, reason or message of staff. */
export const MOST_WORDS = 4000;

export interface ConversationQuery {
  hold?: Conversation['hold'];
  /** 1 to 200. */
  limit: number;
  /** A `lastMessageAt`: the page below it. */
  before?: number;
}

export interface ConversationCard {
  id: string;
  channel: string;
  /** The name that the channel gave, when it gave one. */
  name: string | null;
  language: Language | null;
  hold: Conversation['hold'];
  /** Staff id. */
  heldBy: string | null;
  /** Where the person stands in the flows; null between runs. */
  flow: string | null;
  step: string | null;
  unread: number;
  createdAt: number;
  lastPersonAt: number | null;
  lastMessageAt: number | null;
  /** Number of the last message. */
  seq: number;
}

/** Why a person's data are kept, by whom and since when. */
export interface Retained {
  /** Staff id. */
  by: string;
  at: number;
  reason: string;
}

/** The card with what only the opened conversation shows. */
export interface ConversationDetail extends ConversationCard {
  /** Null: they may be erased. */
  retained: Retained | null;
  /** Until when the channel lets us write to this person; later words wait until the person writes. Null: always. */
  replyUntil: number | null;
  /** Approved templates that staff may send here at any time, in the person's language. */
  templates: TemplateOffer[];
  /** The person wants no messages: what we say waits until they write. */
  rest: { since: number; by: 'person' | 'channel' } | null;
  /** Of this person, from linked conversations too. */
  cases: CaseLine[];
  /** Other conversations that are proven to be the same person's. */
  linked: LinkedLine[];
}

export interface LinkedLine {
  /** Null for what staff took down at the desk. */
  conversation: string | null;
  channel: string | null;
  since: number;
}

/** A conversation that a request came through. */
export interface Passage {
  conversation: string;
  channel: string;
}

/** An approved template as staff choose it. */
export interface TemplateOffer {
  id: string;
  title: Text;
  /** With {{1}}, {{2}}… for the parameters. */
  text: string;
  /** In order; `value` is what we know, to be changed or filled by staff. */
  parameters: { label: Text; value: string }[];
}

export interface TranscriptLine {
  id: string;
  seq: number;
  author: 'person' | 'bot' | 'staff' | 'system';
  at: number;
  state: MessageState;
  /** A code of the closed list of send errors; with `queued` it says what is waited for: `window_closed` for the person. */
  error: string | null;
  /** True: the words are confidential; `text` is empty and there are no files. */
  confidential: boolean;
  text: string;
  options: Option[];
  /** Label of the option that was tapped. */
  chosen: string | null;
  files: FileRef[];
  location: { lat: number; lon: number; label?: string } | null;
  /** A kind of thing that has no words: voice, sticker… */
  media: string | null;
  /** Staff id of the author. */
  by: string | null;
  /** The approved template that it went as. */
  template: { id: string; title: Text } | null;
}

export interface CaseQuery {
  status?: CaseStatus;
  /** A name or its beginning, a phone, an ID, its last four digits or a case number; several words must all hold. */
  search?: string;
  /** 1 to 200. */
  limit: number;
  /** An `openedAt`: the page below it. */
  before?: number;
}

export interface CaseLine {
  number: string;
  /** `7304-8815-2096-4` */
  grouped: string;
  kind: string;
  status: CaseStatus;
  /** The applicant's name, or empty. */
  name: string;
  /** What is asked for, one line. */
  need: string;
  assignedTo: string | null;
  openedAt: number;
  changedAt: number;
  /** The policy's least time for a decision ends here; deciding earlier is possible and shown. */
  notBefore: number;
  conversation: string;
}

export interface CaseEventLine {
  version: number;
  type: 'opened' | 'status_changed' | 'note_added' | 'assigned' | 'message_sent' | 'look_up_failed';
  at: number;
  /** Staff id, or `system`. */
  by: string;
  from?: CaseStatus;
  to?: CaseStatus;
  /** The note, the message to the person, or the words beside a change. */
  text?: string;
  /** The reason of a decision. */
  reason?: string;
  /** Staff id. */
  assignee?: string | null;
}

/** How words that staff send reach the person now. `template`: an approved template goes now and the words wait behind it; `waits`: until the person writes. */
export type Reach = 'now' | 'template' | 'waits';

/** A case that belongs to another. */
export interface RelatedCase {
  number: string;
  grouped: string;
  kind: string;
  status: CaseStatus;
  /** The person chose it among their own; a typed number may be anybody's. */
  own: boolean;
}

export interface CaseDetail extends CaseLine {
  /** The case that this one is about. */
  about: RelatedCase | null;
  /** Cases about this one, newest first. */
  related: RelatedCase[];
  language: Language;
  /** Confidential answers have an empty value unless an administrator reads. */
  answers: ShownAnswer[];
  files: FileRef[];
  consent: ConsentGiven | null;
  declaration: { version: string; name: string; digest: string } | null;
  /** By whom it was taken down at the desk; null when the person filed it. */
  taken: Taken | null;
  /** Whether words reach the person: who came to the desk is reached once they linked a channel of theirs. */
  reached: boolean;
  /** How the word of a status, and staff's words, reach the person now; null where nothing reaches them. */
  reach: Record<'status' | 'message', Reach> | null;
  events: CaseEventLine[];
  /** The conversations that it came through, in order: a request may have moved between linked channels before it was filed. */
  passages: Passage[];
  /** Where the status may go from here. */
  next: CaseStatus[];
  version: number;
}

export interface StatusChange {
  to: CaseStatus;
  /** For staff only. */
  note?: string;
  /** The reason of a decision; said to the person when `tell`. */
  reason?: string;
  /** Tell the person in a turn of the conversation. */
  tell: boolean;
}

export interface StaffFile {
  ref: FileRef;
  bytes: Buffer;
}

export interface DeskCounts {
  /** Cases by status. */
  cases: Record<string, number>;
  /** Conversations that wait for staff. */
  waiting: number;
  /** Conversations that staff hold. */
  taken: number;
  unseenNotices: number;
}

export interface RatingLine {
  service: string;
  channel: string;
  /** `YYYY-MM` */
  month: string;
  count: number;
  sum: number;
}

/** A hint that something changed; the listener reads the desk again. */
export interface DeskHint {
  /** `again`: hints were lost, anything may have changed. */
  about: 'conversation' | 'case' | 'notice' | 'entry' | 'questions' | 'channel' | 'again';
  id: string;
}

export type { AuditEntry, CaseStatus, Notice, ShownAnswer, Text };

/** What staff can do. Every read of a transcript, case or file and every write is audited; all methods reject with DeskError. */
export interface DeskContract {
  readonly registers: RegisterContract;
  readonly forms: FormContract;
  conversations(query: ConversationQuery): Promise<ConversationCard[]>;
  conversation(id: string, staff: Staff): Promise<ConversationDetail>;
  /** Lines with seq above `after`, at most `limit` (200); marks the conversation read. */
  transcript(id: string, staff: Staff, after?: number, limit?: number): Promise<TranscriptLine[]>;
  take(id: string, staff: Staff): Promise<void>;
  /** `clientId` makes it happen once: the same id again does nothing. Takes the conversation when nobody has. */
  reply(id: string, staff: Staff, text: string, clientId: string, file?: string): Promise<void>;
  /** Keeps a file for a reply in this conversation, checked like every file of a person; it is sent by `reply`, with words or without. */
  keepFile(id: string, staff: Staff, name: string, bytes: Buffer): Promise<FileRef | FileRefused>;
  /** Sends an approved template with its parameters in order; otherwise as `reply`. `invalid`: unknown, empty or too long. */
  sendTemplate(
    id: string,
    staff: Staff,
    template: string,
    parameters: readonly string[],
    clientId: string,
  ): Promise<void>;
  handBack(id: string, staff: Staff): Promise<void>;
  cases(query: CaseQuery, staff: Staff): Promise<CaseLine[]>;
  /** `number` with or without hyphens, any digits. */
  case(number: string, staff: Staff): Promise<CaseDetail>;
  changeStatus(number: string, staff: Staff, change: StatusChange): Promise<CaseDetail>;
  addNote(number: string, staff: Staff, text: string): Promise<CaseDetail>;
  /** `assignee`: staff id, or null for nobody. */
  assign(number: string, staff: Staff, assignee: string | null): Promise<CaseDetail>;
  /** Words to the person about this case, told in a turn; `clientId` as in `reply`. */
  messagePerson(number: string, staff: Staff, text: string, clientId: string): Promise<CaseDetail>;
  file(id: string, staff: Staff): Promise<StaffFile>;
  notices(query?: { unseen?: boolean; limit?: number }): Promise<Notice[]>;
  seen(noticeId: string, staff: Staff): Promise<void>;
  counts(): Promise<DeskCounts>;
  ratings(staff: Staff): Promise<RatingLine[]>;
  /** A code that staff say to this person, who writes it on another channel of ours. `conflict`: too many were made within the hour. */
  linkCode(id: string, staff: Staff, language: Language): Promise<EntryCode>;
  /** Undoes the link of this conversation with others; its person hears of it everywhere. */
  separate(id: string, staff: Staff): Promise<void>;
  /** Keeps this person's data from being erased, for a reason; and lets go of them again. Administrators only. */
  retain(conversation: string, staff: Staff, reason: string): Promise<void>;
  release(conversation: string, staff: Staff): Promise<void>;
  /**
   * Destroys what can open this person's data, then the rows and files. Administrators only. Linked conversations stay unless they are
   * named in `also`.
   */
  erase(conversation: string, staff: Staff, also?: readonly string[]): Promise<{ cases: number; files: number }>;
  /** Calls back on changes; it only hints. Returns the unsubscribe function. */
  onChange(listener: (hint: DeskHint) => void): () => void;
}
