// The store as plainly as it can be said: maps and arrays in memory. Property tests hold the real stores against it.
import { chainHash, firstBrokenLink } from '../../src/store/audit-chain.js';
import { StoreError } from '../../src/store/contract.js';
import type {
  Accepted,
  Address,
  AddressHint,
  AuditEntry,
  CaseEvent,
  CaseRow,
  CommitResult,
  Conversation,
  FileRow,
  Retention,
  Item,
  Keys,
  Message,
  Messages,
  NewItem,
  NewNotice,
  NewRating,
  Notice,
  StaffRow,
  StaffLink,
  StaffSession,
  Store,
  Submission,
  TurnCommit,
} from '../../src/store/contract.js';
import { articlesPart } from './model-articles.js';
import { contactsPart, type ContactsModel } from './model-contacts.js';
import { questionsPart, type QuestionsModel } from './model-questions.js';
import { registersPart } from './model-registers.js';
import { unclaimedPart } from './model-unclaimed.js';

const DAY = 24 * 60 * 60 * 1000;
const RANK = { queued: 0, sending: 1, ambiguous: 2, sent: 3, delivered: 4, read: 5 } as const;

interface World {
  addresses: Map<string, Address & { addressKey: string }>;
  conversations: Map<string, Conversation & { owner: string | null; until: number }>;
  mailbox: (Item & { tries: number; reason: string | null })[];
  arrivals: number;
  dedupe: Map<string, { item: string; conversation: string; at: number }>;
  turns: Set<string>;
  messages: (Message & { claimedAt: number })[];
  submissions: Submission[];
  cases: Map<string, CaseRow>;
  events: CaseEvent[];
  index: Map<string, Set<string>>;
  ratings: NewRating[];
  notices: Map<string, Notice>;
  /** By way and notice. */
  told: Map<string, { tries: number; again: number | null }>;
  files: Map<string, FileRow>;
}

/** Every method runs at once; what goes in and out is copied, as a database would. */
export function openModelStore(): Store {
  const world: World = {
    addresses: new Map(),
    conversations: new Map(),
    mailbox: [],
    arrivals: 0,
    dedupe: new Map(),
    turns: new Set(),
    messages: [],
    submissions: [],
    cases: new Map(),
    events: [],
    index: new Map(),
    ratings: [],
    notices: new Map(),
    told: new Map(),
    files: new Map(),
  };
  const linking = contactsPart(answer, {
    homeOf: (address) => [...world.conversations.values()].find((c) => c.address === address)?.id ?? null,
    has: (conversation) => world.conversations.has(conversation),
    put: (conversation, item) => put(world, conversation, item),
  });
  const staff = staffPart();
  const small = smallParts();
  const loose = unclaimedPart(answer);
  const learning = questionsPart(answer);
  return {
    turns: turnsPart(world, linking, learning),
    messages: messagesPart(world),
    addresses: addressesPart(world, linking),
    cases: casesPart(world),
    contacts: linking.contacts,
    uploads: linking.uploads,
    unclaimed: loose.unclaimed,
    questions: learning.questions,
    articles: articlesPart(answer),
    registers: registersPart(answer),
    files: filesPart(world),
    retentions: retentionsPart(),
    keys: keysPart(),
    staff: staff.store,
    ratings: { summary: answer(() => summary(world.ratings)) },
    notices: {
      list: answer(({ unseen, limit }) =>
        [...world.notices.values()]
          .filter((notice) => !unseen || notice.seenAt === null)
          .sort((a, b) => b.at - a.at || order(b.id, a.id))
          .slice(0, limit),
      ),
      add: answer((notice) => addNotice(world, notice)),
      seen: answer((id, at) => {
        const notice = world.notices.get(id);
        if (notice) notice.seenAt ??= at;
      }),
      untold: answer((way, { kinds, since, now, limit }) =>
        [...world.notices.values()]
          .filter(({ id, kind, at, seenAt }) => {
            const told = world.told.get(`${way} ${id}`);
            const due = told === undefined || (told.again !== null && told.again <= now);
            return seenAt === null && at >= since && kinds.includes(kind) && due;
          })
          .sort((a, b) => a.at - b.at || order(a.id, b.id))
          .slice(0, limit)
          .map((notice) => ({ ...notice, tries: world.told.get(`${way} ${notice.id}`)?.tries ?? 0 })),
      ),
      told: answer((id, way, again) => {
        const tries = (world.told.get(`${way} ${id}`)?.tries ?? 0) + 1;
        world.told.set(`${way} ${id}`, { tries, again });
      }),
    },
    flowSets: { ...small.flowSets, standing: answer(() => standing(world)) },
    counters: small.counters,
    leases: small.leases,
    tidy: answer((now) => {
      for (const [key, { at }] of world.dedupe) if (at < now - 8 * DAY) world.dedupe.delete(key);
      linking.tidy(now);
      small.tidy(now);
      void loose.unclaimed.drop('unreadable', now);
      staff.tidy(now);
      learning.tidy();
    }),
    stats: answer(() => ({ ...stats(world), unreadable: loose.count('unreadable') })),
    healthy: answer(() => true),
    close: answer(() => undefined),
  };
}

