// Random commands for a store: few names, so that they meet each other, and a memory of what was taken.
import fc from 'fast-check';
import type { Gift, MessageState, Store } from '../../src/store/contract.js';
import {
  bytes,
  caseOf,
  codeOf,
  entryOf,
  eventOf,
  hintOf,
  itemOf,
  messageOf,
  noticeOf,
  submissionOf,
  ticketOf,
  turnOf,
} from './rows.js';

export interface Command {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  run(store: Store, seen: Seen): Promise<unknown>;
}

/** What a worker would remember; made from results, which are equal in both stores. */
export interface Seen {
  fence: Map<string, number>;
  sendFence: Map<string, number>;
}

type Values<T> = { [K in keyof T]: T[K] extends fc.Arbitrary<infer V> ? V : never };

export function command<T extends Record<string, fc.Arbitrary<unknown>>>(
  name: string,
  args: T,
  run: (store: Store, seen: Seen, args: Values<T>) => Promise<unknown>,
): fc.Arbitrary<Command> {
  return fc.record(args).map((values) => ({
    name,
    args: values,
    run: (store: Store, seen: Seen) => run(store, seen, values as Values<T>),
  }));
}

const person = fc.constantFrom('a', 'b', 'c');
const itemNumber = fc.integer({ min: 0, max: 59 });
const item = itemNumber.map((n) => `i${n}`);
const time = fc.integer({ min: 0, max: 60 });
const worker = fc.constantFrom('one', 'two');
const message = fc.integer({ min: 0, max: 9 }).map((n) => `m${n}`);
const number = fc.constantFrom('1', '2', '3', '4', '5', '6');
const state = fc.constantFrom<('queued' | 'received')[]>('queued', 'queued', 'received');
const provider = fc.constantFrom('p1', 'p2', 'p3');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const c = (name: string) => `conversation-${name}`;

const messages = fc.array(fc.record({ id: message, state, at: time, expiresAt: maybe(time) }), { maxLength: 3 });
const submissions = fc.array(fc.record({ number, run: fc.constantFrom('r1', 'r2', 'r3', 'r4', 'r5') }), {
  maxLength: 2,
});
const patch = fc.record(
  {
    flow: maybe(fc.constantFrom('menu', 'aid')),
    step: fc.constantFrom('x', 'y'),
    flowSet: fc.constantFrom('h1', 'h2'),
    dueAt: maybe(time),
    hold: fc.constantFrom<('none' | 'waiting')[]>('none', 'waiting'),
    addUnread: fc.integer({ min: 0, max: 2 }),
    session: fc.constantFrom(bytes('s1'), bytes('s2')),
  },
  { requiredKeys: [] },
);

/** Mostly the fence that was given out last; sometimes one behind. */
const staleness = fc.constantFrom(0, 0, 0, 0, 1);

const mailbox = [
  command('accept', { person, n: itemNumber, at: time }, (store, _, { person: who, n, at }) =>
    // Two ids share a dedupe key, so that items meet as duplicates.
    store.turns.accept(hintOf(who), itemOf(`i${n}`, { dedupeKey: `d${Math.floor(n / 2)}`, at })),
  ),
  command('put', { person, item }, (store, _, { person: who, item: id }) =>
    store.turns.put(c(who), itemOf(`put-${id}`, { kind: 'staff' })),
  ),
  command('failed', { item }, (store, _, { item: id }) => store.turns.failed(id)),
  command('quarantine', { person, item, staleness }, (store, seen, { person: who, item: id, staleness: behind }) =>
    store.turns.quarantine(id, (seen.fence.get(c(who)) ?? 0) - behind, 'reason', noticeOf(`q-${id}`)),
  ),
  command('retry', { item }, (store, _, { item: id }) => store.turns.retry(id)),
  command('takeDue', { now: time, limit: fc.integer({ min: 1, max: 3 }) }, (store, _, { now, limit }) =>
    store.turns.takeDue(now, limit, ({ id, dueAt }) => itemOf(`due-${id}-${String(dueAt)}`, { kind: 'timer' })),
  ),
];

