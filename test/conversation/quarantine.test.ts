// What cannot be handled is put aside with its reason; the person hears a word, staff are told, neighbours go on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Gate } from '../../src/conversation/gate.js';
import { MOST_TRIES } from '../../src/conversation/arrivals.js';
import { Worker } from '../../src/conversation/worker.js';
import { Clock, harness, started, type Harness } from './harness.js';

/** A finder that breaks on one word stands for any fault of ours that one message brings to light. */
function poison(h: Harness, word: string): void {
  const find = h.sila.house.finder.find.bind(h.sila.house.finder);
  Object.assign(h.sila.house.finder, {
    find: (question: string, language: string) => {
      if (question.includes(word)) throw new TypeError(`cannot read ${question}`);
      return find(question, language);
    },
  });
}

describe('a message that cannot be handled', () => {
  it('is put aside after three tries, with an apology and a notice; what follows is answered', async () => {
    const h = await started();
    poison(h, 'سمّ');
    await h.tell('p', 'السلام عليكم');
    await h.write('p', 'ما هو هذا سمّ قديم؟');
    await h.write('p', 'طلب مساعدة');
    await h.write('neighbour', 'السلام عليكم');
    await h.settle();
    const [aside, ...others] = await h.store.turns.quarantined(10);
    expect(others).toEqual([]);
    expect(aside?.reason).toBe('TypeError');
    const said = h.channel.said('p');
    expect(said.filter((text) => text === h.sila.house.texts.say('engine.failure', 'ar'))).toHaveLength(1);
    const row = await h.store.turns.conversation(aside!.conversation);
    expect(row?.flow).toBe('aid-request');
    expect(h.channel.said('neighbour').length).toBeGreaterThan(0);
    const notices = await h.store.notices.list({ limit: 10 });
    expect(notices.filter(({ kind }) => kind === 'quarantined')).toHaveLength(1);
  });

  it('is not quoted in the log', async () => {
    const h = await started();
    poison(h, 'سمّ');
    await h.tell('p', 'السلام عليكم');
    await h.tell('p', 'ما هو هذا سمّ قديم؟');
    expect(JSON.stringify(h.logged)).not.toContain('سمّ');
    expect(h.logged.map(({ event }) => event)).toContain('item.quarantined');
  });

  it('is handled after all when staff try it again', async () => {
    const h = await started();
    poison(h, 'سمّ');
    await h.tell('p', 'السلام عليكم');
    await h.tell('p', 'ما هو هذا سمّ قديم؟');
    const [aside] = await h.store.turns.quarantined(10);
    Object.assign(h.sila.house.finder, { find: () => ({ outcome: 'none', others: [] }) });
    await h.store.turns.retry(aside!.id);
    await h.sila.sweepOnce();
    await h.settle();
    expect(await h.store.turns.quarantined(10)).toEqual([]);
    const transcript = await h.sila.host('fake').transcript('main', 'p', 0, 100);
    expect(transcript.map(({ text }) => text)).toContain('ما هو هذا سمّ قديم؟');
  });

  it('that brings the process down is put aside once it has done so three times, and nothing else is', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sila-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const clock = new Clock();
    const users = ['a', 'poison', 'b', 'c'];
    const first = await harness({ dir, clock });
    for (const user of users) await first.write(user, 'السلام عليكم');
    await first.stop();
    // Every life of the process ends in the middle of the poison's turn: its try is counted, its turn never commits.
    for (let life = 0; life < MOST_TRIES; life++) {
      clock.pass(1000);
      const h = await harness({ dir, clock });
      const died = crashOn(h, 'poison');
      const rest = h.settle().catch(() => undefined);
      await Promise.race([died, rest]);
      await h.store.close();
    }
    clock.pass(1000);
    const last = await started({ dir, clock });
    await last.settle();
    const aside = await last.store.turns.quarantined(10);
    expect(aside.map(({ reason }) => reason)).toEqual(['crashed']);
    for (const user of users) {
      const transcript = await last.sila.host('fake').transcript('main', user, 0, 100);
      expect(transcript.filter(({ from }) => from === 'person')).toHaveLength(user === 'poison' ? 0 : 1);
      expect(transcript.filter(({ from }) => from === 'bot').length).toBeGreaterThan(0);
    }
  });
});