/** Turns a plain function into a method of the contract. */
function answer<A extends unknown[], R>(work: (...args: A) => R): (...args: A) => Promise<R> {
  return (...args) =>
    new Promise((resolve) => {
      resolve(structuredClone(work(...structuredCloneable(args))));
    });
}
function structuredCloneable<A extends unknown[]>(args: A): A {
  return args.map((arg) => (typeof arg === 'function' ? arg : structuredClone(arg))) as A;
}
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// ── Turns ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function turnsPart(world: World, linking: ContactsModel, learning: QuestionsModel): Store['turns'] {
  const { conversations } = world;
  const find = (id: string) => world.mailbox.find((item) => item.id === id);
  return {
    accept: answer((hint, item) => accept(world, hint, item)),
    put: answer((conversation, item) => put(world, conversation, item)),
    take: answer((id, owner, now, until) => {
      const found = conversations.get(id);
      if (!found || (found.owner !== null && found.owner !== owner && found.until > now)) return null;
      Object.assign(found, { owner, until, fence: found.fence + 1 });
      return { conversation: shown(found), fence: found.fence };
    }),
    items: answer((id, limit) =>
      world.mailbox
        .filter((item) => item.conversation === id && item.reason === null)
        .slice(0, limit)
        .map(asItem),
    ),
    commit: answer((turn) => commit(world, linking, learning, turn)),
    release: answer((id, fence) => {
      const found = conversations.get(id);
      if (found?.fence === fence) found.owner = null;
    }),
    quarantine: answer((id, fence, reason, notice) => {
      const item = find(id);
      if (!item || conversations.get(item.conversation)?.fence !== fence) return;
      item.reason = reason;
      addNotice(world, notice);
    }),
    failed: answer((id) => {
      const item = find(id);
      return item ? ++item.tries : 0;
    }),
    excuse: answer((id) => {
      const item = find(id);
      if (item) item.tries = Math.max(item.tries - 1, 0);
    }),
    quarantined: answer((limit) =>
      world.mailbox
        .flatMap((item) => (item.reason === null ? [] : [{ ...asItem(item), reason: item.reason }]))
        .slice(0, limit),
    ),
    retry: answer((id) => {
      const item = find(id);
      if (item) Object.assign(item, { reason: null, tries: 0 });
    }),
    conversation: answer((id) => {
      const found = conversations.get(id);
      return found ? shown(found) : null;
    }),
    conversations: answer(({ hold, without, limit, before = Infinity }) =>
      [...conversations.values()]
        .filter((c) => c.channel !== without)
        .filter((c) => c.lastMessageAt !== null && c.lastMessageAt < before && (hold === undefined || c.hold === hold))
        .sort((a, b) => Number(b.lastMessageAt) - Number(a.lastMessageAt) || order(b.id, a.id))
        .slice(0, limit)
        .map(shown),
    ),
    waiting: answer((now, limit) => {
      const ready = world.mailbox.filter((item) => {
        const home = conversations.get(item.conversation);
        return item.reason === null && home && (home.owner === null || home.until <= now);
      });
      return [...new Set(ready.map((item) => item.conversation))].slice(0, limit);
    }),
    takeDue: answer((now, limit, make) => {
      const due = [...conversations.values()]
        .filter((c) => c.dueAt !== null && c.dueAt <= now)
        .sort((a, b) => Number(a.dueAt) - Number(b.dueAt) || order(a.id, b.id))
        .slice(0, limit);
      for (const found of due) {
        put(world, found.id, make(shown(found)));
        Object.assign(found, { dueAt: null, dueKind: null });
      }
      return due.map((found) => found.id);
    }),
    opened: answer((id) => {
      const found = conversations.get(id);
      if (found) found.unread = 0;
    }),
  };
}