const turns = [
  command(
    'take',
    { person, worker, now: time, hold: time },
    async (store, seen, { person: who, worker: owner, now, hold }) => {
      const taken = await store.turns.take(c(who), owner, now, now + hold);
      if (taken) seen.fence.set(c(who), taken.fence);
      return taken;
    },
  ),
  command('release', { person, staleness }, (store, seen, { person: who, staleness: behind }) =>
    store.turns.release(c(who), (seen.fence.get(c(who)) ?? 0) - behind),
  ),
  command(
    'commit',
    {
      turn: fc.integer({ min: 0, max: 30 }),
      person,
      staleness,
      patch,
      messages,
      submissions,
      which: fc.integer({ min: 0, max: 2 }),
      along: fc.integer({ min: 0, max: 2 }),
      unsent: fc.option(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 3 })), { nil: null }),
    },
    async (store, seen, args) => {
      const waiting = await store.turns.items(c(args.person), 5);
      const consumed = waiting[args.which]?.id ?? 'nothing';
      const along = waiting.slice(args.which + 1, args.which + 1 + args.along).map(({ id }) => id);
      const unique = [...new Map(args.messages.map((m) => [m.id, m])).values()];
      return store.turns.commit(
        turnOf(`t${args.turn}`, c(args.person), (seen.fence.get(c(args.person)) ?? 0) - args.staleness, consumed, {
          along,
          patch: args.patch,
          messages: unique.map(({ id, state: first, at, expiresAt }) =>
            messageOf(`${args.turn}-${id}`, {
              at,
              expiresAt,
              state: first,
              direction: first === 'queued' ? 'out' : 'in',
            }),
          ),
          submissions: args.submissions.map(({ number: n, run }) => submissionOf(n, { run })),
          notices: [noticeOf(`n${args.turn % 5}`)],
          gifts: await giftsOf(store, c(args.person), args.turn),
          ...(args.unsent && { unsent: [`${args.unsent[0]}-m${args.unsent[1]}`] }),
        }),
      );
    },
  ),
  command('opened', { person }, (store, _, { person: who }) => store.turns.opened(c(who))),
];

const sending = [
  command('claim', { person, now: time, staleBefore: time }, async (store, seen, { person: who, now, staleBefore }) => {
    const claimed = await store.messages.claim(c(who), now, staleBefore);
    if (claimed) seen.sendFence.set(claimed.id, claimed.sendFence);
    return claimed;
  }),
  command(
    'settle',
    {
      which: fc.integer({ min: 0, max: 5 }),
      staleness,
      result: fc.oneof(
        time.map((again) => ({ again })),
        time.map((again) => ({ again, held: true as const })),
        fc.record({
          state: fc.constantFrom<('sent' | 'failed' | 'ambiguous')[]>('sent', 'failed', 'ambiguous'),
          providerKey: provider,
          at: time,
        }),
      ),
    },
    (store, seen, { which, staleness: behind, result }) => {
      const [id = 'none', fence = 0] = [...seen.sendFence].at(-1 - which) ?? [];
      return store.messages.settle(id, fence - behind, result);
    },
  ),
  command(
    'status',
    {
      provider,
      to: fc.constantFrom<Extract<MessageState, 'sent' | 'delivered' | 'read' | 'failed'>[]>(
        'sent',
        'delivered',
        'read',
        'failed',
      ),
      at: time,
    },
    (store, _, { provider: key, to, at }) => store.messages.status(key, to, at, 'code'),
  ),
  command('identify', { which: fc.integer({ min: 0, max: 5 }), provider }, (store, seen, { which, provider: key }) =>
    store.messages.identify([...seen.sendFence.keys()].at(-1 - which) ?? 'none', key),
  ),
];

