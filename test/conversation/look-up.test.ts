// How a request stands: in full to its own address, roughly by number and four digits, and nothing to those who guess.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { groupCaseNumber } from '../../src/cases/number.js';
import { LOOK_UP_LIMITS } from '../../src/conversation/case-by-number.js';
import { answerNeed } from '../../src/conversation/needs.js';
import type { Found, LookUpKind } from '../../src/engine/types.js';
import { createIds } from '../../src/ids.js';
import { watched } from '../support/watched.js';
import { harness, SARA, started, type Harness } from './harness.js';
import { FATIMA, fileRequest } from './request.js';

const HOUR = 3_600_000;

/** A person's look-up as a flow asks for it. */
async function lookUp(h: Harness, user: string, what: LookUpKind, parameters: Record<string, string>): Promise<Found> {
  const { conversation } = await h.write(user, 'السلام عليكم', { messageId: `first-${user}` });
  await h.settle();
  const row = await h.store.turns.conversation(conversation);
  return answerNeed(h.sila.house, row!, { key: 'k', what, with: parameters, language: 'ar' }, 'turn');
}

const byNumber = (h: Harness, user: string, number: string, four: string) =>
  lookUp(h, user, 'case_by_number', { number, last_four: four });

describe('own requests', () => {
  it('are found without a number, with their state in words and the policy’s date as a minimum', async () => {
    const h = await started();
    expect(await lookUp(h, FATIMA.user, 'own_cases', {})).toEqual({ outcome: 'none' });
    const number = await fileRequest(h, FATIMA);
    const one = await lookUp(h, FATIMA.user, 'own_cases', {});
    expect(one).toMatchObject({ outcome: 'one', values: { number: groupCaseNumber(number), count: '1' } });
    expect(one.values?.status_text).toContain(one.values!.not_before!);
    await h.sila.desk.changeStatus(number, SARA, { to: 'incomplete', tell: false });
    expect((await lookUp(h, FATIMA.user, 'own_cases', {})).values?.status_text).toBe(
      h.sila.house.texts.say('status.incomplete.full', 'ar'),
    );
  });

  it('are offered by number when there are several', async () => {
    const h = await started();
    const first = await fileRequest(h, FATIMA);
    const row = (await h.store.cases.get(first))!;
    const second = createIds().number();
    const event = (await h.store.cases.events(first))[0]!;
    const sealed = await h.sila.house.records.summary.seal(second, second, {
      v: 1,
      name: '',
      need: '',
      language: 'ar',
      lastFour: '',
    });
    const newer = { ...row, number: second, sealed, openedAt: row.openedAt + 1 };
    await h.store.cases.open(newer, [{ ...event, version: 1 }], [], {
      id: 'n',
      kind: 'new_case',
      conversation: null,
      caseNumber: second,
      at: 0,
    });
    const many = await lookUp(h, FATIMA.user, 'own_cases', {});
    expect(many.outcome).toBe('many');
    expect(many.choices?.map(({ id }) => id)).toEqual([second, first]);
    expect(many.choices?.[1]).toMatchObject({
      label: groupCaseNumber(first),
      hint: h.sila.house.texts.say('status.submitted.name', 'ar'),
    });
    expect(await lookUp(h, FATIMA.user, 'own_case', { number: first })).toMatchObject({ outcome: 'found' });
    expect(await lookUp(h, 'stranger', 'own_case', { number: first })).toEqual({ outcome: 'none' });
  });
});