function shown({
  owner: _owner,
  until: _until,
  ...conversation
}: World['conversations'] extends Map<string, infer C> ? C : never): Conversation {
  return { ...conversation };
}

function asItem({ tries: _tries, reason: _reason, ...item }: World['mailbox'][number]): Item {
  return item;
}

function accept(world: World, hint: AddressHint, item: NewItem): Accepted {
  const before = duplicate(world, hint.account, item.dedupeKey);
  if (before) return before;
  return put(world, homeOf(world, hint.account, hint.addressKey)?.conversation ?? settle(world, hint, item.at), item);
}

function put(world: World, conversation: string, item: NewItem): Accepted {
  const home = world.conversations.get(conversation);
  if (!home) throw new StoreError('not_found', 'no such conversation');
  const before = duplicate(world, home.account, item.dedupeKey);
  if (before) return before;
  world.mailbox.push({ ...item, conversation, arrival: ++world.arrivals, tries: 0, reason: null });
  world.dedupe.set(JSON.stringify([home.account, item.dedupeKey]), { item: item.id, conversation, at: item.at });
  return { conversation, address: home.address, item: item.id, duplicate: false };
}

function duplicate(world: World, account: string, key: string): Accepted | null {
  const before = world.dedupe.get(JSON.stringify([account, key]));
  if (!before) return null;
  const { item, conversation } = before;
  return { item, conversation, address: world.conversations.get(conversation)!.address, duplicate: true };
}

function homeOf(world: World, account: string, key: string): { address: string; conversation: string } | null {
  const address = [...world.addresses.values()].find((a) => a.account === account && a.addressKey === key);
  if (!address) return null;
  const conversation = [...world.conversations.values()].find((c) => c.address === address.id)!;
  return { address: address.id, conversation: conversation.id };
}

function settle(world: World, hint: AddressHint, at: number): string {
  const { addressId, conversationId, channel, account, addressKey, sealed } = hint;
  if (world.conversations.has(conversationId)) throw new StoreError('failed', 'this id is in use');
  world.addresses.set(addressId, { id: addressId, channel, account, addressKey, sealed, createdAt: at });
  world.conversations.set(conversationId, {
    ...{ id: conversationId, address: addressId, channel, account, fence: 0, seq: 0, session: null, language: null },
    ...{ flowSet: null, flow: null, step: null, hold: 'none', heldBy: null, dueAt: null, dueKind: null },
    ...{ createdAt: at, lastPersonAt: null, lastMessageAt: null, unread: 0, owner: null, until: 0 },
  });
  return conversationId;
}

