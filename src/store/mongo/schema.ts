/** The collections: one for each table of the embedded store, with the same columns, so that moving an installation copies rows. */
import { bytes, define, maybe, number, oneOf, startsAs, text, zero } from './columns.js';

/** Counts up with every change that an older program could not live with; see `collections.ts`. */
export const VERSION = 1;

// What a partial index holds must follow from the query for MongoDB to use it: from a value follows that it is more than no letters, from
// the very same list that it is in the list. That it follows from a `$type` or a range MongoDB does not see.
const UNSENT = { state: { $in: ['queued', 'sending'] } };
const anyText = (column: string) => ({ [column]: { $gt: '' } });

const NOTICE_KIND = oneOf(
  ...(['handoff', 'handoff_late', 'danger', 'fraud', 'new_case', 'quarantined', 'unanswered'] as const),
  ...(['send_failed', 'opted_out', 'repeating', 'channel_trouble', 'codes_guessed'] as const),
  ...(['flows_refused', 'article_over'] as const),
);

const people = {
  addresses: define(
    ['id'],
    { id: text, channel: text, account: text, addressKey: text, sealed: bytes, createdAt: number },
    { on: { account: 1, addressKey: 1 }, unique: true },
  ),
  conversations: define(
    ['id'],
    {
      ...{ id: text, address: text, channel: text, account: text, createdAt: number },
      ...{ fence: zero, owner: maybe(text), ownedUntil: maybe(number), seq: zero },
      ...{ session: maybe(bytes), language: maybe(text), flowSet: maybe(text), flow: maybe(text), step: maybe(text) },
      ...{ hold: startsAs('none', 'waiting', 'taken'), heldBy: maybe(text) },
      ...{ dueAt: maybe(number), dueKind: maybe(text), lastPersonAt: maybe(number), lastMessageAt: maybe(number) },
      unread: zero,
      /** Of the newest item that it was given; only here. */
      lastArrival: zero,
      /** Counted on to write to the row where nothing of it changes; only here, see `lockUnder`. */
      touched: zero,
    },
    { on: { address: 1 } },
    { on: { dueAt: 1, id: 1 } },
    { on: { lastMessageAt: -1, id: -1 } },
    { on: { hold: 1, lastMessageAt: -1, id: -1 } },
    { on: { flowSet: 1, flow: 1, step: 1 } },
  ),
};

