// From a finished request to a case that staff follow and its person hears of.
import { describe, expect, it } from 'vitest';
import { groupCaseNumber } from '../../src/cases/number.js';
import { openCase } from '../../src/conversation/submissions.js';
import { createIds } from '../../src/ids.js';
import { HUDA, SARA, started } from './harness.js';
import { FATIMA, fileRequest, picture } from './request.js';

describe('a submission', () => {
  it('becomes one case with answers, files, consent, declaration and a notice', async () => {
    const h = await started();
    const number = await fileRequest(h, { ...FATIMA, file: { name: 'الهوية.png', bytes: await picture('ID') } });
    const detail = await h.sila.desk.case(groupCaseNumber(number), SARA);
    expect(detail).toMatchObject({ number, kind: 'aid-request', status: 'submitted', name: FATIMA.name, version: 1 });
    expect(detail.answers.find(({ name }) => name === 'applicant_id')?.value).toContain(FATIMA.id);
    expect(detail.consent).toMatchObject({ given: true, version: '1' });
    expect(detail.declaration?.name).toBe(FATIMA.name);
    expect(detail.notBefore).toBe(detail.openedAt + 14 * 86_400_000);
    expect(detail.files).toHaveLength(1);
    expect((await h.sila.desk.file(detail.files[0]!.id, SARA)).bytes.length).toBeGreaterThan(0);
    const notices = await h.store.notices.list({ limit: 20 });
    expect(notices.filter(({ kind }) => kind === 'new_case')).toHaveLength(1);
  });

  it('becomes the same case when it is handled twice, at once or after a crash', async () => {
    const h = await started();
    const open = h.store.cases.open.bind(h.store.cases);
    let crashes = 2;
    h.store.cases.open = (...given) => (crashes-- > 0 ? Promise.reject(new Error('crash')) : open(...given));
    const number = await fileRequest(h, FATIMA);
    await Promise.all([openCase(h.sila.house, number), openCase(h.sila.house, number)]);
    await h.sila.sweepOnce();
    await h.settle();
    expect(await h.store.cases.list({ limit: 10 })).toHaveLength(1);
    expect(await h.store.cases.events(number)).toHaveLength(1);
    expect(await h.store.cases.unhandled(10)).toEqual([]);
    const notices = await h.store.notices.list({ limit: 20 });
    expect(notices.filter(({ kind }) => kind === 'new_case')).toHaveLength(1);
  });

  it('draws another number when one is taken', async () => {
    const ids = createIds();
    const first = ids.number();
    const second = ids.number();
    const script = [first, first, first, second];
    const h = await started({ ids: { number: () => script.shift() ?? ids.number() } });
    expect(await fileRequest(h, FATIMA)).toBe(first);
    const other = await fileRequest(h, { ...FATIMA, user: 'other' });
    expect(other).toBe(second);
    expect((await h.store.cases.list({ limit: 10 })).map(({ number }) => number).sort()).toEqual(
      [first, second].sort(),
    );
  });

  it('is found by name, its beginning, phone, ID, last four digits and number, and by nothing else', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    await fileRequest(h, {
      ...FATIMA,
      user: 'other',
      name: 'محمد سعيد القحطاني',
      phone: '0559998877',
      id: '1000000008',
    });
    const found = async (search: string) =>
      (await h.sila.desk.cases({ search, limit: 10 }, SARA)).map((one) => one.number);
    const searches = [
      'فاطمة',
      'فاط',
      'زهراني',
      'فاطمه علي',
      '٠٥٥١٢٣٤٥٦٧',
      '+966551234567',
      FATIMA.id,
      FATIMA.id.slice(-4),
    ];
    for (const search of [...searches, number, groupCaseNumber(number)])
      expect([search, await found(search)]).toEqual([search, [number]]);
    for (const search of ['خديجة', 'فا', '0551234568', '   ', '؟'])
      expect([search, await found(search)]).toEqual([search, []]);
  });
});