function commit(world: World, linking: ContactsModel, learning: QuestionsModel, turn: TurnCommit): CommitResult {
  const home = world.conversations.get(turn.conversation);
  if (world.turns.has(turn.turn)) return { result: 'duplicate' };
  if (home?.fence !== turn.fence) return { result: 'stale' };
  const item = world.mailbox.find(
    ({ id, conversation, reason }) => id === turn.item && conversation === home.id && reason === null,
  );
  if (!item) return { result: 'duplicate' };
  const fresh = turn.submissions.filter(({ run }) => !world.submissions.some((s) => s.run === run));
  const runsOf = (number: string) => new Set(fresh.filter((s) => s.number === number).map((s) => s.run)).size;
  if (
    fresh.some(
      ({ number }) =>
        runsOf(number) > 1 || world.cases.has(number) || world.submissions.some((s) => s.number === number),
    )
  ) {
    return { result: 'number_taken' };
  }
  if (turn.gifts?.some(({ transfer }) => !linking.isAsked(transfer))) return { result: 'not_asked' };
  world.turns.add(turn.turn);
  const consumed = new Set([turn.item, ...(turn.along ?? [])]);
  const own = (other: Item & { reason: string | null }) => other.conversation === home.id && other.reason === null;
  world.mailbox = world.mailbox.filter((other) => !(consumed.has(other.id) && own(other)));
  const { addUnread = 0, ...patch } = turn.patch;
  Object.assign(home, patch);
  home.unread += addUnread;
  for (const message of turn.messages) {
    home.seq += 1;
    home.lastMessageAt = Math.max(home.lastMessageAt ?? message.at, message.at);
    world.messages.push({
      ...{ ...message, conversation: home.id, seq: home.seq, attempts: 0, nextAttemptAt: null, sendFence: 0 },
      ...{ deliveredAt: null, readAt: null, error: null, claimedAt: 0 },
    });
  }
  for (const submission of fresh) {
    if (world.submissions.some(({ run }) => run === submission.run)) continue;
    world.submissions.push({ ...submission, conversation: home.id, address: home.address, handledAt: null });
  }
  for (const rating of turn.ratings) if (!world.ratings.some(({ id }) => id === rating.id)) world.ratings.push(rating);
  if (turn.patch.lastPersonAt !== undefined) {
    for (const m of world.messages) {
      if (m.conversation !== turn.conversation || m.state !== 'queued' || m.error !== 'window_closed') continue;
      Object.assign(m, { nextAttemptAt: null, error: null });
    }
  }
  for (const notice of turn.notices) addNotice(world, notice);
  for (const gift of turn.gifts ?? []) linking.give(gift);
  for (const question of turn.questions ?? []) learning.ask(question);
  for (const id of turn.unsent ?? []) {
    const taken = world.messages.find((m) => m.id === id && m.conversation === home.id && m.direction === 'in');
    if (taken) taken.sealed = new Uint8Array();
  }
  return { result: 'committed', seq: home.seq };
}

function addNotice(world: World, notice: NewNotice): boolean {
  if (world.notices.has(notice.id)) return false;
  world.notices.set(notice.id, { ...notice, seenAt: null });
  return true;
}

// ── Messages ───────────────────────────────────────────────────────────────────────────────────────────────────────

