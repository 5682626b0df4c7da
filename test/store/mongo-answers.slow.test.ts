// What the store asks of its server, and what it does when an answer is lost on the way.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import { servers } from '../support/servers.js';
import { mongoPlace } from './mongo-place.js';
import { mongoProxy } from './mongo-proxy.js';
import type { Heard, MongoProxy } from './mongo-proxy.js';
import { bytes, hintOf, itemOf, messageOf, noticeOf, speak, turnOf } from './rows.js';

const C = 'conversation-a';

describe.skipIf(servers.mongo === null)('between a store and MongoDB', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  let proxy: MongoProxy;
  let store: Store;
  beforeEach(async () => {
    await (await place.open()).close();
    proxy = await mongoProxy(place.url);
    store = await openMongoStore({ url: `${proxy.url}&serverSelectionTimeoutMS=2000`, random: Math.random });
  });
  afterEach(async () => {
    await store.close();
    await proxy.close();
  });

  const named = (name: string) => proxy.heard.filter((command) => name in command);
  /** The commit that is under way when the answers stop. */
  const turn = (id: string) =>
    turnOf(id, C, 1, 'i1', {
      patch: { step: 'x', addUnread: 1 },
      messages: [messageOf('m1'), messageOf('m2')],
      notices: [noticeOf('n1')],
    });
  const begin = async () => {
    await store.turns.accept(hintOf('a'), itemOf('i1'));
    await store.turns.take(C, 'w', 1, 2);
  };
  const once = async () => {
    expect((await store.messages.list(C, 0, 9)).map(({ id, seq }) => `${id} ${seq}`)).toEqual(['m1 1', 'm2 2']);
    expect(await store.turns.conversation(C)).toMatchObject({ seq: 2, unread: 1, step: 'x' });
    expect(await store.turns.items(C, 9)).toEqual([]);
    expect(await store.notices.list({ limit: 9 })).toHaveLength(1);
  };

  it('writes on the disks of a majority, reads what a majority has, and sees one moment within a turn', async () => {
    await speak(store, 'a', 'i1', { messages: [messageOf('m1')] });
    await store.messages.claim(C, 5, 0);
    await store.messages.settle('m1', 1, { state: 'sent', at: 6 });
    await store.counters.hit('k', 5, 1);
    await store.turns.release(C, 1);
    const within = (command: Heard) => command['autocommit'] === false;
    const writes = ['insert', 'update', 'delete', 'findAndModify'].flatMap(named).filter((one) => !within(one));
    expect(writes.length).toBeGreaterThan(3);
    for (const ended of [...writes, ...named('commitTransaction')])
      expect(ended['writeConcern']).toMatchObject({ w: 'majority', j: true });
    for (const read of ['find', 'aggregate'].flatMap(named).filter((one) => !within(one)))
      expect(read['readConcern']).toEqual({ level: 'majority' });
    const first = proxy.heard.filter((command) => command['startTransaction'] === true);
    expect(first.length).toBeGreaterThanOrEqual(3);
    for (const command of first) expect(command['readConcern']).toMatchObject({ level: 'snapshot' });
  });

  it.each([1, 2, 4])('commits a turn once although %i answers to its commit are lost', async (lost) => {
    await begin();
    proxy.loseAnswers('commitTransaction', lost);
    expect(await store.turns.commit(turn('t1'))).toEqual({ result: 'committed', seq: 2 });
    proxy.loseAnswers('commitTransaction', 0);
    await once();
    expect(await store.turns.commit(turn('t1'))).toEqual({ result: 'duplicate' });
  });

  it.each([1, 2, 4])('commits a turn once although its commit is lost %i times before it arrives', async (lost) => {
    await begin();
    proxy.loseCommands('commitTransaction', lost);
    expect(await store.turns.commit(turn('t1'))).toEqual({ result: 'committed', seq: 2 });
    await once();
  });

  it.each(['insert', 'findAndModify', 'find', 'delete'])('commits a turn once when its %s is lost', async (command) => {
    await begin();
    proxy.loseCommands(command, 1);
    expect(await store.turns.commit(turn('t1'))).toEqual({ result: 'committed', seq: 2 });
    await once();
  });

  it('says that it kept an item whose answer was lost, and keeps it once', async () => {
    proxy.loseAnswers('commitTransaction', 2);
    expect(await store.turns.accept(hintOf('a'), itemOf('i1'))).toEqual({
      ...{ conversation: C, address: 'address-a', item: 'i1', duplicate: false },
    });
    expect(await store.turns.accept(hintOf('a'), itemOf('again', { dedupeKey: 'dedupe-i1' }))).toMatchObject({
      ...{ item: 'i1', duplicate: true },
    });
    expect(await store.turns.items(C, 9)).toHaveLength(1);
  });

  it('does the rest once, whose answers were lost', async () => {
    await begin();
    proxy.loseAnswers('commitTransaction', 2);
    expect(await store.turns.put(C, itemOf('i2', { kind: 'staff' }))).toMatchObject({ item: 'i2', duplicate: false });
    proxy.loseAnswers('commitTransaction', 2);
    await store.turns.quarantine('i1', 1, 'broke', noticeOf('n1'));
    proxy.loseAnswers('commitTransaction', 2);
    await store.unclaimed.keep({ id: 'u1', kind: 'status', key: 'k', at: 1, until: 9, sealed: bytes('u') }, 5);
    await store.turns.commit(turnOf('t2', C, 1, 'i2', { patch: { dueAt: 50 } }));
    proxy.loseAnswers('commitTransaction', 2);
    await store.turns.takeDue(60, 9, () => itemOf('due', { kind: 'timer' }));
    expect((await store.turns.items(C, 9)).map(({ id }) => id)).toEqual(['due']);
    expect((await store.turns.quarantined(9)).map(({ id }) => id)).toEqual(['i1']);
    expect(await store.notices.list({ limit: 9 })).toHaveLength(1);
    expect(await store.unclaimed.list('status', 9)).toHaveLength(1);
  });

  it('does not claim a message twice when the answer is lost: it says that it failed', async () => {
    await begin();
    await store.turns.commit(turn('t1'));
    proxy.loseAnswers('commitTransaction', 2);
    await expect(store.messages.claim(C, 5, 0)).rejects.toMatchObject({ code: 'failed' });
    expect(await store.messages.get('m1')).toMatchObject({ state: 'sending', attempts: 1, sendFence: 1 });
    expect(await store.messages.claim(C, 6, 0)).toBeNull();
    expect(await store.messages.claim(C, 6, 6)).toMatchObject({ id: 'm1', attempts: 2, sendFence: 2 });
  });

  it('fails while the server is away, says so, and goes on when it is back', async () => {
    await begin();
    expect(await store.healthy()).toBe(true);
    proxy.cut();
    await expect(store.turns.accept(hintOf('b'), itemOf('i2'))).rejects.toMatchObject({ code: 'failed' });
    expect(await store.healthy()).toBe(false);
    proxy.mend();
    await expect.poll(() => store.healthy(), { timeout: 100_000 }).toBe(true);
    expect(await store.turns.commit(turn('t1'))).toEqual({ result: 'committed', seq: 2 });
  });

  it('refuses what comes after it was closed, and lets what is under way end', async () => {
    await begin();
    const going = store.turns.commit(turn('t1'));
    await store.close();
    expect(await going).toEqual({ result: 'committed', seq: 2 });
    await expect(store.turns.conversation(C)).rejects.toMatchObject({ code: 'closed' });
    await expect(store.turns.commit(turn('t2'))).rejects.toMatchObject({ code: 'closed' });
  });
});