describe('own requests for a service', () => {
  const ids = async (h: Harness, what: LookUpKind): Promise<string[]> =>
    ((await lookUp(h, FATIMA.user, what, {})).choices ?? []).map(({ id }) => id);

  it('are those still open, or those that were decided', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    expect([await ids(h, 'own_open'), await ids(h, 'own_decided')]).toEqual([[number], []]);
    await h.sila.desk.changeStatus(number, SARA, { to: 'committee', tell: false });
    await h.sila.desk.changeStatus(number, SARA, { to: 'declined', reason: 'سبب', tell: false });
    expect([await ids(h, 'own_open'), await ids(h, 'own_decided')]).toEqual([[number], [number]]);
    await h.sila.desk.changeStatus(number, SARA, { to: 'closed', tell: false });
    expect([await ids(h, 'own_open'), await ids(h, 'own_decided')]).toEqual([[], [number]]);
  });

  it('say what they are when they are no request for aid, and never speak of the committee', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    const row = (await h.store.cases.get(number))!;
    const event = (await h.store.cases.events(number))[0]!;
    const complaint = createIds().number();
    const sealed = await h.sila.house.records.summary.seal(complaint, complaint, {
      v: 1,
      name: '',
      need: '',
      language: 'ar',
      lastFour: '',
    });
    const newer = {
      ...row,
      number: complaint,
      kind: 'complaint',
      status: 'approved',
      sealed,
      openedAt: row.openedAt + 1,
    };
    const notice = { id: 'n', kind: 'new_case' as const, conversation: null, caseNumber: complaint, at: 0 };
    await h.store.cases.open(newer, [{ ...event, version: 1 }], [], notice);
    const { choices } = await lookUp(h, FATIMA.user, 'own_open', {});
    expect(choices?.[0]?.hint).toBe('شكوى أو اقتراح · مقبول');
    expect(await ids(h, 'own_decided')).toEqual([]);
    const one = await lookUp(h, FATIMA.user, 'own_case', { number: complaint });
    expect(one.values?.status_text).toBe(h.sila.house.texts.say('status.other.approved.full', 'ar'));
  });
});