const work = {
  mailbox: define(
    ['id'],
    {
      ...{ id: text, conversation: text, dedupeKey: text, sealed: bytes, at: number, arrival: number },
      kind: oneOf('message', 'staff', 'timer', 'case', 'system'),
      ...{ tries: zero, reason: maybe(text) },
    },
    { on: { conversation: 1, arrival: 1 }, unique: true },
    { on: { reason: 1, arrival: 1 } },
  ),
  dedupe: define(
    ['account', 'dedupeKey'],
    { account: text, dedupeKey: text, item: text, conversation: text, at: number },
    { on: { at: 1 } },
  ),
  turns: define(
    ['id'],
    {
      ...{ id: text, conversation: text, fence: number, item: text, at: number, record: bytes },
      /** The conversation's `seq` after it; only here, for a commit whose result was unknown. */
      seq: zero,
    },
    { on: { conversation: 1 } },
  ),
  messages: define(
    ['id'],
    {
      ...{ id: text, n: number, conversation: text, seq: number, run: maybe(text), providerKey: maybe(text) },
      direction: oneOf('in', 'out'),
      author: oneOf('person', 'bot', 'staff', 'system'),
      class: oneOf('public', 'personal', 'sensitive', 'confidential'),
      state: oneOf(
        ...(['received', 'queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'expired'] as const),
        'ambiguous',
      ),
      ...{ at: number, expiresAt: maybe(number), sealed: bytes, attempts: zero, nextAttemptAt: maybe(number) },
      ...{ sendFence: zero, claimedAt: maybe(number), deliveredAt: maybe(number), readAt: maybe(number) },
      error: maybe(text),
      /** How often another was sent before it while it waited; only here, see `messages.ts`. */
      passed: zero,
    },
    { on: { conversation: 1, seq: 1 }, unique: true },
    { on: { state: 1, conversation: 1, seq: 1 }, where: UNSENT },
    { on: { providerKey: 1, n: -1 }, where: anyText('providerKey') },
  ),
  submissions: define(
    ['number'],
    {
      ...{ number: text, n: number, run: text, kind: text, at: number, sealed: bytes },
      ...{ conversation: text, address: text, handledAt: maybe(number) },
    },
    { on: { run: 1 }, unique: true },
    { on: { handledAt: 1, n: 1 } },
    { on: { address: 1, n: 1 } },
  ),
  unclaimed: define(
    ['id'],
    { id: text, kind: oneOf('status', 'unreadable'), key: text, at: number, until: number, sealed: bytes },
    { on: { kind: 1, key: 1, at: 1 } },
    { on: { kind: 1, until: 1 } },
    { on: { kind: 1, at: -1, id: -1 } },
  ),
};

const filed = {
  cases: define(
    ['number'],
    {
      ...{ number: text, kind: text, status: text, version: number, conversation: text, address: text },
      ...{ assignedTo: maybe(text), openedAt: number, changedAt: number, sealed: bytes },
    },
    { on: { openedAt: -1, number: -1 } },
    { on: { status: 1, openedAt: -1, number: -1 } },
    { on: { address: 1, openedAt: -1, number: -1 } },
  ),
  case_events: define(
    ['number', 'version'],
    { number: text, version: number, type: text, at: number, by: text, sealed: bytes },
    { on: { number: 1, version: 1 } },
  ),
  case_index: define(['key', 'number'], { key: text, number: text }, { on: { key: 1 } }, { on: { number: 1 } }),
  files: define(
    ['id'],
    {
      ...{ id: text, owner: text, bytes: number, mime: text, digestKey: text, at: number, sealed: bytes },
      ...{ caseNumber: maybe(text), caseSealed: maybe(bytes) },
    },
    { on: { owner: 1 } },
    { on: { caseNumber: 1 }, where: anyText('caseNumber') },
  ),
  entries: define(
    ['id'],
    {
      ...{ id: text, register: oneOf('visits', 'calls', 'incoming', 'outgoing'), year: number, number, state: text },
      ...{ dueAt: maybe(number), at: number, changedAt: number, version: number, by: text, origin: maybe(text) },
      ...{ caseNumber: maybe(text), conversation: maybe(text), answers: maybe(text), answeredBy: maybe(text) },
      sealed: bytes,
    },
    { on: { register: 1, year: 1, number: 1 }, unique: true },
    { on: { origin: 1 }, unique: true, where: anyText('origin') },
    { on: { conversation: 1 }, unique: true, where: anyText('conversation') },
    { on: { register: 1, id: -1 } },
    { on: { caseNumber: 1 }, where: anyText('caseNumber') },
  ),
  entry_index: define(['key', 'entry'], { key: text, entry: text }, { on: { key: 1 } }, { on: { entry: 1 } }),
};

const linking = {
  links: define(
    ['n'],
    {
      ...{ n: number, contact: text, kind: oneOf('address', 'entry'), member: text, from: number },
      ...{ until: maybe(number), code: text, endedBy: maybe(text) },
    },
    { on: { member: 1 }, unique: true, where: { until: null } },
    { on: { member: 1, n: 1 } },
    { on: { contact: 1, until: 1 } },
  ),
  codes: define(
    ['id'],
    {
      ...{ id: text, codeKey: text, kind: oneOf('address', 'entry'), member: text, at: number, expiresAt: number },
      ...{ usedAt: maybe(number), usedBy: maybe(text), redemption: maybe(text), contact: maybe(text) },
    },
    { on: { codeKey: 1 }, unique: true },
    { on: { member: 1 } },
    { on: { redemption: 1 }, where: anyText('redemption') },
    { on: { usedAt: 1, expiresAt: 1 } },
  ),
  transfers: define(
    ['id'],
    {
      ...{ id: text, n: number, from: text, to: text, at: number, run: maybe(text), sealed: maybe(bytes) },
      state: oneOf('asked', 'given', 'done', 'empty', 'ended'),
    },
    { on: { state: 1, n: 1 } },
    { on: { run: 1, n: 1 }, where: anyText('run') },
  ),
  uploads: define(
    ['tokenKey'],
    {
      ...{ tokenKey: text, conversation: text, run: text, step: text, at: number, expiresAt: number },
      usedAt: maybe(number),
    },
    { on: { conversation: 1 } },
    { on: { expiresAt: 1 } },
  ),
  retentions: define(['address'], { address: text, by: text, at: number, sealed: bytes }),
};

const house = {
  staff: define(
    ['id'],
    {
      ...{ id: text, login: text, name: text, password: text, disabledAt: maybe(number), createdAt: number },
      role: oneOf('reception', 'researcher', 'administrator'),
    },
    { on: { login: 1 }, unique: true },
  ),
  staff_sessions: define(
    ['tokenHash'],
    { tokenHash: text, staff: text, csrf: text, startedAt: zero, expiresAt: number },
    { on: { staff: 1 } },
    { on: { expiresAt: 1 } },
  ),
  staff_links: define(['key'], { key: text, staff: text, channel: text, at: number }, { on: { staff: 1 } }),
  audit: define(
    ['n'],
    { n: number, at: number, staff: text, act: text, subject: text, hash: text },
    { on: { subject: 1, n: 1 } },
  ),
  ratings: define(['id'], {
    ...{ id: text, service: text, channel: text, month: text, score: number, comment: maybe(bytes) },
  }),
  notices: define(
    ['id'],
    {
      ...{ id: text, kind: NOTICE_KIND, conversation: maybe(text), caseNumber: maybe(text), at: number },
      seenAt: maybe(number),
    },
    { on: { at: -1, id: -1 } },
    { on: { seenAt: 1, at: 1, id: 1 } },
  ),
  notices_told: define(
    ['notice', 'way'],
    { notice: text, way: text, tries: number, again: maybe(number) },
    { on: { way: 1, notice: 1 } },
  ),
  flow_sets: define(['hash'], { hash: text, body: text, at: number }),
  counters: define(['key'], { key: text, count: number, until: number }, { on: { until: 1 } }),
  leases: define(['name'], { name: text, owner: text, until: number }),
  facts: define(['name'], { name: text, value: text }),
  /** The last number given out; only here, see `order.ts`. */
  sequences: define(['name'], { name: text, last: zero }),
};

const learning = {
  questions: define(
    ['id'],
    {
      ...{ id: text, language: text, month: text, key: text, count: number, sealed: bytes },
      kind: oneOf('unsure', 'unanswered', 'unhelpful', 'handed_off'),
      state: oneOf('open', 'taught', 'stray'),
    },
    { on: { kind: 1, key: 1 }, unique: true },
    { on: { key: 1 } },
    { on: { state: 1, count: -1, id: 1 } },
  ),
  lessons: define(
    ['id'],
    { id: text, key: text, intent: text, by: text, at: number, endedAt: maybe(number), sealed: bytes },
    { on: { key: 1 }, unique: true, where: { endedAt: null } },
    { on: { at: 1, id: 1 } },
  ),
  models: define(
    ['id'],
    {
      ...{ id: text, n: number, hash: text, lessons: text, figures: text, at: number, previous: maybe(text) },
      ...{ promotedBy: maybe(text), promotedAt: maybe(number), withdrawnAt: maybe(number) },
    },
    { on: { n: -1 } },
  ),
  articles: define(
    ['article', 'version'],
    { article: text, version: number, body: maybe(text), by: text, at: number },
    { on: { article: 1, version: 1 } },
  ),
};

/** Wrapped data keys and what was erased: `keys.db` of the embedded store. */
export const KEYRING = {
  keys: define(['subject'], { subject: text, wrapped: bytes }),
  erasures: define(['subject'], { subject: text, at: number }),
};

export const ROWS = { ...people, ...work, ...filed, ...linking, ...house, ...learning };

export const DEFINITIONS = { ...ROWS, ...KEYRING };
export type Definitions = typeof DEFINITIONS;
export type TableName = keyof Definitions;
