// Many processes over one database: one holder at a time, each item once and in order, one send at a time.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import { servers } from '../support/servers.js';
import { manyStores, times } from './mongo-many.js';
import { mongoPlace } from './mongo-place.js';
import { hintOf, itemOf, messageOf, noticeOf, speak, submissionOf, turnOf } from './rows.js';

const C = 'conversation-a';
const PROCESSES = 5;

describe.skipIf(servers.mongo === null)('many stores over one MongoDB database', () => {
  const many = manyStores(PROCESSES);
  const { each, place } = many;
  let stores: readonly Store[] = [];
  let store: Store;
  beforeEach(() => {
    ({ store, stores } = many);
  });
  let now = 0;

  it('consume each item once and in order although all of them fight for its conversation', async () => {
    const ids = Array.from({ length: 16 }, (_, n) => `i${n}`);
    for (const id of ids) await store.turns.accept(hintOf('a'), itemOf(id));
    const results = new Map<string, number>();
    const work = async (one: Store, owner: number): Promise<void> => {
      for (let round = 0; ; round += 1) {
        now += 1;
        // The hold is over as soon as it begins: whoever comes takes it away from whoever is at work.
        const taken = await one.turns.take(C, `process-${owner}`, now, now);
        const [item] = await one.turns.items(C, 1);
        if (!item) return;
        if (!taken) continue;
        const id = `t-${owner}-${round}`;
        const said = [messageOf(`in-${id}`, { direction: 'in', state: 'received' }), messageOf(`out-${id}`)];
        const { result } = await one.turns.commit(
          turnOf(id, C, taken.fence, item.id, { messages: said, patch: { step: item.id } }),
        );
        results.set(result, (results.get(result) ?? 0) + 1);
      }
    };
    await each(work);
    expect(results.get('committed')).toBe(ids.length);
    expect(results.get('stale') ?? 0).toBeGreaterThan(0);
    const rows = (await (await place.connection()).db?.collection('turns').find().sort({ seq: 1 }).toArray()) ?? [];
    expect(rows.map((row) => String(row['item']))).toEqual(ids);
    const messages = await store.messages.list(C, 0, 999);
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 2 * ids.length }, (_, n) => n + 1));
    expect(await store.turns.conversation(C)).toMatchObject({ seq: 2 * ids.length, step: ids.at(-1) });
  });

  it('make one conversation of all that a new person sends at once, each of them once and each kept in order', async () => {
    const results = await each((one, n) =>
      times(8, (i) =>
        one.turns.accept(
          hintOf('a', { addressId: `address-${n}-${i}`, conversationId: `conversation-${n}-${i}` }),
          // Each thing is brought by two processes.
          itemOf(`${n}-${i}`, { dedupeKey: `${Math.floor(n / 2)}-${i}` }),
        ),
      ),
    );
    const all = results.flat();
    expect(new Set(all.map(({ conversation }) => conversation)).size).toBe(1);
    expect(all.filter(({ duplicate }) => !duplicate)).toHaveLength(24);
    const items = await store.turns.items(all[0]!.conversation, 99);
    expect(items.map(({ id }) => id).sort()).toEqual(all.flatMap((one) => (one.duplicate ? [] : [one.item])).sort());
    expect(new Set(items.map(({ arrival }) => arrival)).size).toBe(24);
    // What one process brought stands in the order in which it was brought.
    const alone = items.filter(({ id }) => id.startsWith('4-'));
    expect(alone.map(({ id }) => id)).toEqual(Array.from({ length: 8 }, (_, i) => `4-${i}`));
    expect(await store.stats()).toMatchObject({ conversations: 1, mailbox: 24 });
  });

  it('send one message of a conversation at a time, also when what waited for the person is let go', async () => {
    const queued = Array.from({ length: 12 }, (_, n) => messageOf(`m${n}`));
    const fence = await speak(store, 'a', 'i0', { messages: queued });
    let most = 0;
    const sent: string[] = [];
    const send = async (one: Store, n: number): Promise<void> => {
      for (let idle = 0; idle < 3;) {
        const message = await one.messages.claim(C, 10, 0);
        if (!message) {
          idle += 1;
          continue;
        }
        idle = 0;
        // A send takes its time; what is under way meanwhile stands in the store.
        const rows = await one.messages.list(C, 0, 99);
        most = Math.max(most, rows.filter(({ state }) => state === 'sending').length);
        // Every third is held for the person at its first try.
        const held = message.attempts === 1 && Number(message.id.slice(1)) % 3 === 0;
        const end = held ? ({ again: 1_000, held: true } as const) : ({ state: 'sent', at: 11 } as const);
        expect(await one.messages.settle(message.id, message.sendFence, end), `${n} ${message.id}`).toBe(true);
        if (!held) sent.push(message.id);
      }
    };
    const letGo = async (one: Store) => {
      for (let n = 1; n < 8; n += 1) {
        await one.turns.accept(hintOf('a'), itemOf(`w${n}`));
        await one.turns.commit(turnOf(`w${n}`, C, fence, `w${n}`, { patch: { lastPersonAt: n } }));
      }
    };
    await Promise.all([letGo(store), ...stores.map(send)]);
    // What was held last is free now.
    await store.turns.accept(hintOf('a'), itemOf('last'));
    await store.turns.commit(turnOf('last', C, fence, 'last', { patch: { lastPersonAt: 99 } }));
    await each(send);
    expect(most).toBe(1);
    expect(sent.sort()).toEqual(queued.map(({ id }) => id).sort());
  });

  it('count every hit, and give a lease to one', async () => {
    const counts = (await each((one) => times(6, () => one.counters.hit('k', 100, 1)))).flat();
    expect(counts.sort((a, b) => a - b)).toEqual(counts.map((_, n) => n + 1));
    for (let i = 0; i < 12; i += 1) {
      const held = await each((one, n) => one.leases.hold(`receiver ${i}`, `process-${n}`, 1, 10));
      expect(held.filter(Boolean)).toHaveLength(1);
      const next = await each((one, n) => one.leases.hold(`receiver ${i}`, `later-${n}`, 10, 20));
      expect(next.filter(Boolean)).toHaveLength(1);
    }
  });

  it('give a number to one submission only, and make one item of a timer', async () => {
    const results = await each(async (one, n) => {
      const person = `p${n}`;
      const { conversation } = await one.turns.accept(hintOf(person), itemOf(`i${n}`));
      await one.turns.take(conversation, person, 1, 2);
      const filed = { submissions: [submissionOf('7304', { run: `run-${n}` })] };
      return one.turns.commit(turnOf(`t${n}`, conversation, 1, `i${n}`, { ...filed, patch: { dueAt: 50 } }));
    });
    const all = results.map(({ result }) => result);
    expect(all.sort()).toEqual(['committed', ...Array<string>(PROCESSES - 1).fill('number_taken')]);
    const due = await each((one) =>
      one.turns.takeDue(60, 9, ({ id, dueAt }) => itemOf(`due-${id}-${String(dueAt)}`, { kind: 'timer' })),
    );
    expect(due.flat()).toHaveLength(1);
    expect(await store.turns.items(due.flat()[0]!, 9)).toMatchObject([{ kind: 'timer' }]);
  });

  it('quarantine nothing that another has taken meanwhile', async () => {
    await store.turns.accept(hintOf('a'), itemOf('i1'));
    let fence = (await store.turns.take(C, 'one', 1, 1))?.fence ?? 0;
    for (let n = 2; n < 12; n += 1) {
      const [, taken] = await Promise.all([
        store.turns.quarantine('i1', fence, 'broke', noticeOf(`n${n}`)),
        stores[1]!.turns.take(C, `process-${n}`, n, n),
      ]);
      // Either it went aside before the other took it, or it did not go aside.
      const aside = await store.turns.quarantined(9);
      const told = (await store.notices.list({ limit: 99 })).some(({ id }) => id === `n${n}`);
      expect(aside.length === 1, String(n)).toBe(told);
      if (aside.length > 0) await store.turns.retry('i1');
      fence = taken?.fence ?? fence;
    }
  });

  it('number what arrives over the whole store, however many turns came between', async () => {
    for (const [n, person] of ['a', 'b', 'a', 'c', 'b', 'a'].entries()) {
      await speak(store, person, `said-${n}`);
      await store.turns.accept(hintOf(person), itemOf(`waits-${n}`));
      await store.turns.take(`conversation-${person}`, 'worker', 1_000, 9_000);
      await store.turns.quarantine('none', 1, 'none', noticeOf('none'));
      await store.turns.accept(hintOf('d'), itemOf(`beside-${n}`));
    }
    const all = await Promise.all(['a', 'b', 'c', 'd'].map((one) => store.turns.items(`conversation-${one}`, 99)));
    const order = all.flat().sort((one, other) => one.arrival - other.arrival);
    const came = [0, 1, 2, 3, 4, 5]
      .flatMap((n) => [`waits-${n}`, `beside-${n}`])
      .filter((id) => order.some((one) => one.id === id));
    expect(order.map(({ id }) => id)).toEqual(came);
    expect(new Set(order.map(({ arrival }) => arrival)).size).toBe(order.length);
  });

  it('take in many conversations side by side', async () => {
    await each((one, n) =>
      times(10, (i) => speak(one, `p-${n}-${i}`, `i-${n}-${i}`, { messages: [messageOf(`m-${n}-${i}`)] })),
    );
    expect(await store.stats()).toMatchObject({ conversations: 50, mailbox: 0, outbox: 50 });
  });
});

describe.skipIf(servers.mongo === null)('stores that start at once', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  it('make the database together', async () => {
    const open = () => openMongoStore({ url: place.url, random: Math.random });
    const all = await Promise.all([open(), open(), open()]);
    await Promise.all(all.map((one, n) => speak(one, `p${n}`, `i${n}`)));
    expect(await all[0].stats()).toMatchObject({ conversations: 3, mailbox: 0 });
    await Promise.all(all.map((one) => one.close()));
  });
});
