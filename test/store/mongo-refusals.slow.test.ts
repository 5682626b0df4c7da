// What the store over MongoDB refuses: servers that lose things, data of a newer program, and operators that are not its own.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import { servers } from '../support/servers.js';
import { mongoPlace } from './mongo-place.js';
import { mongoProxy } from './mongo-proxy.js';
import { bytes, hintOf, itemOf, noticeOf, speak, submissionOf, turnOf } from './rows.js';

const random = Math.random;

describe.skipIf(servers.mongo === null)('opening a store over MongoDB', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  it('refuses a server that stands alone, unless it was told otherwise', async () => {
    const alone = await mongoProxy(place.url, 'setName');
    await expect(openMongoStore({ url: alone.url, random })).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('stands alone') as string,
    });
    const names = (await (await place.connection()).db?.listCollections().toArray())?.map(({ name }) => name);
    expect(names).toEqual([]);
    const store = await openMongoStore({ url: alone.url, random, allowStandalone: true });
    await speak(store, 'a', 'i1');
    await store.close();
    await alone.close();
  });

  it('says that no server answers, without what the address says of passwords', async () => {
    const proxy = await mongoProxy(place.url);
    await proxy.close();
    const url = proxy.url.replace('mongodb://', 'mongodb://person:secret@');
    const error: unknown = await openMongoStore({ url, random }).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'failed' });
    expect(String(error)).not.toContain('secret');
  });

  it('refuses data of a newer program, and writes nothing', async () => {
    const opened = await place.open();
    await opened.store.turns.accept(hintOf('a'), itemOf('i1'));
    await opened.close();
    const { db } = await place.connection();
    const facts = db!.collection<{ _id: string; value: string }>('facts');
    const shape = { shape: (await facts.findOne({ _id: 'shape' }))?.value };
    await facts.updateOne({ _id: 'version' }, { $set: { value: '99' } });
    await facts.updateOne({ _id: 'shape' }, { $set: { value: 'another' } });
    await db!.collection('leases').drop();
    const proxy = await mongoProxy(place.url);
    await expect(openMongoStore({ url: proxy.url, random })).rejects.toMatchObject({ code: 'newer_data' });
    const names = new Set(proxy.heard.map((command) => Object.keys(command)[0]));
    expect([...names].filter((name) => !['hello', 'ping', 'endSessions', 'find'].includes(name ?? ''))).toEqual([]);
    await proxy.close();
    await facts.updateOne({ _id: 'version' }, { $set: { value: '1' } });
    // An older shape of the same version is brought up to date: what is missing is made.
    const again = await openMongoStore({ url: place.url, random });
    expect(await again.leases.hold('x', 'me', 1, 2)).toBe(true);
    expect(await facts.findOne({ _id: 'shape' })).toEqual({ _id: 'shape', value: shape.shape });
    expect(await again.turns.items('conversation-a', 9)).toHaveLength(1);
    await again.close();
  });
});

