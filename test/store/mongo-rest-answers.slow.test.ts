// Cases, registers, contacts, keys, staff and questions, when nobody tells whether a transaction stands: done once, and told as done.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LessonRow, Store } from '../../src/store/contract.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import { servers } from '../support/servers.js';
import { mongoPlace } from './mongo-place.js';
import { mongoProxy } from './mongo-proxy.js';
import type { MongoProxy } from './mongo-proxy.js';
import { bytes, caseOf, codeOf, entryOf, eventOf, hintOf, itemOf, noticeOf, speak, ticketOf } from './rows.js';

const C = 'conversation-a';
const lesson: Omit<LessonRow, 'endedAt'> = {
  ...{ id: 'l1', key: 'k1', intent: 'hours', by: 's1', at: 1_000, sealed: bytes('lesson') },
};
const model = { ...{ id: 'm1', hash: 'h', lessons: ['l1'], figures: '{}', at: 3_000, previous: null } };

describe.skipIf(servers.mongo === null)('a commit whose answer is lost', () => {
  const place = mongoPlace();
  afterAll(() => place.drop());

  let proxy: MongoProxy;
  let store: Store;
  beforeEach(async () => {
    await (await place.open()).close();
    proxy = await mongoProxy(place.url);
    store = await openMongoStore({ url: proxy.url, random: Math.random });
  });
  afterEach(async () => {
    await store.close();
    await proxy.close();
  });

  /** The commit is done and its answer lost, twice: the driver itself asks again once. */
  const unanswered = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = proxy.heard.filter((command) => 'commitTransaction' in command).length;
    proxy.loseAnswers('commitTransaction', 2);
    const result = await work();
    expect(proxy.heard.filter((command) => 'commitTransaction' in command).length).toBeGreaterThanOrEqual(before + 2);
    return result;
  };
  const openCase = () => store.cases.open(caseOf('1'), [eventOf(1)], ['k'], noticeOf('n1'));
  const row = { status: 'study', assignedTo: null, changedAt: 4_000, sealed: bytes('new') };

  it('opens a case once, and says that it did', async () => {
    expect(await unanswered(openCase)).toBe(true);
    expect(await store.cases.open(caseOf('1', { sealed: bytes('other') }), [], [], noticeOf('n2'))).toBe(false);
    expect(await store.cases.events('1')).toHaveLength(1);
    expect(await store.notices.list({ limit: 9 })).toHaveLength(1);
  });

  it('changes a case once and tells the person once', async () => {
    await store.turns.accept(hintOf('a'), itemOf('i1'));
    await openCase();
    expect(await unanswered(() => store.cases.append('1', 1, [eventOf(2)], row, itemOf('tell')))).toBe(true);
    expect(await store.cases.append('1', 1, [eventOf(2)], row)).toBe(false);
    expect(await store.cases.get('1')).toMatchObject({ version: 2, status: 'study' });
    expect((await store.turns.items(C, 9)).map(({ id }) => id)).toEqual(['i1', 'tell']);
  });

  it.each([1, 2, 3])('does not take another’s change of a case for its own, round %i', async () => {
    await openCase();
    const other = await place.beside();
    const change = (by: Store, who: string) =>
      by.cases.append('1', 1, [eventOf(2, { sealed: bytes(who) })], { ...row, sealed: bytes(who) });
    proxy.loseCommands('commitTransaction', 2);
    const changed = await Promise.all([change(store, 'mine'), change(other, 'theirs')]);
    await other.close();
    const winner = bytes(changed[0] ? 'mine' : 'theirs');
    expect([...changed].sort()).toEqual([false, true]);
    expect(await store.cases.get('1')).toMatchObject({ version: 2, sealed: winner });
    expect(await store.cases.events('1')).toMatchObject([{ version: 1 }, { version: 2, sealed: winner }]);
  });

  it('gives an entry one number, and changes it once', async () => {
    const letter = await store.registers.add(entryOf('in', { register: 'incoming' }), []);
    const answer = entryOf('out', { register: 'outgoing', answers: 'in' });
    expect(await unanswered(() => store.registers.add(answer, ['k']))).toMatchObject({ id: 'out', number: 1 });
    expect(await store.registers.get('in')).toMatchObject({ answeredBy: 'out', version: letter.version + 1 });
    const change = { state: 'sent', changedAt: 5_000, sealed: bytes('sent'), index: ['k2'] };
    expect(await unanswered(() => store.registers.change('out', 1, change))).toBe(true);
    expect(await store.registers.change('out', 1, change)).toBe(false);
    expect(await store.registers.get('out')).toMatchObject({ state: 'sent', version: 2 });
    expect(await store.registers.find(['k2'], 9)).toHaveLength(1);
    await unanswered(() => store.registers.erase('out', 6_000));
    expect(await store.registers.get('out')).toMatchObject({ state: 'erased', version: 3 });
    expect(await store.registers.add(entryOf('next', { register: 'outgoing' }), [])).toMatchObject({ number: 2 });
  });

  it('links once, and says whom it separated', async () => {
    for (const person of ['a', 'b']) await speak(store, person, `hello-${person}`);
    await unanswered(() => store.contacts.addCode(codeOf('one', 'a')));
    const typed = { id: 'r1', codeKey: 'key-one', address: 'address-b', at: 1_500, contact: 'contact-1' };
    const linked = { result: 'linked', member: codeOf('one', 'a').member, contact: 'contact-1', transfer: 'r1' };
    expect(await unanswered(() => store.contacts.redeem(typed))).toEqual(linked);
    expect(await store.contacts.linked('address-a')).toHaveLength(2);
    expect(await store.contacts.underWay(9)).toHaveLength(1);
    expect(await unanswered(() => store.contacts.separate('address-b', 2_000, 'person'))).toEqual([linked.member]);
    expect(await store.contacts.separate('address-b', 3_000, 'person')).toEqual([]);
    expect(await store.contacts.history('address-a')).toMatchObject([{ until: 2_000 }]);
  });

  it('uses an upload link once, and says what became of it', async () => {
    await speak(store, 'a', 'hello');
    await unanswered(() => store.uploads.add(ticketOf('t1', 'a')));
    const used = { conversation: C, address: 'address-a', item: 'files', duplicate: false };
    expect(await unanswered(() => store.uploads.use('t1', 1_500, itemOf('files')))).toEqual(used);
    expect(await store.uploads.use('t1', 1_500, itemOf('more'))).toBeNull();
    expect((await store.turns.items(C, 9)).map(({ id }) => id)).toEqual(['files']);
  });

  it('adds one entry to the audit, and the chain holds', async () => {
    const entry = (n: number) => ({ at: n, staff: 's1', act: 'read', subject: 'case 1' });
    await store.staff.audit(entry(1));
    await unanswered(() => store.staff.audit(entry(2)));
    // The very same again is another one.
    await unanswered(() => store.staff.audit(entry(2)));
    expect((await store.staff.auditTrail({ limit: 9 })).map(({ at }) => at)).toEqual([2, 2, 1]);
    expect(await store.staff.verifyAudit()).toBe(-1);
  });

  it('destroys a key for good', async () => {
    await store.keys.putIfAbsent('address:a', bytes('key'));
    await unanswered(() => store.keys.destroy('address:a', 7));
    expect(await store.keys.get('address:a')).toBeNull();
    expect(await store.keys.destroyed()).toEqual([{ subject: 'address:a', at: 7 }]);
  });

  it('teaches, promotes and takes back once, and says so', async () => {
    const { questions } = store;
    await unanswered(() => questions.teach([lesson]));
    expect(await questions.lessons()).toHaveLength(1);
    await questions.keepModel(model);
    expect(await unanswered(() => questions.promote('m1', 's1', 4_000))).toBe(true);
    expect(await unanswered(() => questions.withdraw('m1', 5_000))).toBe(true);
    expect(await questions.withdraw('m1', 5_000)).toBe(false);
    expect(await unanswered(() => questions.unteach('l1', 6_000))).toBe(true);
    expect(await questions.unteach('l1', 6_000)).toBe(false);
  });

  it('makes a flow set current once', async () => {
    await store.flowSets.put('h1', '{}', 1);
    await unanswered(() => store.flowSets.setCurrent('h1'));
    expect(await store.flowSets.line()).toEqual(['h1']);
  });
});