function messagesPart(world: World): Messages {
  const unsent = (conversation: string) =>
    world.messages.filter((m) => m.conversation === conversation && (m.state === 'queued' || m.state === 'sending'));
  const waits = (m: Message, now: number) =>
    m.state === 'queued' &&
    m.error === 'window_closed' &&
    (m.nextAttemptAt ?? 0) > now &&
    (m.expiresAt === null || m.expiresAt > now);
  const next = (conversation: string, now: number) => unsent(conversation).find((m) => !waits(m, now));
  const show = ({ claimedAt: _claimedAt, ...message }: World['messages'][number]): Message => message;
  return {
    list: answer((conversation, after, limit) =>
      world.messages
        .filter((m) => m.conversation === conversation && m.seq > after)
        .slice(0, limit)
        .map(show),
    ),
    get: answer((id) => world.messages.filter((m) => m.id === id).map(show)[0] ?? null),
    claim: answer((conversation, now, staleBefore) => {
      const stale = (m: { claimedAt: number }) => m.claimedAt < staleBefore;
      for (const m of unsent(conversation)) {
        if (m.expiresAt === null || m.expiresAt > now || (m.state === 'sending' && !stale(m))) continue;
        Object.assign(m, { state: 'expired', nextAttemptAt: null, error: null });
        const id = `send_failed.${m.id}`;
        addNotice(world, { id, kind: 'send_failed', conversation, caseNumber: null, at: now });
      }
      const first = next(conversation, now);
      if (!first || unsent(conversation).some((m) => m.state === 'sending' && !stale(m))) return null;
      if (first.state === 'queued' && (first.nextAttemptAt ?? now) > now) return null;
      Object.assign(first, { state: 'sending', claimedAt: now, nextAttemptAt: null });
      first.attempts += 1;
      first.sendFence += 1;
      return show(first);
    }),
    settle: answer((id, sendFence, result) => {
      const m = world.messages.find((other) => other.id === id);
      if (m?.state !== 'sending' || m.sendFence !== sendFence) return false;
      if ('again' in result)
        Object.assign(m, {
          state: 'queued',
          nextAttemptAt: result.again,
          error: result.held ? 'window_closed' : null,
        });
      else {
        m.state = result.state;
        m.providerKey = result.providerKey ?? m.providerKey;
        m.error = result.error ?? null;
      }
      return true;
    }),
    status: answer((providerKey, state, at, error) => {
      const m = world.messages.filter((other) => other.providerKey === providerKey && other.direction === 'out').at(-1);
      if (!m) return false;
      const rank = m.state in RANK ? RANK[m.state as keyof typeof RANK] : Infinity;
      if (rank >= (state === 'failed' ? RANK.delivered : RANK[state])) return true;
      m.state = state;
      m.nextAttemptAt = null;
      if (state === 'delivered' || state === 'read') m.deliveredAt ??= at;
      if (state === 'read') m.readAt = at;
      if (state === 'failed') m.error = error ?? null;
      return true;
    }),
    identify: answer((id, providerKey) => {
      const m = world.messages.find((other) => other.id === id);
      if (m?.direction !== 'out' || m.attempts === 0 || m.providerKey !== null || m.sealed.length === 0) return false;
      m.providerKey = providerKey;
      return true;
    }),
    sendable: answer((now, staleBefore, limit) =>
      world.messages
        .filter((m) => next(m.conversation, now) === m)
        .filter((m) => !unsent(m.conversation).some((one) => one.state === 'sending' && one.claimedAt >= staleBefore))
        .filter((m) =>
          m.state === 'sending'
            ? m.claimedAt < staleBefore
            : (m.nextAttemptAt ?? now) <= now || (m.expiresAt !== null && m.expiresAt <= now),
        )
        .map((m) => m.conversation)
        .slice(0, limit),
    ),
  };
}

// ── Addresses, cases, files ────────────────────────────────────────────────────────────────────────────────────────

function addressesPart(world: World, linking: ContactsModel): Store['addresses'] {
  return {
    get: answer((id) => {
      const found = world.addresses.get(id);
      if (!found) return null;
      const { addressKey: _addressKey, ...address } = found;
      return address;
    }),
    conversationOf: answer((account, key) => homeOf(world, account, key)),
    homeOf: answer((address) =>
      world.addresses.has(address)
        ? ([...world.conversations.values()].find((c) => c.address === address)?.id ?? null)
        : null,
    ),
    erase: answer((address, at) => {
      const theirs = new Set<string>();
      linking.forget(address, at);
      world.addresses.delete(address);
      for (const c of world.conversations.values()) {
        if (c.address !== address) continue;
        theirs.add(c.id);
        Object.assign(c, { session: null, flowSet: null, flow: null, step: null, language: null, hold: 'none' });
        Object.assign(c, { heldBy: null, dueAt: null, dueKind: null, unread: 0 });
      }
      world.mailbox = world.mailbox.filter((item) => !theirs.has(item.conversation));
      for (const m of world.messages) {
        if (!theirs.has(m.conversation)) continue;
        const state = m.state === 'queued' || m.state === 'sending' ? 'expired' : m.state;
        Object.assign(m, { sealed: new Uint8Array(), providerKey: null, nextAttemptAt: null, state });
      }
      for (const s of world.submissions) {
        if (s.address === address) Object.assign(s, { sealed: new Uint8Array(), handledAt: s.handledAt ?? at });
      }
    }),
  };
}