/** Whole passages, so that a walk gets further than its single steps would. */
const passages = [
  command(
    'speak',
    { person, n: itemNumber, now: time, messages, submissions, patch },
    async (store, seen, { person: who, n, now, messages: said, submissions: filed, patch: changed }) => {
      await store.turns.accept(hintOf(who), itemOf(`s${n}`));
      const taken = await store.turns.take(c(who), 'one', 100, 100);
      if (!taken) return null;
      seen.fence.set(c(who), taken.fence);
      const [first] = await store.turns.items(c(who), 1);
      return store.turns.commit(
        turnOf(`s${n}-${taken.fence}`, c(who), taken.fence, first?.id ?? 'nothing', {
          patch: changed,
          messages: said.map(({ id, at, expiresAt }, index) =>
            messageOf(`s${n}-${taken.fence}-${id}-${index}-${who}`, { at: at + now, expiresAt }),
          ),
          submissions: filed.map(({ number: number_, run }) => submissionOf(number_, { run })),
        }),
      );
    },
  ),
  command('send', { person, now: time, provider }, async (store, seen, { person: who, now, provider: providerKey }) => {
    const claimed = await store.messages.claim(c(who), now, now);
    if (!claimed) return null;
    seen.sendFence.set(claimed.id, claimed.sendFence);
    return store.messages.settle(claimed.id, claimed.sendFence, { state: 'sent', providerKey, at: now });
  }),
];

const filing = [
  command('open', { number, key: fc.constantFrom('k1', 'k2') }, (store, _, { number: n, key }) =>
    store.cases.open(caseOf(n), [eventOf(1)], [key, 'all'], noticeOf(`c${n}`)),
  ),
  command('append', { number, expected: fc.integer({ min: 1, max: 3 }) }, (store, _, { number: n, expected }) =>
    store.cases.append(n, expected, [eventOf(expected + 1)], {
      status: `s${expected}`,
      assignedTo: null,
      changedAt: expected,
      sealed: bytes('x'),
    }),
  ),
  command('erase case', { number }, (store, _, { number: n }) => store.cases.erase(n)),
  command('erase address', { person, at: time }, (store, _, { person: who, at }) =>
    store.addresses.erase(`address-${who}`, at),
  ),
];

const entry = fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5');
const registering = [
  command(
    'enter',
    {
      id: entry,
      register: fc.constantFrom<('visits' | 'incoming')[]>('visits', 'incoming'),
      year: fc.constantFrom(1447, 1448),
      origin: maybe(fc.constantFrom('case:1', 'case:2')),
      answers: maybe(entry),
      key: fc.constantFrom('k1', 'k2'),
    },
    (store, _, { key, ...entered }) => store.registers.add(entryOf(entered.id, entered), [key, 'all']),
  ),
  command('change entry', { id: entry, expected: fc.integer({ min: 1, max: 3 }) }, (store, _, { id, expected }) =>
    store.registers.change(id, expected, { state: `s${expected}`, changedAt: expected, index: ['k2'] }),
  ),
  command('erase entry', { id: entry, at: time }, (store, _, { id, at }) => store.registers.erase(id, at)),
];

const link = fc.constantFrom('k1', 'k2', 'k3');
const linking = [
  command('make code', { person, n: fc.integer({ min: 0, max: 9 }), at: time }, (store, _, { person: who, n, at }) =>
    store.contacts.addCode(codeOf(`code-${n}-${at}-${who}`, who, { codeKey: `c${n}-${who}`, at, expiresAt: at + 30 })),
  ),
  command(
    'redeem',
    { person, from: person, n: fc.integer({ min: 0, max: 9 }), link, at: time },
    (store, _, { person: who, from, n, link: id, at }) =>
      store.contacts.redeem({
        ...{ id: `${id}-${at}`, codeKey: `c${n}-${from}`, address: `address-${who}`, at },
        contact: `contact-${id}`,
      }),
  ),
  // Most guesses at random meet no code: this one makes it first.
  command('link', { person, from: person, link, at: time }, async (store, _, { person: who, from, link: id, at }) => {
    await store.contacts.addCode(codeOf(`l-${id}-${at}-${from}`, from, { codeKey: `l-${id}-${at}-${from}`, at }));
    return store.contacts.redeem({
      ...{ id: `l-${id}-${at}-${who}`, codeKey: `l-${id}-${at}-${from}`, address: `address-${who}`, at },
      contact: `contact-${id}`,
    });
  }),
  command('separate', { person, at: time }, (store, _, { person: who, at }) =>
    store.contacts.separate(`address-${who}`, at, 'person'),
  ),
  command('arrived', { which: fc.integer({ min: 0, max: 2 }) }, async (store, _, { which }) =>
    store.contacts.arrived((await store.contacts.underWay(9))[which]?.id ?? 'none'),
  ),
  command('ticket', { person, n: fc.integer({ min: 0, max: 9 }), at: time }, (store, _, { person: who, n, at }) =>
    store.uploads.add(ticketOf(`t${n}`, who, { at, expiresAt: at + 20 })),
  ),
  command('use ticket', { n: fc.integer({ min: 0, max: 9 }), now: time }, (store, _, { n, now }) =>
    store.uploads.use(`t${n}`, now, itemOf(`ticket-${n}`)),
  ),
];

