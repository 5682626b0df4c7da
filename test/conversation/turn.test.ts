// Turns: once each, in order, whole or not at all, whoever else works on the same store.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Worker } from '../../src/conversation/worker.js';
import { StoreError, type Store } from '../../src/store/contract.js';
import { Clock, harness, started, tellAll, type Harness } from './harness.js';

const rows = (h: Harness, conversation: string) => h.store.messages.list(conversation, 0, 500);
const heard = async (h: Harness) =>
  (await h.sila.host('fake').transcript('main', 'p', 0, 500)).filter(({ from }) => from === 'person');

describe('a turn', () => {
  it('answers a first message, sealed and with clear columns for counting', async () => {
    const h = await started();
    const said = await h.tell('p', 'السلام عليكم', { name: 'أبو خالد' });
    expect(said.length).toBeGreaterThan(0);
    const [row] = await h.store.turns.conversations({ limit: 10 });
    expect(row).toMatchObject({ flow: 'menu', language: 'ar', hold: 'none', unread: 1 });
    expect(row?.dueAt).toBeGreaterThan(h.clock.at);
    const messages = await rows(h, row!.id);
    expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
    expect(messages[0]).toMatchObject({ direction: 'in', author: 'person', state: 'received' });
    expect(messages.slice(1).every(({ state }) => state === 'sent')).toBe(true);
  });

  it('is made once of fifty copies that arrive together', async () => {
    const h = await started();
    const copies = await Promise.all(Array.from({ length: 50 }, () => h.write('p', 'مرحبا', { messageId: 'same' })));
    await h.settle();
    expect(copies.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(copies.map(({ item }) => item)).size).toBe(1);
    expect(await heard(h)).toHaveLength(1);
    await h.write('p', 'مرحبا', { messageId: 'same' });
    await h.settle();
    expect(await heard(h)).toHaveLength(1);
  });

  it('knows a message with a very long id again', async () => {
    const h = await started();
    const messageId = 'wamid.'.repeat(800);
    const [one, two] = [await h.write('p', 'أ', { messageId }), await h.write('p', 'أ', { messageId })];
    expect([one.duplicate, two.duplicate]).toEqual([false, true]);
    expect((await h.write('p', 'أ', { messageId: `${messageId}x` })).duplicate).toBe(false);
  });

  it('follows the order of arrival for twenty fast messages', async () => {
    const h = await started();
    const texts = Array.from({ length: 20 }, (_, index) => `رسالة ${index + 1}`);
    const accepted = await Promise.all(texts.map((text, index) => h.write('p', text, { messageId: `n${index}` })));
    await h.settle();
    const arrivals = await heard(h);
    expect(arrivals.map(({ text }) => text)).toEqual(texts);
    expect(new Set(accepted.map(({ conversation }) => conversation)).size).toBe(1);
  });

  it('makes one conversation of ten first messages at once', async () => {
    const h = await started();
    await Promise.all(Array.from({ length: 10 }, (_, i) => h.write('new', `س${i}`, { messageId: `f${i}` })));
    expect(await h.store.turns.waiting(h.clock.at, 100)).toHaveLength(1);
  });

  it('is nothing at all when its commit fails, and whole when it is tried again', async () => {
    let broken = false;
    const h = await started({ store: (store) => breakCommits(store, () => broken) });
    await h.tell('p', 'السلام عليكم');
    const [before] = await h.store.turns.conversations({ limit: 1 });
    broken = true;
    await h.write('p', 'طلب مساعدة');
    await expect(new Worker(h.sila.house).handle(before!.id)).rejects.toThrow('full');
    expect(await h.store.turns.conversation(before!.id)).toMatchObject({ seq: before!.seq, flow: 'menu' });
    broken = false;
    await h.settle();
    expect(await h.store.turns.conversation(before!.id)).toMatchObject({ flow: 'aid-request' });
    expect((await heard(h)).map(({ text }) => text)).toEqual(['السلام عليكم', 'طلب مساعدة']);
  });

  it('is not blamed for a store that was full for long', async () => {
    let broken = true;
    const h = await started({ store: (store) => breakCommits(store, () => broken) });
    const { conversation } = await h.write('p', 'مرحبا');
    const worker = new Worker(h.sila.house);
    for (let i = 0; i < 10; i++) await expect(worker.handle(conversation)).rejects.toThrow('full');
    broken = false;
    await worker.handle(conversation);
    expect(await h.store.turns.quarantined(10)).toEqual([]);
    expect(await heard(h)).toHaveLength(1);
  });

  it('is not blamed for conversations that went to another worker again and again', async () => {
    let stale = true;
    const lose = (store: Store): Store => {
      const commit: Store['turns']['commit'] = (turn) =>
        stale ? Promise.resolve({ result: 'stale' }) : store.turns.commit(turn);
      return { ...store, turns: { ...store.turns, commit } };
    };
    const h = await started({ store: lose });
    const { conversation } = await h.write('p', 'مرحبا');
    const worker = new Worker(h.sila.house);
    for (let i = 0; i < 10; i++) await worker.handle(conversation);
    stale = false;
    await worker.handle(conversation);
    expect(await h.store.turns.quarantined(10)).toEqual([]);
    expect(await heard(h)).toHaveLength(1);
  });

  it('of a worker that lost the conversation is rejected', async () => {
    const h = await started();
    const { conversation } = await h.write('p', 'مرحبا');
    const other = { ...h.sila.house, owner: 'other' };
    let overtaken = false;
    const slow = {
      ...h.sila.house,
      flows: Object.assign(Object.create(h.sila.house.flows), {
        of: async (session: never) => {
          // While the first is thinking, its hold runs out and another worker does the turn.
          if (!overtaken) {
            overtaken = true;
            h.clock.pass(60_000);
            await new Worker(other).handle(conversation);
          }
          return h.sila.house.flows.of(session);
        },
      }),
    };
    await new Worker(slow).handle(conversation);
    expect(overtaken).toBe(true);
    expect(await heard(h)).toHaveLength(1);
    const messages = await rows(h, conversation);
    expect(new Set(messages.map(({ seq }) => seq)).size).toBe(messages.length);
    await h.tell('p', 'طلب مساعدة');
    expect(await heard(h)).toHaveLength(2);
  });

  it('leaves a conversation alone that another worker holds', async () => {
    const h = await started();
    const { conversation } = await h.write('p', 'مرحبا');
    await h.store.turns.take(conversation, 'other', h.clock.at, h.clock.at + 30_000);
    await h.settle();
    expect(await heard(h)).toHaveLength(0);
    h.clock.pass(31_000);
    await h.sila.sweepOnce();
    await h.settle();
    expect(await heard(h)).toHaveLength(1);
  });

  it('goes on where the person stood after a restart', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sila-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const first = await harness({ dir });
    await tellAll(first, 'p', ['السلام عليكم', 'طلب مساعدة']);
    await first.write('p', 'أوافق');
    await first.stop();
    const second = await started({ dir, clock: new Clock(first.clock.at + 1000) });
    await second.settle();
    const [row] = await second.store.turns.conversations({ limit: 1 });
    const record = await second.sila.house.records.sessionOf(row!);
    expect(record?.session.stack.at(-1)?.answers).toMatchObject({ consent: 'yes' });
    expect(await heard(second)).toHaveLength(3);
  });

  it('is recorded with all that it was made of', async () => {
    const h = await started();
    const turns: { turn: string; record: Uint8Array; conversation: string }[] = [];
    const commit = h.store.turns.commit.bind(h.store.turns);
    h.store.turns.commit = (turn) => (turns.push(turn), commit(turn));
    await h.tell('p', 'السلام عليكم');
    const row = await h.store.turns.conversation(turns[0]!.conversation);
    const record = await h.sila.house.records.turn.open(row!.address, turns[0]!.turn, turns[0]!.record);
    expect(record).toMatchObject({ v: 1, now: h.clock.at, input: { kind: 'message', text: 'السلام عليكم' } });
    expect(record.set).toBe(row!.flowSet);
    expect(record.runs.length).toBeGreaterThan(0);
  });
});

function breakCommits(store: Store, broken: () => boolean): Store {
  const commit = store.turns.commit.bind(store.turns);
  return {
    ...store,
    turns: {
      ...store.turns,
      commit: (turn) => (broken() ? Promise.reject(new StoreError('full', 'full')) : commit(turn)),
    },
  };
}