function casesPart(world: World): Store['cases'] {
  const newestFirst = () =>
    [...world.cases.values()].sort((a, b) => b.openedAt - a.openedAt || order(b.number, a.number));
  return {
    unhandled: answer((limit) => world.submissions.filter((s) => s.handledAt === null).slice(0, limit)),
    submission: answer((number) => world.submissions.find((s) => s.number === number) ?? null),
    submissionsOf: answer((address) => world.submissions.filter((s) => s.address === address).reverse()),
    open: answer((row, events, index, notice) => {
      const submission = world.submissions.find((s) => s.number === row.number);
      if (submission) submission.handledAt ??= row.openedAt;
      if (world.cases.has(row.number)) return false;
      world.cases.set(row.number, row);
      world.index.set(row.number, new Set(index));
      world.events.push(...events.map((event) => ({ ...event, number: row.number })));
      addNotice(world, notice);
      return true;
    }),
    append: answer((number, expected, events, row, tell, into) => {
      const found = world.cases.get(number);
      if (found?.version !== expected) return false;
      Object.assign(found, row, { version: Math.max(expected, ...events.map((event) => event.version)) });
      world.events.push(...events.map((event) => ({ ...event, number })));
      const home = into ?? found.conversation;
      if (tell && world.conversations.has(home)) put(world, home, tell);
      return true;
    }),
    get: answer((number) => world.cases.get(number) ?? null),
    events: answer((number) => world.events.filter((event) => event.number === number)),
    list: answer(({ status, limit, before = Infinity }) =>
      newestFirst()
        .filter((row) => row.openedAt < before && (status === undefined || row.status === status))
        .slice(0, limit),
    ),
    of: answer((address) => newestFirst().filter((row) => row.address === address)),
    find: answer((keys, limit) =>
      newestFirst()
        .filter((row) => keys.length > 0 && keys.every((key) => world.index.get(row.number)?.has(key)))
        .slice(0, limit),
    ),
    erase: answer((number) => {
      world.cases.delete(number);
      world.index.delete(number);
      world.events = world.events.filter((event) => event.number !== number);
      for (const s of world.submissions) {
        if (s.number === number) Object.assign(s, { sealed: new Uint8Array(), handledAt: s.handledAt ?? s.at });
      }
    }),
    counts: answer(() => {
      const counts: Record<string, number> = {};
      for (const { status } of world.cases.values()) counts[status] = (counts[status] ?? 0) + 1;
      return counts;
    }),
  };
}

function retentionsPart(): Store['retentions'] {
  const retentions = new Map<string, Retention>();
  return {
    put: answer((retention) => void retentions.set(retention.address, retention)),
    get: answer((address) => retentions.get(address) ?? null),
    lift: answer((address) => void retentions.delete(address)),
  };
}

function filesPart({ files }: World): Store['files'] {
  return {
    add: answer((row) => {
      if (files.has(row.id)) throw new StoreError('failed', 'this file is there');
      files.set(row.id, row);
    }),
    get: answer((id) => files.get(id) ?? null),
    attach: answer((id, caseNumber, caseSealed) => {
      const row = files.get(id);
      if (row) Object.assign(row, { caseNumber, caseSealed });
    }),
    ofOwner: answer((owner) =>
      [...files.values()].filter((row) => row.owner === owner).sort((a, b) => a.at - b.at || order(a.id, b.id)),
    ),
    ofCase: answer((number) =>
      [...files.values()].filter((row) => row.caseNumber === number).sort((a, b) => a.at - b.at || order(a.id, b.id)),
    ),
    remove: answer((id) => {
      files.delete(id);
    }),
    ids: answer(() => [...files.keys()].sort()),
  };
}

