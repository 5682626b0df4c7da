// Many processes over one database: one audit chain, one numbering, one contact, one key, whoever is quicker.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import { servers } from '../support/servers.js';
import { manyStores, times } from './mongo-many.js';
import { bytes, caseOf, codeOf, entryOf, eventOf, itemOf, noticeOf, speak, ticketOf } from './rows.js';

const PROCESSES = 4;

describe.skipIf(servers.mongo === null)('many stores over one MongoDB database', () => {
  const many = manyStores(PROCESSES);
  const { each, place } = many;
  let stores: readonly Store[] = [];
  let store: Store;
  beforeEach(() => {
    ({ store, stores } = many);
  });
  const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

  it('keep one audit chain, each process’s entries in their order', async () => {
    const add = (one: Store, n: number, i: number) =>
      one.staff.audit({ at: i, staff: `s${n}`, act: 'read', subject: `case ${i % 3}` });
    await each(async (one, n) => {
      for (let i = 0; i < 12; i += 3) await Promise.all([0, 1, 2].map((more) => add(one, n, i + more)));
    });
    const trail = (await store.staff.auditTrail({ limit: 999 })).reverse();
    expect(trail).toHaveLength(PROCESSES * 12);
    expect(await store.staff.verifyAudit()).toBe(-1);
    for (const n of stores.keys())
      expect(trail.filter(({ staff }) => staff === `s${n}`).map(({ at }) => at)).toEqual(upTo(12).map((i) => i - 1));
  });

  it('notice a changed, a removed and an added entry of the audit', async () => {
    for (let n = 0; n < 5; n += 1) await store.staff.audit({ at: n, staff: 's1', act: 'read', subject: 'x' });
    const audit = (await place.connection()).collection<{ _id: number }>('audit');
    const [, , third] = await audit.find().sort({ _id: 1 }).toArray();
    await audit.updateOne({ _id: 3 }, { $set: { act: 'nothing' } });
    expect(await store.staff.verifyAudit()).toBe(2);
    await audit.deleteOne({ _id: 3 });
    expect(await store.staff.verifyAudit()).toBe(2);
    await audit.insertOne({ ...third!, _id: 3 });
    expect(await store.staff.verifyAudit()).toBe(-1);
    await audit.insertOne({ ...third!, _id: 9 });
    expect(await store.staff.verifyAudit()).toBe(5);
  });

  it('number a register without a gap, and take an origin once', async () => {
    const added = await each((one, n) =>
      times(8, (i) => one.registers.add(entryOf(`e-${n}-${i}`, { origin: `case:${i}-${n % 2}` }), ['k'])),
    );
    const rows = await store.registers.list({ register: 'visits', limit: 99 });
    expect(rows.map(({ number }) => number).sort((a, b) => a - b)).toEqual(upTo(16));
    expect(new Set(added.flat().map(({ id }) => id)).size).toBe(16);
    expect(await store.registers.find(['k'], 99)).toHaveLength(16);
  });

  it('make one contact of all who are linked at the same time', async () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const person of people) await speak(store, person, `hello-${person}`);
    for (const [n, person] of people.entries()) await store.contacts.addCode(codeOf(`code-${n}`, person));
    // a–b, b–c, c–d … each by another process.
    const typed = people.slice(1).map((person, n) =>
      stores[n % PROCESSES]!.contacts.redeem({
        ...{ id: `r${n}`, codeKey: `key-code-${n}`, address: `address-${person}`, at: 1_500 },
        contact: `contact-${n}`,
      }),
    );
    expect((await Promise.all(typed)).map(({ result }) => result)).toEqual(typed.map(() => 'linked'));
    const all = people.map((person) => `address-${person}`);
    for (const address of all) {
      const members = (await store.contacts.linked(address)).map(({ member }) => member.id);
      expect(members.sort()).toEqual(all);
    }
  });

  it('leave nobody alone in a contact when some link while others separate', async () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const person of people) await speak(store, person, `hello-${person}`);
    for (const [n, person] of people.entries()) await store.contacts.addCode(codeOf(`code-${n}`, person));
    await each((one, n) =>
      Promise.all([
        one.contacts.redeem({
          ...{ id: `r${n}`, codeKey: `key-code-${n}`, address: `address-${people[n + 1]!}`, at: 1_500 },
          contact: `contact-${n}`,
        }),
        one.contacts.separate(`address-${people[n]!}`, 1_600, 'person'),
      ]),
    );
    for (const person of people) {
      const members = await store.contacts.linked(`address-${person}`);
      expect(members.length).not.toBe(1);
      for (const { member } of members)
        expect((await store.contacts.linked(member.id)).map((link) => link.member.id)).toEqual(
          members.map((link) => link.member.id),
        );
    }
  });

  it('leave one code of a person that can be used, and use it once', async () => {
    for (const person of ['a', 'b', 'c']) await speak(store, person, `hello-${person}`);
    await each((one, n) => one.contacts.addCode(codeOf(`code-${n}`, 'a')));
    const usable = await times(PROCESSES, (n) => store.contacts.code(`key-code-${n}`, 1_500));
    expect(usable.filter((code) => code !== null)).toHaveLength(1);
    const codeKey = usable.find((code) => code !== null)!.codeKey;
    const typed = await each((one, n) =>
      times(5, (i) => {
        const address = i % 2 ? 'address-b' : 'address-c';
        return one.contacts.redeem({ id: `r${n}-${i}`, codeKey, address, at: 1_500, contact: `contact-${n}` });
      }),
    );
    expect(typed.flat().filter(({ result }) => result === 'linked')).toHaveLength(1);
  });

  it('open a case once and change it from each version once', async () => {
    const opened = await each((one, n) =>
      one.cases.open(caseOf('1', { sealed: bytes(`by ${n}`) }), [eventOf(1)], ['k'], noticeOf('n')),
    );
    expect(opened.filter(Boolean)).toHaveLength(1);
    for (let version = 1; version <= 5; version += 1) {
      const row = { status: 'study', assignedTo: null, changedAt: version, sealed: bytes('x') };
      const changed = await each((one, n) =>
        one.cases.append('1', version, [eventOf(version + 1, { by: `s${n}`, sealed: bytes(`by ${n}`) })], row),
      );
      expect(changed.filter(Boolean)).toHaveLength(1);
    }
    expect((await store.cases.events('1')).map(({ version }) => version)).toEqual(upTo(6));
  });

  it('leave no key of who was erased while it was made', async () => {
    await times(24, async (n) => {
      const subject = `address:${n}`;
      const made = each((one) => one.keys.putIfAbsent(subject, bytes(`key ${n}`)).catch(() => null));
      await Promise.all([made, stores[n % PROCESSES]!.keys.destroy(subject, n)]);
      expect(await store.keys.get(subject)).toBeNull();
      await expect(store.keys.putIfAbsent(subject, bytes('new'))).rejects.toMatchObject({ code: 'not_found' });
    });
    expect(await store.keys.destroyed()).toHaveLength(24);
  });

  it('give all the same key of a new person', async () => {
    const made = await each((one, n) => times(5, (i) => one.keys.putIfAbsent(`address:${i}`, bytes(`${n}`))));
    for (const i of [0, 1, 2, 3, 4]) expect(new Set(made.map((of) => Buffer.from(of[i]!).toString())).size).toBe(1);
  });

  it('use an upload link once', async () => {
    await speak(store, 'a', 'hello');
    await store.uploads.add(ticketOf('t1', 'a'));
    const used = await each((one, n) => times(3, (i) => one.uploads.use('t1', 1_500, itemOf(`files-${n}-${i}`))));
    expect(used.flat().filter((one) => one !== null)).toHaveLength(1);
    expect(await store.turns.items('conversation-a', 99)).toHaveLength(1);
  });

  it('promote one of several models that were compared with the same', async () => {
    const { questions } = store;
    const model = { hash: 'h', lessons: [], figures: '{}', at: 1, previous: null };
    for (const n of stores.keys()) await questions.keepModel({ ...model, id: `m${n}` });
    const promoted = await each((one, n) => one.questions.promote(`m${n}`, 's1', 5));
    expect(promoted.filter(Boolean)).toHaveLength(1);
    const withdrawn = await each((one) => times(2, () => one.questions.withdraw(`m${promoted.indexOf(true)}`, 6)));
    expect(withdrawn.flat().filter(Boolean)).toHaveLength(1);
    expect(await questions.currentModel()).toBeNull();
  });

  it('settle a question that came beside its lesson, and one that came beside its end', async () => {
    const question = (id: string) => ({
      ...{ id, kind: 'unsure' as const, language: 'ar', month: '2025-11', key: `key-${id}`, sealed: bytes(id) },
    });
    await speak(store, 'a', 'i1', { questions: ['taught', 'stray', 'open', 'late'].map(question) });
    const lesson = (id: string, intent: string) => ({
      id,
      key: `key-${id}`,
      intent,
      by: 's1',
      at: 1,
      sealed: bytes(id),
    });
    await store.questions.teach([lesson('taught', 'hours'), lesson('stray', 'stray')]);
    const rows = (await place.connection()).collection<{ _id: string; state: string }>('questions');
    // As a turn leaves them whose picture is older than the lesson, or than its end.
    await rows.updateMany({ _id: { $in: ['taught', 'stray'] } }, { $set: { state: 'open' } });
    await rows.updateOne({ _id: 'late' }, { $set: { state: 'taught' } });
    await store.tidy(2);
    const states = await rows.find().sort({ _id: 1 }).toArray();
    expect(states.map(({ _id, state }) => `${_id} ${state}`)).toEqual([
      'late open',
      'open open',
      'stray stray',
      'taught taught',
    ]);
  });

  it('count a way’s tries one by one, and let staff have one account per login', async () => {
    await store.notices.add(noticeOf('n1', { kind: 'handoff' }));
    await each((one) => times(3, () => one.notices.told('n1', 'mail', 5)));
    const query = { kinds: ['handoff'] as const, since: 0, now: 9, limit: 9 };
    expect(await store.notices.untold('mail', query)).toMatchObject([{ id: 'n1', tries: PROCESSES * 3 }]);
    const person = { login: 'huda', name: 'هدى', role: 'researcher', password: 'p', disabledAt: null } as const;
    const added = await each((one, n) => one.staff.add({ ...person, id: `s${n}`, createdAt: n }));
    expect(added.filter(Boolean)).toHaveLength(1);
    for (let i = 0; i < 12; i += 1) {
      const told = await each((one) => one.notices.add(noticeOf(`told ${i}`)));
      expect(told.filter(Boolean)).toHaveLength(1);
    }
  });

  it('publish one after the other', async () => {
    for (const n of stores.keys()) await store.flowSets.put(`h${n}`, '{}', n);
    await each((one, n) => one.flowSets.setCurrent(`h${n}`));
    const line = await store.flowSets.line();
    expect([...line].sort()).toEqual(['h0', 'h1', 'h2', 'h3']);
    expect(await store.flowSets.current()).toBe(line.at(-1));
  });
});