describe.skipIf(servers.mongo === null)('what callers give', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  let store: Store;
  beforeEach(async () => {
    ({ store } = await place.open());
    await speak(store, 'a', 'i1', { submissions: [submissionOf('1')], notices: [noticeOf('n1')] });
    await store.staff.add({
      ...{ id: 's1', login: 'admin', name: 'A', role: 'administrator', password: 'x', disabledAt: null, createdAt: 1 },
    });
    await store.staff.addSession({ tokenHash: 'h', staff: 's1', csrf: 'c', startedAt: 1, expiresAt: 99 });
    await store.uploads.add({
      ...{ tokenKey: 'k', conversation: 'conversation-a', run: 'r', step: 's', at: 1, expiresAt: 99 },
    });
    await store.keys.putIfAbsent('address:a', bytes('wrapped'));
  });
  afterEach(() => store.close());

  /** Shapes that a JSON body or a query string could bring where a text is expected. */
  const shapes: [string, unknown][] = [
    ['$ne', { $ne: null }],
    ['$gt', { $gt: '' }],
    ['$regex', { $regex: '.*' }],
    ['$in', { $in: ['admin', 'h', 'k', 'a', 'conversation-a', 'address-a', 'key-a', 'main'] }],
    ['$where', { $where: 'true' }],
    ['$expr', { $expr: { $eq: [1, 1] } }],
    ['$not', { $not: { $eq: 'x' } }],
    ['an expression', /.*/],
    ['a list', ['admin', 'h', 'k']],
  ];

  it.each(shapes)('is never an operator: %s', async (_, value) => {
    const given = value as string;
    const asks: Record<string, () => Promise<unknown>> = {
      byLogin: () => store.staff.byLogin(given),
      byId: () => store.staff.byId(given),
      session: () => store.staff.session(given, 1),
      upload: () => store.uploads.get(given),
      key: () => store.keys.get(given),
      conversation: () => store.turns.conversation(given),
      items: () => store.turns.items(given, 9),
      home: () => store.addresses.conversationOf('main', given),
      homeOf: () => store.addresses.homeOf(given),
      messages: () => store.messages.list(given, 0, 9),
      status: () => store.messages.status(given, 'read', 1),
      submission: () => store.cases.submission(given),
      cases: () => store.cases.find([given], 9),
      entries: () => store.registers.find([given], 9),
      code: () => store.contacts.code(given, 1),
      holder: () => store.leases.holder(given, 0),
      flows: () => store.flowSets.get(given),
      take: () => store.turns.take(given, 'w', 99, 100),
      unclaimed: () => store.unclaimed.take('status', given),
    };
    for (const [name, ask] of Object.entries(asks)) {
      const answer = await ask().catch((error: unknown) => ({ code: (error as { code?: unknown }).code }));
      expect([null, false, undefined, 'none', 'failed'], name).toContain(
        Array.isArray(answer)
          ? answer.length === 0
            ? null
            : answer
          : ((answer as { code?: unknown } | null)?.code ?? answer),
      );
    }
  });

  it.each(shapes)('changes nothing as an operator: %s', async (_, value) => {
    const given = value as string;
    const before = { stats: await store.stats(), conversation: await store.turns.conversation('conversation-a') };
    await store.staff.endSession(given).catch(() => undefined);
    await store.staff.setPassword(given, 'mine').catch(() => undefined);
    await store.turns.release(given, 1).catch(() => undefined);
    await store.turns.opened(given).catch(() => undefined);
    await store.notices.seen(given, 5).catch(() => undefined);
    await store.addresses.erase(given, 5).catch(() => undefined);
    await store.cases.erase(given).catch(() => undefined);
    await store.keys.destroy(given, 5).catch(() => undefined);
    await store.turns.commit(turnOf('t9', 'conversation-a', 1, given)).catch(() => undefined);
    expect(await store.stats()).toEqual(before.stats);
    expect(await store.turns.conversation('conversation-a')).toEqual(before.conversation);
    expect(await store.staff.session('h', 1)).not.toBeNull();
    expect((await store.staff.byId('s1'))?.password).toBe('x');
    expect(await store.keys.get('address:a')).toEqual(bytes('wrapped'));
  });

  it('is checked before it is written, and an error says which column, never what was given', async () => {
    const told = await store.turns
      .accept(hintOf('b'), itemOf('i9', { kind: 'secret words' as 'message' }))
      .catch((error: unknown) => error);
    expect(told).toMatchObject({ code: 'failed', message: expect.stringContaining('kind') as string });
    expect(String(told)).not.toContain('secret words');
    const clash = await store.turns
      .accept(hintOf('b'), itemOf('again', { dedupeKey: 'other', id: 'i1' }))
      .then(() => store.turns.accept(hintOf('c'), itemOf('i1', { dedupeKey: 'third' })))
      .catch((error: unknown) => error);
    expect(String(clash)).not.toContain('i1');
  });
});