describe('a change of status', () => {
  it('is an event, and the person is told once where they are', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    await h.tell(FATIMA.user, 'القائمة');
    const change = { to: 'committee' as const, note: 'اكتملت الأوراق', tell: true };
    const detail = await h.sila.desk.changeStatus(number, SARA, change);
    await h.sila.desk.changeStatus(number, SARA, change);
    await h.settle();
    expect(detail).toMatchObject({ status: 'committee', version: 2 });
    expect(detail.events.at(-1)).toMatchObject({
      type: 'status_changed',
      from: 'submitted',
      to: 'committee',
      text: 'اكتملت الأوراق',
    });
    const notice = h.sila.house.texts.say('status.committee.notice', 'ar', { number: groupCaseNumber(number) });
    expect(h.channel.said(FATIMA.user).filter((text) => text === notice)).toHaveLength(1);
    const row = await h.store.turns.conversation(detail.conversation);
    expect(row?.flow).toBe('menu');
  });

  it('says the reason with a decision, and never the note', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    await h.sila.desk.changeStatus(number, SARA, { to: 'committee', tell: false });
    await h.sila.desk.changeStatus(number, SARA, {
      to: 'declined',
      note: 'سرّي',
      reason: 'خارج نطاق الخدمة',
      tell: true,
    });
    await h.settle();
    const told = h.channel.said(FATIMA.user).join('\n');
    expect(told).toContain('خارج نطاق الخدمة');
    expect(told).not.toContain('سرّي');
    expect(told).not.toContain(
      h.sila.house.texts.say('status.committee.notice', 'ar', { number: groupCaseNumber(number) }),
    );
  });

  it('keeps to the allowed ways, and decisions to those who decide', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    await expect(h.sila.desk.changeStatus(number, SARA, { to: 'in_service', tell: false })).rejects.toMatchObject({
      code: 'conflict',
    });
    await h.sila.desk.changeStatus(number, HUDA, { to: 'committee', tell: false });
    await expect(h.sila.desk.changeStatus(number, HUDA, { to: 'approved', tell: false })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await expect(
      h.sila.desk.changeStatus('7304-8815-2096-4', SARA, { to: 'approved', tell: false }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(h.sila.desk.addNote(number, SARA, ' ')).rejects.toMatchObject({ code: 'invalid' });
    await expect(h.sila.desk.addNote(number, SARA, 'ا'.repeat(5000))).rejects.toMatchObject({ code: 'too_long' });
  });

  it('loses no note when several are written at once', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, (_, i) => h.sila.desk.addNote(number, SARA, `ملاحظة ${i}`)),
    );
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    const { events } = await h.sila.desk.case(number, SARA);
    expect(events.filter(({ type }) => type === 'note_added')).toHaveLength(4);
  });

  it('and a message about a case reach the person once', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    await h.sila.desk.messagePerson(number, HUDA, 'نحتاج التقرير الطبي', 'client-message-1');
    await h.sila.desk.messagePerson(number, HUDA, 'نحتاج التقرير الطبي', 'client-message-1');
    await h.settle();
    expect(h.channel.said(FATIMA.user).filter((text) => text.includes('نحتاج التقرير الطبي'))).toHaveLength(1);
    const { events } = await h.sila.desk.case(number, SARA);
    expect(events.filter(({ type }) => type === 'message_sent')).toHaveLength(1);
  });
});

describe('the audit', () => {
  it('has every read and write, and a read that repeats itself once', async () => {
    const h = await started();
    const number = await fileRequest(h, FATIMA);
    const [row] = await h.store.turns.conversations({ limit: 1 });
    await h.sila.desk.transcript(row!.id, HUDA);
    await h.sila.desk.transcript(row!.id, HUDA, 3);
    await h.sila.desk.case(number, HUDA);
    await h.sila.desk.assign(number, SARA, HUDA.id);
    h.clock.pass(11 * 60_000);
    await h.sila.desk.case(number, HUDA);
    const trail = await h.store.staff.auditTrail({ limit: 50 });
    const acts = trail.map(({ act, staff, subject }) => [act, staff, subject]).reverse();
    expect(acts).toEqual([
      ['transcript.read', HUDA.id, row!.id],
      ['case.read', HUDA.id, number],
      ['case.assigned', SARA.id, number],
      ['case.read', HUDA.id, number],
    ]);
    expect(await h.store.staff.verifyAudit()).toBe(-1);
  });
});