/** Erasing is rare, committing and sending frequent. */
export const commands = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...mailbox) },
    { weight: 8, arbitrary: fc.oneof(...passages) },
    { weight: 9, arbitrary: fc.oneof(...turns) },
    { weight: 6, arbitrary: fc.oneof(...sending) },
    { weight: 2, arbitrary: fc.oneof(...filing.slice(0, 2)) },
    { weight: 1, arbitrary: fc.oneof(...filing) },
    { weight: 2, arbitrary: fc.oneof(...registering) },
    { weight: 3, arbitrary: fc.oneof(...linking) },
  ),
  { minLength: 20, maxLength: 120 },
);

/** Everything that can be seen of a store. Arrival numbers may have gaps: only their order is compared. */
export async function visible(store: Store): Promise<unknown> {
  const people = ['a', 'b', 'c'];
  const each = <T>(look: (name: string) => Promise<T>) => Promise.all(people.map(look));
  const items = await each((name) => store.turns.items(c(name), 50));
  return {
    conversations: await each((name) => store.turns.conversation(c(name))),
    live: await store.turns.conversations({ limit: 9 }),
    waitingForStaff: await store.turns.conversations({ limit: 9, hold: 'waiting', before: 40 }),
    items: items.map((list) => list.map(({ arrival: _arrival, ...rest }) => rest)),
    order: items
      .flat()
      .sort((a, b) => a.arrival - b.arrival)
      .map(({ id }) => id),
    aside: (await store.turns.quarantined(50)).map(({ arrival: _arrival, ...rest }) => rest),
    bells: [await store.turns.waiting(0, 9), await store.turns.waiting(30, 9), await store.turns.waiting(999, 9)],
    messages: await each((name) => store.messages.list(c(name), 0, 500)),
    sendable: [await store.messages.sendable(10, 5, 9), await store.messages.sendable(40, 30, 9)],
    addresses: await each((name) => store.addresses.get(`address-${name}`)),
    homesOf: await each((name) => store.addresses.homeOf(`address-${name}`)),
    homes: await each((name) => store.addresses.conversationOf('main', `key-${name}`)),
    submissions: [
      await store.cases.unhandled(50),
      ...(await each((name) => store.cases.submissionsOf(`address-${name}`))),
    ],
    cases: [
      await store.cases.list({ limit: 50 }),
      await store.cases.find(['k1', 'all'], 9),
      await store.cases.counts(),
    ],
    links: await each(async (name) => [
      await store.contacts.linked(`address-${name}`),
      await store.contacts.history(`address-${name}`),
    ]),
    transfers: [await store.contacts.underWay(50), await store.contacts.movesOf('r1')],
    registers: [
      await store.registers.list({ register: 'visits', limit: 50 }),
      await store.registers.list({ register: 'incoming', limit: 50, states: ['asked', 'answered'] }),
      await store.registers.find(['k2', 'all'], 9),
      await store.registers.counts(),
    ],
    events: await Promise.all(['1', '2', '3', '4', '5', '6'].map((n) => store.cases.events(n))),
    notices: await store.notices.list({ limit: 50 }),
    standing: await store.flowSets.standing(),
    stats: await store.stats(),
  };
}

/** Every third turn answers what was asked of its conversation, with a draft or without. */
async function giftsOf(store: Store, conversation: string, turn: number): Promise<Gift[]> {
  const asked = (await store.contacts.underWay(50)).filter(
    ({ from, state }) => from === conversation && state === 'asked',
  );
  if (turn % 3 > 0) return [];
  return asked.map(({ id }) => ({
    transfer: id,
    draft: turn % 2 ? { run: 'r1', sealed: bytes(`draft ${id}`) } : null,
  }));
}
