// Indexes of an older program: made anew where their definition changed, by one of the processes that start together.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMongoStore } from '../../src/store/mongo/open.js';
import { servers } from '../support/servers.js';
import { mongoPlace } from './mongo-place.js';
import { mongoProxy } from './mongo-proxy.js';
import { hintOf, itemOf } from './rows.js';

type Database = NonNullable<Awaited<ReturnType<ReturnType<typeof mongoPlace>['connection']>>['db']>;
interface Fact {
  _id: string;
  value?: string;
  holder?: string;
  until?: Date;
}

const PROCESSES = 5;
const HOUR = 3_600_000;
const [LOGIN, NOTICES] = [{ login: 1 }, { at: 1, kind: 1 }] as const;

describe.skipIf(servers.mongo === null)('indexes of an older program', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  let db: Database;
  let defined: Record<string, unknown[]>;
  const facts = () => db.collection<Fact>('facts');
  const open = () => openMongoStore({ url: place.url, random: Math.random });

  beforeEach(async () => {
    const opened = await place.open();
    await opened.close();
    db = (await place.connection()).db!;
    defined = await indexesOf(db);
    await facts().updateOne({ _id: 'shape' }, { $set: { value: 'older' } });
  });
  afterEach(async () => {
    await db.collection('mailbox').deleteMany({});
    await db.collection('staff').deleteMany({});
    expect(await indexesOf(db)).toEqual(defined);
    expect(await facts().findOne({ _id: 'indexing' })).toBeNull();
  });

  it('are made anew once, whichever of the processes that start together does it; those of the operator stay', async () => {
    const [staff, mailbox, notices] = [db.collection('staff'), db.collection('mailbox'), db.collection('notices')];
    await staff.dropIndex('login');
    // The same name and other columns, the same columns by another name, one that refuses what may be written now, one of the operator's own.
    await staff.createIndexes([{ key: { login: -1 }, name: 'login' }]);
    await mailbox.dropIndex('conversation_arrival');
    await mailbox.createIndexes([{ key: { conversation: 1, arrival: 1 }, name: 'by_arrival', unique: true }]);
    await notices.createIndexes([{ key: NOTICES, name: 'once', unique: true }]);
    await notices.createIndexes([{ key: { kind: -1, at: 1 }, name: 'of_the_operator' }]);
    const stores = await Promise.all(Array.from({ length: PROCESSES }, open));
    const now = await indexesOf(db);
    expect(now['notices']).toContainEqual(expect.objectContaining({ name: 'of_the_operator' }));
    await notices.dropIndex('of_the_operator');
    expect(await indexesOf(db)).toEqual(defined);
    expect((await facts().findOne({ _id: 'shape' }))?.value).not.toBe('older');
    expect((await stores[0]!.turns.accept(hintOf('a'), itemOf('i1'))).duplicate).toBe(false);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('wait for a process that is at it, and not for one that died', async () => {
    await older(db);
    await facts().insertOne({ _id: 'indexing', holder: 'another', until: new Date(Date.now() + HOUR) });
    const proxy = await mongoProxy(place.url);
    const opening = openMongoStore({ url: proxy.url, random: Math.random });
    const tries = () => proxy.heard.filter((command) => command['insert'] === 'facts').length;
    await expect.poll(tries).toBeGreaterThan(1);
    expect((await indexesOf(db))['staff']).not.toEqual(defined['staff']);
    await facts().updateOne({ _id: 'indexing' }, { $set: { until: new Date(Date.now() - HOUR) } });
    await (await opening).close();
    await proxy.close();
  });

  it('stay where rows clash in the new ones, and the start says in which', async () => {
    await older(db);
    await db.collection<{ _id: string; login: string }>('staff').insertMany([
      { _id: 's1', login: 'same' },
      { _id: 's2', login: 'same' },
    ]);
    const before = await indexesOf(db);
    await expect(open()).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining('login') as string });
    expect(await indexesOf(db)).toEqual(before);
    expect((await facts().findOne({ _id: 'shape' }))?.value).toBe('older');
    await db.collection('staff').deleteMany({ login: 'same' });
    await (await open()).close();
  });
});

/** What an older program called the same, and did not make unique. */
async function older(db: Database): Promise<void> {
  await db.collection('staff').dropIndex('login');
  await db.collection('staff').createIndexes([{ key: LOGIN, name: 'login' }]);
}

/** Of every collection, by name. */
async function indexesOf(db: Database): Promise<Record<string, unknown[]>> {
  const all = await db.collections();
  const listed = await Promise.all(
    all.map(async (one) => {
      const indexes = await one.listIndexes().toArray();
      return [one.collectionName, indexes.sort((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1))] as const;
    }),
  );
  return Object.fromEntries(listed);
}