describe('a message that brings the process down while it is opened', () => {
  it('is put aside once it has done so three times; an album before it, its neighbours and others go on', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sila-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const clock = new Clock();
    const first = await harness({ dir, clock });
    await first.write('a', 'السلام عليكم');
    await first.write('p', 'أولى', { album: 'x' });
    await first.write('p', 'ثانية', { album: 'x' });
    const { item: poison } = await first.write('p', 'سمّ');
    await first.write('p', 'بعده');
    await first.stop();
    for (let life = 0; life < MOST_TRIES; life++) {
      clock.pass(2_000);
      const h = await harness({ dir, clock });
      const died = crashOnOpening(h, poison);
      await Promise.race([died, h.settle().catch(() => undefined)]);
      expect(await h.store.turns.quarantined(9)).toEqual([]);
      await h.store.close();
    }
    clock.pass(2_000);
    const last = await harness({ dir, clock });
    let opened = false;
    void crashOnOpening(last, poison).then(() => (opened = true));
    await last.sila.sweepOnce();
    await last.settle();
    onTestFinished(() => last.stop());
    expect(opened).toBe(false);
    expect(await last.store.turns.quarantined(9)).toMatchObject([{ id: poison, reason: 'crashed' }]);
    const heard = async (user: string) =>
      (await last.sila.host('fake').transcript('main', user, 0, 100))
        .filter(({ from }) => from === 'person')
        .map(({ text }) => text);
    expect(await heard('a')).toEqual(['السلام عليكم']);
    expect(await heard('p')).toEqual(['أولى\nثانية', 'بعده']);
    expect(last.channel.said('p')).toContain(last.sila.house.texts.say('engine.failure', 'ar'));
  });

  it('is not blamed for waiting: files on their way, however often the process begins anew', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sila-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const clock = new Clock();
    const remote = [{ name: 'x.jpg', facts: { id: '1' } }];
    const first = await harness({ dir, clock });
    await first.write('p', 'ورقة', { remote });
    await first.stop();
    for (let life = 0; life < MOST_TRIES + 2; life++) {
      clock.pass(2_000);
      const h = await harness({ dir, clock });
      Object.assign(h.channel, { fetchFile: () => new Promise(() => undefined) });
      await h.sila.sweepOnce();
      await h.queue.drain();
      await h.store.close();
    }
    clock.pass(2_000);
    const last = await started({ dir, clock });
    Object.assign(last.channel, {
      fetchFile: () => Promise.resolve({ result: 'refused', refused: 'file_unreadable' }),
    });
    await last.sila.sweepOnce();
    await vi.waitFor(async () => {
      await last.settle();
      expect(last.channel.said('p')).not.toEqual([]);
    });
    expect(await last.store.turns.quarantined(9)).toEqual([]);
    expect(last.channel.said('p').length).toBeGreaterThan(0);
  });
});

/** Opening the item never ends; resolves when it has begun, which is where the process dies. */
function crashOnOpening(h: Harness, id: string): Promise<void> {
  const { item } = h.sila.house.records;
  return new Promise((died) => {
    const open = item.open.bind(item);
    Object.assign(item, {
      open: (subject: string, one: string, sealed: Uint8Array) => {
        if (one !== id) return open(subject, one, sealed);
        died();
        return new Promise<never>(() => undefined);
      },
    });
  });
}

/** The poison's turn never ends; resolves when it has begun, which is where the process dies. */
function crashOn(h: Harness, user: string): Promise<void> {
  const { records, store } = h.sila.house;
  return new Promise((died) => {
    const sessionOf = records.sessionOf.bind(records);
    Object.assign(records, {
      sessionOf: async (row: Parameters<typeof sessionOf>[0]) => {
        const home = await store.addresses.conversationOf('main', h.sila.house.vault.hash('address', 'main', user));
        if (home?.conversation !== row.id) return sessionOf(row);
        died();
        return new Promise<never>(() => undefined);
      },
    });
  });
}

describe('the gate', () => {
  it('lets one be alone, in its turn', async () => {
    const gate = new Gate();
    const log: string[] = [];
    const work = (name: string, alone: boolean) =>
      gate.run(alone, async () => {
        log.push(`+${name}`);
        for (let i = 0; i < 5; i++) await Promise.resolve();
        log.push(`-${name}`);
      });
    await Promise.all([work('a', false), work('b', false), work('X', true), work('c', false), work('Y', true)]);
    expect(log).toEqual(['+a', '+b', '-a', '-b', '+X', '-X', '+c', '-c', '+Y', '-Y']);
  });

  it('opens again after a failure', async () => {
    const gate = new Gate();
    await expect(gate.run(true, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await expect(gate.run(false, () => Promise.resolve(1))).resolves.toBe(1);
  });
});

describe('a worker that stops', () => {
  it('ends the turn under way and leaves the rest for the next process', async () => {
    const h = await started();
    for (let i = 0; i < 5; i++) await h.write('p', `${i}`, { messageId: `s${i}` });
    const [conversation] = await h.store.turns.waiting(h.clock.at, 1);
    const worker = new Worker(h.sila.house);
    const done = worker.handle(conversation!);
    worker.stop();
    await done;
    expect((await h.store.turns.items(conversation!, 10)).length).toBeGreaterThanOrEqual(4);
    await h.settle();
    expect(await h.store.turns.items(conversation!, 10)).toEqual([]);
  });
});