// ── Keys, staff and the rest ───────────────────────────────────────────────────────────────────────────────────────

function keysPart(): Keys {
  const keys = new Map<string, Uint8Array>();
  const erasures = new Map<string, number>();
  return {
    putIfAbsent: answer((subject, wrapped) => {
      if (erasures.has(subject)) throw new StoreError('not_found', 'destroyed');
      if (!keys.has(subject)) keys.set(subject, wrapped);
      return keys.get(subject)!;
    }),
    get: answer((subject) => keys.get(subject) ?? null),
    destroy: answer((subject, at) => {
      keys.delete(subject);
      if (!erasures.has(subject)) erasures.set(subject, at);
    }),
    destroyed: answer(() =>
      [...erasures]
        .map(([subject, at]) => ({ subject, at }))
        .sort((a, b) => a.at - b.at || order(a.subject, b.subject)),
    ),
    subjects: answer((after, limit) =>
      [...keys.keys()]
        .filter((subject) => subject > (after ?? ''))
        .sort()
        .slice(0, limit),
    ),
    replace: answer((subject, from, to) => {
      const stands = keys.get(subject);
      if (!stands || !Buffer.from(stands).equals(from)) return false;
      keys.set(subject, to);
      return true;
    }),
  };
}

function staffPart(): { store: Store['staff']; tidy(now: number): void } {
  const rows = new Map<string, StaffRow>();
  const links = new Map<string, StaffLink>();
  const sessions = new Map<string, StaffSession>();
  const trail: AuditEntry[] = [];
  const change = (id: string, to: Partial<StaffRow>) => {
    const row = rows.get(id);
    if (row) Object.assign(row, to);
  };
  const endSessions = (which: (session: StaffSession) => boolean) => {
    for (const [hash, session] of sessions) if (which(session)) sessions.delete(hash);
  };
  const store: Store['staff'] = {
    add: answer((row) => {
      const taken = rows.has(row.id) || [...rows.values()].some(({ login }) => login === row.login);
      if (!taken) rows.set(row.id, row);
      return !taken;
    }),
    byLogin: answer((login) => [...rows.values()].find((row) => row.login === login) ?? null),
    byId: answer((id) => rows.get(id) ?? null),
    all: answer(() => [...rows.values()].sort((a, b) => a.createdAt - b.createdAt || order(a.id, b.id))),
    setPassword: answer((id, password) => change(id, { password })),
    setDisabled: answer((id, disabledAt) => change(id, { disabledAt })),
    addSession: answer((session) => {
      sessions.set(session.tokenHash, session);
    }),
    session: answer((hash, now) => {
      const session = sessions.get(hash);
      return session && session.expiresAt > now ? session : null;
    }),
    endSession: answer((hash) => {
      sessions.delete(hash);
    }),
    endSessionsOf: answer((id) => endSessions(({ staff }) => staff === id)),
    audit: answer((entry) => {
      trail.push({ ...entry, hash: chainHash(trail.at(-1)?.hash ?? null, entry) });
    }),
    auditTrail: answer(({ subject, limit }) =>
      trail
        .filter((entry) => subject === undefined || entry.subject === subject)
        .reverse()
        .slice(0, limit),
    ),
    verifyAudit: answer(() => firstBrokenLink(trail)),
    link: answer((link) => {
      links.set(link.key, link);
    }),
    linked: answer((key) => links.get(key) ?? null),
    linksOf: answer((id) => [...links.values()].filter(({ staff }) => staff === id).sort((a, b) => a.at - b.at)),
    unlink: answer((id, channel) => {
      for (const [key, link] of links) if (link.staff === id && link.channel === channel) links.delete(key);
    }),
  };
  return { store, tidy: (now) => endSessions(({ expiresAt }) => expiresAt <= now) };
}