describe('a look-up by number and last four digits', () => {
  it('says only roughly how it stands, with any digits', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    const arabic = number.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)));
    const four = FATIMA.id.slice(-4);
    for (const written of [number, groupCaseNumber(number), arabic]) {
      const found = await byNumber(h, 'cousin', written, four);
      expect(found).toEqual({
        outcome: 'found',
        values: {
          number: groupCaseNumber(number),
          coarse_text: h.sila.house.texts.say('status.submitted.coarse', 'ar'),
        },
      });
    }
    const told = JSON.stringify(await byNumber(h, 'cousin', number, four));
    for (const secret of [FATIMA.name, FATIMA.phone, FATIMA.id]) expect(told).not.toContain(secret);
  });

  it('gives one and the same answer for no case, wrong digits and every limit', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    const four = FATIMA.id.slice(-4);
    const wrong = four === '0000' ? '1111' : '0000';
    const none = { outcome: 'none' };
    expect(await byNumber(h, 'a', createIds().number(), four)).toEqual(none);
    expect(await byNumber(h, 'a', number, wrong)).toEqual(none);
    expect(await byNumber(h, 'a', 'ليس رقمًا', four)).toEqual(none);
    expect(await byNumber(h, 'a', number, '')).toEqual(none);
    expect(await byNumber(h, 'a', number, '٠٠')).toEqual(none);
    // The fifth wrong try used up the hour: even the right digits find nothing, and the same answer says so.
    expect(await byNumber(h, 'a', number, four)).toEqual(none);
    expect((await byNumber(h, 'b', number, four)).outcome).toBe('found');
    h.clock.pass(HOUR + 1);
    expect((await byNumber(h, 'a', number, four)).outcome).toBe('found');
  });

  it('closes a case to guessers after fifty wrong tries a day, but never to its own person', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    for (let i = 0; i < LOOK_UP_LIMITS.case.most; i++) {
      await byNumber(h, `guesser-${i}`, number, '----');
      h.clock.pass(60_000);
    }
    expect(await byNumber(h, 'late', number, FATIMA.id.slice(-4))).toEqual({ outcome: 'none' });
    expect((await lookUp(h, FATIMA.user, 'own_cases', {})).outcome).toBe('one');
  });

  it('closes to all when many guess at once, and opens again', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    const { conversation } = await h.write('guesser', 'السلام عليكم');
    await h.settle();
    const row = (await h.store.turns.conversation(conversation))!;
    const ids = createIds();
    await Promise.all(
      Array.from({ length: LOOK_UP_LIMITS.all.most }, (_, i) =>
        answerNeed(
          h.sila.house,
          { ...row, address: `asker-${i}` },
          { key: 'k', what: 'case_by_number', with: { number: ids.number(), last_four: '1234' }, language: 'ar' },
          'turn',
        ),
      ),
    );
    expect(await byNumber(h, 'cousin', number, FATIMA.id.slice(-4))).toEqual({ outcome: 'none' });
    h.clock.pass(LOOK_UP_LIMITS.all.windowMs + 1);
    expect((await byNumber(h, 'cousin', number, FATIMA.id.slice(-4))).outcome).toBe('found');
  });

  it('does the same work whatever it does not tell: no case, wrong digits, erased, beyond a limit, cold or warm', async () => {
    let seen: string[] | null = null;
    const dir = mkdtempSync(join(tmpdir(), 'sila-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const first = await harness({ dir });
    const number = await fileRequest(first, FATIMA);
    const erased = await fileRequest(first, { ...FATIMA, user: 'erased', phone: '0559998887' });
    await first.sila.desk.erase((await first.store.cases.get(erased))!.conversation, SARA);
    await first.stop();
    // A process that just started: nothing is kept in memory yet.
    const h = await started({ dir, clock: first.clock, store: (store) => watched(store, (call) => seen?.push(call)) });
    const { conversation } = await h.write('cousin', 'السلام عليكم');
    await h.settle();
    const row = (await h.store.turns.conversation(conversation))!;
    const work = async (asker: string, written: string, four: string): Promise<string[]> => {
      const parameters = { number: written, last_four: four };
      const need = { key: 'k', what: 'case_by_number' as const, with: parameters, language: 'ar' };
      seen = [];
      expect(await answerNeed(h.sila.house, { ...row, address: asker }, need, 'turn')).toEqual({
        outcome: 'none',
      });
      const calls = seen;
      seen = null;
      return calls;
    };
    const right = FATIMA.id.slice(-4);
    await work('a', createIds().number(), '----');
    const cold = await work('a', number, '----');
    expect(cold.filter((call) => call === 'keys.get')).toHaveLength(1);
    expect(cold).toContain('cases.get');
    expect(cold.filter((call) => call.startsWith('counters.'))).toHaveLength(6);
    const unknown = createIds().number();
    const same: [string, string, string][] = [
      ['a', number, '----'],
      ['b', unknown, right],
      ['b', unknown, right],
      ['c', erased, right],
      ['c', 'ليس رقمًا', right],
      ['d', number, ''],
      // From the third try on the person of the case will be told: later, and not by this work.
      ['d', number, '----'],
      ['e', unknown, '----'],
      ['e', unknown, '----'],
      ...Array.from({ length: 5 }, (): [string, string, string] => ['f', createIds().number(), right]),
      // Five wrong tries: even the right digits find nothing now.
      ['f', number, right],
    ];
    for (const [asker, written, four] of same) expect([asker, await work(asker, written, four)]).toEqual([asker, cold]);
  });

  it('tells the person of a case after three wrong tries, once a day, and is audited', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    const warnings = () =>
      h.channel
        .said(FATIMA.user)
        .filter(
          (text) => text === h.sila.house.texts.say('case.someone_tried', 'ar', { number: groupCaseNumber(number) }),
        ).length;
    for (const user of ['a', 'b']) await byNumber(h, user, number, '----');
    await h.settle();
    expect(warnings()).toBe(0);
    for (const user of ['c', 'd', 'e']) await byNumber(h, user, number, '----');
    await h.settle();
    expect(warnings()).toBe(0);
    h.clock.pass(LOOK_UP_LIMITS.tellAfterMs);
    await h.settle();
    expect(warnings()).toBe(1);
    await byNumber(h, 'f', number, '----');
    h.clock.pass(LOOK_UP_LIMITS.tellAfterMs);
    await h.settle();
    expect(warnings()).toBe(1);
    const trail = await h.store.staff.auditTrail({ subject: number, limit: 20 });
    expect(trail.filter(({ act }) => act === 'look_up.failed')).toHaveLength(6);
  });
});

describe('articles', () => {
  it('answer a question, are offered when it is unclear, and are given by id', async () => {
    const h = await started();
    const article = h.sila.house.finder.article('about');
    const picked = await lookUp(h, 'p', 'articles', { article: 'about' });
    expect(picked).toMatchObject({ outcome: 'answered', values: { title: article?.title.ar } });
    expect(picked.values?.answer).not.toContain('{charity');
    expect((await lookUp(h, 'p', 'articles', { question: 'ما أهداف الجمعية' })).outcome).toBe('answered');
    expect(await lookUp(h, 'p', 'articles', { question: 'زرافة تطير فوق القمر' })).toEqual({ outcome: 'none' });
    expect(await lookUp(h, 'p', 'articles', { article: 'no-such' })).toEqual({ outcome: 'none' });
  });
});
