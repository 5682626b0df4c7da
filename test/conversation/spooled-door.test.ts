// While the store is away people are taken in all the same: sealed in the spool, and in their order into the store when it is back.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SpoolFolder } from '../../src/spool/spool-folder.js';
import { StoreError, type Store } from '../../src/store/contract.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { blobsOnDisk } from '../../src/files/disk.js';
import { awayWhen } from '../support/away.js';
import { keepSpans } from '../support/spans.js';
import { harness, type Harness, type Options } from './harness.js';

function folder(most = 1024 * 1024) {
  const dir = mkdtempSync(join(tmpdir(), 'sila-door-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const spool = new SpoolFolder({ dir, most, lock: () => () => undefined, onDamaged: () => undefined });
  return { dir, spool };
}

/** Data that outlive a process. */
function sameData(): Pick<Options, 'dir' | 'open'> {
  const dir = mkdtempSync(join(tmpdir(), 'sila-door-data-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return {
    dir,
    open: async () => ({ store: await openEmbeddedStore({ dir }), blobs: blobsOnDisk(join(dir, 'files')) }),
  };
}

async function place(spool: SpoolFolder, more: Options = {}) {
  const server = { away: false };
  const h = await harness({
    store: (store: Store) => awayWhen(store, () => server.away),
    shared: { role: 'both', spool },
    ...more,
  });
  return { server, h };
}

/** Everything that was taken in stands in the store. */
const emptied = (h: Harness) => expect.poll(() => h.logged.some(({ event }) => event === 'spool.empty')).toBe(true);

const heard = async (h: Harness, conversation: string) => {
  const row = await h.store.turns.conversation(conversation);
  const rows = await h.store.messages.list(conversation, 0, 100);
  return Promise.all(
    rows
      .filter(({ direction }) => direction === 'in')
      .map(async ({ id, sealed }) => (await h.sila.house.records.message.open(row?.address ?? '', id, sealed)).text),
  );
};

describe('while the store is away', () => {
  it('people are taken in, each once and in their order, and nothing clear lies on the disk', async () => {
    const { dir, spool } = folder();
    const { server, h } = await place(spool);
    onTestFinished(h.stop);
    const { conversation } = await h.write('amal', 'السلام عليكم');
    await h.settle();
    server.away = true;
    for (const text of ['one', 'two', 'three']) await h.write('amal', text);
    await h.sila.host('fake').accept({ account: 'main', user: 'amal', messageId: 'twice', text: 'four' });
    await h.sila.host('fake').accept({ account: 'main', user: 'amal', messageId: 'twice', text: 'four' });
    await h.write('badr', 'a new person');
    const bytes = readFileSync(join(dir, '1', 'entries.spool'));
    for (const clear of ['amal', 'three', 'twice', 'fake']) expect(bytes.includes(clear)).toBe(false);
    server.away = false;
    await emptied(h);
    await h.settle();
    expect(await heard(h, conversation)).toEqual(['السلام عليكم', 'one', 'two', 'three', 'four']);
    expect(h.channel.said('badr').length).toBeGreaterThan(0);
    expect(readFileSync(join(dir, '1', 'entries.spool'))).toHaveLength(0);
  });

  it('a message keeps its trace on the way through the spool', async () => {
    const spans = keepSpans();
    onTestFinished(spans.stop);
    const { spool } = folder();
    const { server, h } = await place(spool);
    onTestFinished(h.stop);
    server.away = true;
    await h.write('amal', 'السلام عليكم');
    server.away = false;
    await emptied(h);
    await h.settle();
    const [accept] = spans.all;
    const within = spans.all.filter(({ own }) => own.traceId === accept?.own.traceId).map(({ name }) => name);
    expect(within.slice(0, 3)).toEqual(['accept', 'store', 'turn']);
    expect(within).toContain('send');
  });

  it('what comes later waits behind what waits, also when the store is back already', async () => {
    const { spool } = folder();
    const { server, h } = await place(spool);
    onTestFinished(h.stop);
    const { conversation } = await h.write('amal', 'السلام عليكم');
    await h.settle();
    server.away = true;
    await h.write('amal', 'one');
    server.away = false;
    expect((await h.write('amal', 'two')).conversation).toBe('');
    await emptied(h);
    await h.settle();
    expect(await heard(h, conversation)).toEqual(['السلام عليكم', 'one', 'two']);
  });

  it('delivery statuses and what nobody can read are kept too', async () => {
    const { spool } = folder();
    const { server, h } = await place(spool);
    onTestFinished(h.stop);
    h.channel.answer = (message) => Promise.resolve({ result: 'sent', providerId: `p-${message.id}` });
    const { conversation } = await h.write('amal', 'السلام عليكم');
    await h.settle();
    const [sent] = h.channel.sent;
    server.away = true;
    const host = h.sila.host('fake');
    await host.status({ account: 'main', providerId: `p-${sent?.id ?? ''}`, state: 'read', at: h.clock.at });
    await host.unreadable({ account: 'main', bytes: Buffer.from('{"x":'), why: 'json' });
    server.away = false;
    await emptied(h);
    const row = (await h.store.messages.list(conversation, 0, 100)).find(({ id }) => id === sent?.id);
    expect(row?.state).toBe('read');
    expect(await h.store.unclaimed.list('unreadable', 10)).toHaveLength(1);
  });

  it('a full spool says so, and the provider tells it again', async () => {
    const { spool } = folder(2_000);
    const { server, h } = await place(spool);
    onTestFinished(h.stop);
    server.away = true;
    const words = 'كلام '.repeat(100);
    const tries = [];
    for (let n = 0; n < 4; n++) tries.push(await h.write('amal', words).then(() => 'kept', codeOf));
    expect(tries[0]).toBe('kept');
    expect(tries.at(-1)).toBe('full');
    // Counting goes on here, so that strangers are held off as before.
    const within = () => h.sila.host('fake').within('tokens', 'x', 1, 60_000);
    expect([await within(), await within()]).toEqual([true, false]);
    server.away = false;
    await emptied(h);
    await expect.poll(() => h.write('amal', words).then(() => 'kept', codeOf)).toBe('kept');
  });

  it('a process that is killed leaves its spool to the next one', async () => {
    const { spool } = folder();
    const data = sameData();
    const first = await place(spool, data);
    const { conversation } = await first.h.write('amal', 'السلام عليكم');
    await first.h.settle();
    first.server.away = true;
    await first.h.write('amal', 'said before the end');
    await first.h.stop();
    const { h } = await place(spool, { ...data, messagesBefore: 2 });
    onTestFinished(h.stop);
    await emptied(h);
    await h.settle();
    expect(await heard(h, conversation)).toEqual(['السلام عليكم', 'said before the end']);
  });

  it('a message that can never be stored is put before staff, and its neighbours go on', async () => {
    const { spool } = folder();
    const data = sameData();
    const first = await place(spool, data);
    const { records, ids } = first.h.sila.house;
    await first.h.stop();
    const left = await spool.own();
    for (const account of ['', 'main']) {
      const [id, item] = [ids.next(), ids.next()];
      const incoming = { account, user: 'amal', messageId: `m-${account}`, text: `to "${account}"` };
      const body = { v: 1, kind: 'message', channel: 'fake', incoming, id: item, at: first.h.clock.at } as const;
      await left.file.append({ id, sealed: await records.spooled.seal('', id, body) });
    }
    await left.file.append({ id: ids.next(), sealed: Buffer.from('of another key') });
    await left.close();

    const { h } = await place(spool, data);
    onTestFinished(h.stop);
    await emptied(h);
    await h.settle();
    expect(h.channel.said('amal').length).toBeGreaterThan(0);
    const [aside, ...more] = await h.store.unclaimed.list('unreadable', 10);
    expect(more).toEqual([]);
    expect(await h.sila.house.records.unclaimed.open('', aside!.id, aside!.sealed)).toMatchObject({ why: 'spool' });
    expect(h.logged.map(({ event }) => event)).toEqual(expect.arrayContaining(['spool.put_aside', 'spool.unreadable']));
  });

  it('what a newer program wrote is left to that one, and its neighbours go on', async () => {
    const { spool } = folder();
    const data = sameData();
    const first = await place(spool, data);
    const { vault, ids } = first.h.sila.house;
    await first.h.stop();
    const left = await spool.own();
    for (const v of [2, 1]) {
      const [id, item] = [ids.next(), ids.next()];
      const incoming = { account: 'main', user: 'amal', messageId: `m-${v}`, text: `of version ${v}` };
      const body = { v, kind: 'message', channel: 'fake', incoming, id: item, at: first.h.clock.at };
      const where = { table: 'spool', record: id, field: 'body' };
      await left.file.append({ id, sealed: await vault.seal('intake', where, body) });
    }
    await left.close();
    const { h } = await place(spool, data);
    onTestFinished(h.stop);
    await expect
      .poll(async () => {
        await h.settle();
        return h.channel.said('amal').length;
      })
      .toBeGreaterThan(0);
    const events = h.logged.map(({ event }) => event).filter((event) => event.startsWith('spool.'));
    expect(events).toEqual(['spool.failed']);
    // It lies there as before.
    expect((await spool.own()).file.waiting).toBe(2);
  });

  it('what a provider took is noted when the store is back, and not sent again', async () => {
    const { spool } = folder();
    const { server, h } = await place(spool);
    onTestFinished(h.stop);
    h.channel.answer = () => {
      server.away = true;
      return Promise.resolve({ result: 'sent', providerId: 'p1' });
    };
    const { conversation } = await h.write('amal', 'السلام عليكم');
    const handled = h.settle();
    await expect.poll(() => h.logged.some(({ event }) => event === 'send.not_noted')).toBe(true);
    h.channel.answer = () => Promise.resolve({ result: 'sent' });
    server.away = false;
    await handled;
    expect(new Set(h.channel.sent.map(({ id }) => id)).size).toBe(h.channel.sent.length);
    const out = (await h.store.messages.list(conversation, 0, 100)).filter(({ direction }) => direction === 'out');
    expect(new Set(out.map(({ state }) => state))).toEqual(new Set(['sent']));
  });

  it('a channel that breaks its contract is told at once', async () => {
    const { spool } = folder();
    const { server, h } = await place(spool);
    onTestFinished(h.stop);
    server.away = true;
    const broken = { account: '', user: 'amal', messageId: 'm1', text: 'x' };
    await expect(h.sila.host('fake').accept(broken)).rejects.toThrow(/account/);
  });
});

function codeOf(error: unknown): string {
  return error instanceof StoreError ? error.code : String(error);
}