function smallParts() {
  const sets = new Map<string, string>();
  const counters = new Map<string, { count: number; until: number }>();
  const leases = new Map<string, { owner: string; until: number }>();
  const line: string[] = [];
  const flowSets: Omit<Store['flowSets'], 'standing'> = {
    put: answer((hash: string, body: string) => {
      if (!sets.has(hash)) sets.set(hash, body);
    }),
    get: answer((hash) => sets.get(hash) ?? null),
    setCurrent: answer((hash) => {
      if (!sets.has(hash)) throw new StoreError('not_found', 'no such set');
      if (line.at(-1) !== hash) line.push(hash);
    }),
    current: answer(() => line.at(-1) ?? null),
    line: answer(() => [...line]),
  };
  const live = (key: string, now: number) => {
    const counter = counters.get(key);
    return counter && counter.until > now ? counter : null;
  };
  return {
    flowSets,
    counters: {
      hit: answer((key: string, windowMs: number, now: number) => {
        const counter = live(key, now) ?? { count: 0, until: now + windowMs };
        counter.count += 1;
        counters.set(key, counter);
        return counter.count;
      }),
      peek: answer((key: string, now: number) => live(key, now)?.count ?? 0),
    },
    leases: {
      hold: answer((name: string, owner: string, now: number, until: number) => {
        const lease = leases.get(name);
        const free = !lease || lease.owner === owner || lease.until <= now;
        if (free) leases.set(name, { owner, until });
        return free;
      }),
      holder: answer((name: string, now: number) => {
        const lease = leases.get(name);
        return lease && lease.until > now ? lease.owner : null;
      }),
      release: answer((name: string, owner: string) => {
        if (leases.get(name)?.owner === owner) leases.delete(name);
      }),
    },
    tidy: (now: number) => {
      for (const [key, { until }] of counters) if (until <= now) counters.delete(key);
    },
  };
}

function summary(ratings: readonly NewRating[]): Awaited<ReturnType<Store['ratings']['summary']>> {
  const groups = new Map<string, { service: string; channel: string; month: string; count: number; sum: number }>();
  for (const { service, channel, month, score } of ratings) {
    const key = JSON.stringify([month, service, channel]);
    const group = groups.get(key) ?? { service, channel, month, count: 0, sum: 0 };
    groups.set(key, { ...group, count: group.count + 1, sum: group.sum + score });
  }
  return [...groups].sort(([a], [b]) => order(a, b)).map(([, group]) => group);
}

function standing({ conversations }: World): Awaited<ReturnType<Store['flowSets']['standing']>> {
  const groups = new Map<string, { flowSet: string; flow: string; step: string; count: number }>();
  for (const { flowSet, flow, step } of conversations.values()) {
    if (flowSet === null || flow === null || step === null) continue;
    const key = JSON.stringify([flowSet, flow, step]);
    groups.set(key, { flowSet, flow, step, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups].sort(([a], [b]) => order(a, b)).map(([, group]) => group);
}

function stats(world: World): Record<string, number> {
  const many = (rows: Iterable<unknown>) => [...rows].length;
  return {
    conversations: world.conversations.size,
    conversations_waiting_for_staff: many([...world.conversations.values()].filter((c) => c.hold === 'waiting')),
    mailbox: many(world.mailbox.filter((item) => item.reason === null)),
    quarantined: many(world.mailbox.filter((item) => item.reason !== null)),
    outbox: many(world.messages.filter((m) => m.state === 'queued' || m.state === 'sending')),
    submissions_unhandled: many(world.submissions.filter((s) => s.handledAt === null)),
    cases: world.cases.size,
    files: world.files.size,
    notices_unseen: many([...world.notices.values()].filter((notice) => notice.seenAt === null)),
    mailbox_oldest_at: oldest(world.mailbox.filter((item) => item.reason === null)),
    outbox_oldest_at: oldest(
      world.messages.filter((m) => (m.state === 'queued' || m.state === 'sending') && m.error !== 'window_closed'),
    ),
  };
}

function oldest(rows: readonly { at: number }[]): number {
  return rows.length === 0 ? 0 : Math.min(...rows.map(({ at }) => at));
}
