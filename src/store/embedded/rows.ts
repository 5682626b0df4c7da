/** Which columns make which row of the contract. */
import type {
  Address,
  ArticleVersion,
  AuditEntry,
  CaseEvent,
  CaseRow,
  Code,
  Conversation,
  FileRow,
  Retention,
  Item,
  LessonRow,
  Link,
  Member,
  Message,
  Notice,
  QuestionRow,
  RegisterEntry,
  StaffLink,
  StaffRow,
  StaffSession,
  Submission,
  Transfer,
  UnclaimedRow,
  UploadTicket,
} from '../contract.js';
import { list } from './database.js';
import type { Row } from './database.js';

/** A table, its columns, and the reading of a row as what the contract says it is. */
interface Shape<T> {
  readonly columns: readonly string[];
  /** `SELECT … FROM table`, to be continued with WHERE and ORDER BY. */
  readonly select: string;
  readonly as: (row: Row) => T;
}

export const items = shape<Item>('mailbox', ['id', 'kind', 'dedupeKey', 'sealed', 'at', 'conversation', 'arrival']);
export const conversations = shape<Conversation>('conversations', [
  'id',
  'address',
  'channel',
  'account',
  'fence',
  'seq',
  'session',
  'language',
  'flowSet',
  'flow',
  'step',
  'hold',
  'heldBy',
  'dueAt',
  'dueKind',
  'createdAt',
  'lastPersonAt',
  'lastMessageAt',
  'unread',
]);
/** What a message is made with; the rest comes with its sending. */
export const NEW_MESSAGE = [
  'id',
  'conversation',
  'seq',
  'direction',
  'author',
  'class',
  'state',
  'run',
  'providerKey',
  'at',
  'expiresAt',
  'sealed',
] as const;
export const messages = shape<Message>('messages', [
  ...NEW_MESSAGE,
  'attempts',
  'nextAttemptAt',
  'sendFence',
  'deliveredAt',
  'readAt',
  'error',
]);
export const addresses = shape<Address>('addresses', ['id', 'channel', 'account', 'sealed', 'createdAt']);
export const submissions = shape<Submission>('submissions', [
  'number',
  'run',
  'kind',
  'at',
  'sealed',
  'conversation',
  'address',
  'handledAt',
]);
export const cases = shape<CaseRow>('cases', [
  'number',
  'kind',
  'status',
  'version',
  'conversation',
  'address',
  'assignedTo',
  'openedAt',
  'changedAt',
  'sealed',
]);
export const caseEvents = shape<CaseEvent>('case_events', ['number', 'version', 'type', 'at', 'by', 'sealed']);
export const entries = shape<RegisterEntry>('entries', [
  'id',
  'register',
  'year',
  'number',
  'state',
  'dueAt',
  'at',
  'changedAt',
  'version',
  'by',
  'origin',
  'caseNumber',
  'conversation',
  'answers',
  'answeredBy',
  'sealed',
]);
export const files = shape<FileRow>('files', [
  'id',
  'owner',
  'bytes',
  'mime',
  'digestKey',
  'at',
  'sealed',
  'caseNumber',
  'caseSealed',
]);
export const retentions = shape<Retention>('retentions', ['address', 'by', 'at', 'sealed']);
export const staff = shape<StaffRow>('staff', ['id', 'login', 'name', 'role', 'password', 'disabledAt', 'createdAt']);
export const staffSessions = shape<StaffSession>('staff_sessions', [
  'tokenHash',
  'staff',
  'csrf',
  'startedAt',
  'expiresAt',
]);
export const staffLinks = shape<StaffLink>('staff_links', ['key', 'staff', 'channel', 'at']);
export const unclaimed = shape<UnclaimedRow>('unclaimed', ['id', 'kind', 'key', 'at', 'until', 'sealed']);
export const questions = shape<QuestionRow>('questions', [
  'id',
  'kind',
  'language',
  'month',
  'key',
  'count',
  'state',
  'sealed',
]);
export const lessons = shape<LessonRow>('lessons', ['id', 'key', 'intent', 'by', 'at', 'endedAt', 'sealed']);
export const transfers = shape<Transfer>('transfers', ['id', 'from', 'to', 'at', 'state', 'run', 'sealed']);
export const uploads = shape<UploadTicket>('uploads', [
  'tokenKey',
  'conversation',
  'run',
  'step',
  'at',
  'expiresAt',
  'usedAt',
]);
export const links = shape<Flat<Link>>('links', ['contact', 'kind', 'member', 'from', 'until', 'code', 'endedBy']);
export const codes = shape<Flat<Code>>('codes', [
  'id',
  'codeKey',
  'kind',
  'member',
  'at',
  'expiresAt',
  'usedAt',
  'usedBy',
]);
export const articles = shape<ArticleVersion>('articles', ['article', 'version', 'body', 'by', 'at']);
export const audit = shape<AuditEntry>('audit', ['at', 'staff', 'act', 'subject', 'hash']);
export const notices = shape<Notice>('notices', ['id', 'kind', 'conversation', 'caseNumber', 'at', 'seenAt']);

/** A member stands in two columns. */
type Flat<T extends { member: Member }> = Omit<T, 'member'> & { kind: Member['kind']; member: string };

export function withMember<T extends { kind: Member['kind']; member: string }>({ kind, member, ...row }: T) {
  return { ...row, member: { kind, id: member } };
}

function shape<T>(table: string, columns: readonly (keyof T & string)[]): Shape<T> {
  return { columns, select: `SELECT ${list(columns)} FROM ${table}`, as: (row) => row as unknown as T };
}
