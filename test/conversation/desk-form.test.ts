// The desk: staff fill the same flows for a person before them, and the registers know of it; letters, calls and visits find their way.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FormState } from '../../src/conversation/register-types.js';
import type { Staff } from '../../src/conversation/desk-types.js';
import { VaultError } from '../../src/privacy/vault-error.js';
import { HUDA, SARA, started, type Harness } from './harness.js';
import { played } from './played.js';
import { FATIMA, picture } from './request.js';

let clients = 0;
const client = () => `client-${String(++clients).padStart(12, '0')}`;

const visit = (h: Harness, staff: Staff = HUDA) =>
  h.sila.desk.registers.add({ register: 'visits', state: 'came', name: '', subject: 'طلب مساعدة' }, staff, client());

const begin = (h: Harness, entry: string, flow = 'aid-request', staff: Staff = HUDA) =>
  played(h, h.sila.desk.forms.begin(entry, staff, { flow, language: 'ar', clientId: client() }));

async function put(h: Harness, entry: string, what: { text?: string; choice?: string; files?: string[] }) {
  return (await played(h, h.sila.desk.forms.answer(entry, HUDA, { clientId: client(), ...what })))!;
}

const TYPED: Readonly<Record<string, string>> = {
  applicant_name: FATIMA.name,
  applicant_id: FATIMA.id,
  applicant_phone: FATIMA.phone,
  city: 'الرياض',
  need: 'أحتاج إلى مساعدة في تكاليف العلاج خلال هذا الشهر',
  truth: FATIMA.name,
};
const CHOSEN: Readonly<Record<string, string>> = { consent: 'yes', kind: 'medicine', for_whom: 'self', check: 'right' };

/** Answers what the form asks, as its fields offer it, until it is at a step or kind of answer, or over. */
async function fill(h: Harness, entry: string, state: FormState, until = ''): Promise<FormState> {
  let form = state;
  for (let steps = 0; steps < 40 && form.view?.question; steps++) {
    if ([form.view.question.step, form.view.question.type].includes(until)) break;
    const { step, options, skip } = form.view.question;
    const text = TYPED[step];
    const option = options.find(({ id }) => id.endsWith(`/${CHOSEN[step] ?? ''}`)) ?? options[0];
    if (text !== undefined) form = await put(h, entry, { text });
    else form = await put(h, entry, { choice: (CHOSEN[step] === undefined ? skip : option?.id) ?? option!.id });
  }
  return form;
}

describe('a form at the desk', () => {
  it('is the flow itself: notice and consent first, answers by their fields, its own words for what is wrong', async () => {
    const h = await started();
    const { id } = await visit(h);
    expect(await h.sila.desk.forms.state(id, HUDA)).toBeNull();
    const first = (await begin(h, id))!;
    expect(first.view?.question).toMatchObject({ kind: 'consent', type: 'consent' });
    expect(first.said.join('\n')).toContain('طريقتنا في حفظ خصوصيتك');
    let form = await fill(h, id, first, 'applicant_id');
    for (let tries = 0; tries < 5; tries++) form = await put(h, id, { text: '123' });
    expect(form.view?.question?.step).toBe('applicant_id');
    expect(form.said.at(-1)).toContain('10');
    form = await put(h, id, { text: FATIMA.id });
    expect(form.view?.question?.step).not.toBe('applicant_id');
    expect(form.view?.answers.find(({ name }) => name === 'applicant_name')).toMatchObject({
      value: FATIMA.name,
      correctable: true,
    });
  });

  it('files a case that says who took it down, how and when, and the entry bears its number', async () => {
    const h = await started();
    const { id } = await visit(h);
    const form = await fill(h, id, (await begin(h, id))!);
    const [filed] = form.filed;
    expect(form.view).toBeNull();
    const detail = await h.sila.desk.case(filed!.number, SARA);
    expect(detail).toMatchObject({
      name: FATIMA.name,
      consent: { given: true },
      declaration: { name: FATIMA.name },
      taken: { by: HUDA.id, how: 'interview' },
    });
    const entry = await h.sila.desk.registers.read(id, HUDA);
    expect(entry).toMatchObject({ caseNumber: filed!.number, name: FATIMA.name, phone: expect.stringContaining('55') });
    for (const search of ['فاطمة', FATIMA.phone, FATIMA.id, filed!.number, `${entry.year}/${entry.number}`]) {
      const found = await h.sila.desk.registers.list({ register: 'visits', search, limit: 9 }, HUDA);
      expect(found.map((one) => one.id)).toEqual([id]);
    }
    expect(await h.sila.desk.registers.list({ register: 'visits', search: 'مجهول', limit: 9 }, HUDA)).toEqual([]);
    expect((await h.sila.desk.registers.ofCase(filed!.number, SARA)).map((one) => one.id)).toEqual([id]);
    const lines = await h.sila.desk.transcript(detail.conversation, SARA);
    expect(lines.filter(({ author }) => author === 'person').every(({ by }) => by === HUDA.id)).toBe(true);
    expect(lines.every(({ state }) => state !== 'queued')).toBe(true);
  });

  it('never shows the words of one question over the field of another, though a turn comes between two reads', async () => {
    const h = await started();
    const { id } = await visit(h);
    const before = await fill(h, id, (await begin(h, id))!, 'need');
    const { turns } = h.sila.house.store;
    const read = turns.conversation.bind(turns);
    let answered: FormState | undefined;
    turns.conversation = async (conversation) => {
      const row = await read(conversation);
      turns.conversation = read;
      answered = await put(h, id, { text: TYPED['need']! });
      return row;
    };
    const seen = await h.sila.desk.forms.state(id, HUDA);
    expect(answered!.said).not.toEqual(before.said);
    expect([seen!.view!.question!.step, seen!.said]).toEqual([before.view!.question!.step, before.said]);
  });

  it('takes an earlier answer up again by its name', async () => {
    const h = await started();
    const { id } = await visit(h);
    await fill(h, id, (await begin(h, id))!, 'need');
    const again = await played(h, h.sila.desk.forms.correct(id, HUDA, { field: 'city', clientId: client() }));
    expect(again?.view?.question?.step).toBe('city');
    const back = await put(h, id, { text: 'جدة' });
    expect(back.view?.question?.step).toBe('need');
    expect(back.view?.answers.find(({ name }) => name === 'city')?.value).toBe('جدة');
  });

  it('takes scans under the rules for files, only those of this very form', async () => {
    const h = await started();
    const { id } = await visit(h);
    const other = await visit(h);
    await begin(h, other.id);
    let form = await fill(h, id, (await begin(h, id))!, 'file');
    const { forms } = h.sila.desk;
    expect(await forms.keepFile(id, HUDA, 'x.exe', Buffer.from('MZ…'))).toMatchObject({ refused: expect.any(String) });
    const foreign = await forms.keepFile(other.id, HUDA, 'o.png', await picture('O'));
    const clientId = client();
    await expect(
      forms.answer(id, HUDA, { clientId, files: ['id' in foreign ? foreign.id : ''] }),
    ).rejects.toMatchObject({ code: 'invalid' });
    const kept = await forms.keepFile(id, HUDA, 'بطاقة.png', await picture('F'));
    const step = form.view!.question!.step;
    form = await put(h, id, { files: ['id' in kept ? kept.id : ''] });
    expect(form.view?.answers.find(({ name }) => name === step)?.files).toHaveLength(1);
    form = await fill(h, id, form);
    expect((await h.sila.desk.case(form.filed[0]!.number, SARA)).files).toHaveLength(1);
  });

  it('says what it asks in between, and begins anew where nothing was filed', async () => {
    const h = await started();
    const { id } = await visit(h);
    const first = await fill(h, id, (await begin(h, id))!, 'city');
    const asked = await put(h, id, { text: 'القائمة' });
    expect(asked).toMatchObject({ view: null, between: true });
    const kept = await put(h, id, { choice: asked.offered.find(({ id: one }) => one.endsWith('answer'))!.id });
    expect(kept.between).toBe(false);
    expect(first.view?.question?.step).toBe('city');
    const other = (await begin(h, id, 'complaint'))!;
    expect(other).toMatchObject({ flow: 'complaint', between: false });
    const again = (await begin(h, id))!;
    expect(again).toMatchObject({ view: null, between: true });
    const resumed = await put(h, id, { choice: again.offered[0]!.id });
    expect(resumed.view?.answers.find(({ name }) => name === 'applicant_name')?.value).toBe(FATIMA.name);
    const { id: second } = await visit(h);
    const no = (await begin(h, second))!.view!.question!.options[1]!.id;
    expect(await put(h, second, { choice: no })).toMatchObject({ view: null, between: false, filed: [] });
  });

  it('takes the same answer once, and is in nobody’s inbox', async () => {
    const h = await started();
    const { id } = await visit(h);
    const form = await fill(h, id, (await begin(h, id))!, 'city');
    const twice = { clientId: client(), text: 'أبها' };
    await played(h, h.sila.desk.forms.answer(id, HUDA, twice));
    const after = await played(h, h.sila.desk.forms.answer(id, HUDA, twice));
    expect(form.view?.question?.step).toBe('city');
    expect(after?.view?.question?.step).not.toBe('city');
    expect(await h.sila.desk.conversations({ limit: 9 })).toEqual([]);
    const audit = await h.store.staff.auditTrail({ subject: id, limit: 50 });
    expect(new Set(audit.map(({ act }) => act))).toEqual(new Set(['entry.added', 'form.begun', 'form.answered']));
  });

  it('is no conversation that staff could write into: nobody reads there', async () => {
    const h = await started();
    const { id } = await visit(h);
    await begin(h, id);
    const { conversation } = await h.sila.desk.registers.read(id, HUDA);
    const refused = { code: 'invalid' };
    await expect(h.sila.desk.take(conversation!, HUDA)).rejects.toMatchObject(refused);
    await expect(h.sila.desk.reply(conversation!, HUDA, 'مرحبًا', client())).rejects.toMatchObject(refused);
  });

  it('leaves nothing readable on the disk, in the log or in the audit', async () => {
    const h = await started();
    const fields = {
      register: 'visits' as const,
      state: 'came',
      name: 'أم عبدالله القحطاني',
      subject: 'سؤال محدد جدًا',
    };
    const { id } = await h.sila.desk.registers.add(
      { ...fields, phone: '0501112223', note: 'ملاحظة سرية' },
      HUDA,
      client(),
    );
    await h.sila.desk.registers.addFile(id, HUDA, 'خطاب خاص.png', await picture('secret'));
    await fill(h, id, (await begin(h, id))!);
    const secrets = [
      fields.name,
      fields.subject,
      '0501112223',
      'ملاحظة سرية',
      'خطاب خاص',
      FATIMA.name,
      FATIMA.id,
      FATIMA.phone,
    ];
    const files = readdirSync(h.dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const kept = [
      ...files.map((one) => readFileSync(join(one.parentPath, one.name))),
      Buffer.from(JSON.stringify([h.logged, await h.store.staff.auditTrail({ limit: 500 })])),
    ];
    expect(kept.length).toBeGreaterThan(3);
    for (const secret of secrets)
      for (const encoding of ['utf8', 'utf16le'] as const)
        expect([secret, kept.some((bytes) => bytes.includes(Buffer.from(secret, encoding)))]).toEqual([secret, false]);
  });

  it('knows no flow that is none, no letter that goes out, and nobody else’s entry', async () => {
    const h = await started();
    const { id } = await visit(h);
    const { forms, registers } = h.sila.desk;
    const flows = (await forms.flows()).map((one) => one.id);
    expect(flows).toEqual(expect.arrayContaining(['aid-request', 'complaint', 'volunteer']));
    expect(flows).not.toContain('inquiry');
    const what = { flow: 'inquiry', language: 'ar', clientId: client() };
    await expect(forms.begin(id, HUDA, what)).rejects.toMatchObject({ code: 'invalid' });
    const out = await registers.add({ register: 'outgoing', name: 'أ', subject: 'رد' }, HUDA, client());
    const aid = { ...what, flow: 'aid-request' };
    await expect(forms.begin(out.id, HUDA, aid)).rejects.toMatchObject({ code: 'invalid' });
    await expect(forms.begin('nobody', HUDA, aid)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what people ask for through a flow', () => {
  const CALL = ['0551234567', 'أول الدوام', 'متابعة طلبي', 'صحيحة'];

  it('lands in its register once, and its case is closed when it is done', async () => {
    const h = await started();
    await h.tell('caller', 'السلام عليكم');
    await h.tell('caller', 'مكالمة');
    const row = (await h.store.turns.conversations({ limit: 1 }))[0]!;
    if ((await h.store.turns.conversation(row.id))?.flow === 'reach-us') await h.tell('caller', 'مكالمة');
    for (const line of CALL) await h.tell('caller', line);
    const { registers } = h.sila.desk;
    const [call] = await registers.list({ register: 'calls', open: true, limit: 9 }, HUDA);
    expect(call).toMatchObject({ state: 'to_call', by: 'system', subject: 'متابعة طلبي', number: 1 });
    const detail = await registers.read(call!.id, HUDA);
    expect(detail).toMatchObject({ wish: 'أول الدوام', next: ['reached', 'no_answer', 'later', 'given_up'] });
    const number = call!.caseNumber!;

    const tell = 'اتصلنا بك ولم يتيسر الوصول إليك، وسنعاود الاتصال غدًا.';
    const missed = await registers.move(call!.id, HUDA, detail.version, { to: 'no_answer', tell });
    await h.settle();
    expect(h.channel.said('caller').at(-1)).toContain(tell);
    await expect(registers.move(call!.id, HUDA, detail.version, { to: 'reached' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const later = { to: 'later', dueAt: h.clock.at + 3_600_000, note: 'بعد الظهر' };
    const set = await registers.move(call!.id, HUDA, missed.version, later);
    expect(set).toMatchObject({ state: 'later', dueAt: later.dueAt });
    await expect(registers.move(call!.id, HUDA, set.version, { to: 'later' })).rejects.toMatchObject({
      code: 'invalid',
    });
    const done = await registers.move(call!.id, HUDA, set.version, { to: 'reached' });
    expect(done.events.map(({ state }) => state)).toEqual(['to_call', 'no_answer', 'later', 'reached']);
    expect((await h.sila.desk.case(number, SARA)).status).toBe('closed');
    expect(await registers.list({ register: 'calls', open: true, limit: 9 }, HUDA)).toEqual([]);
    expect(await registers.counts()).toContainEqual({ register: 'calls', open: 0, all: 1 });
  });
});

describe('letters', () => {
  it('come in, are answered by one that goes out, and keep their numbers in the Hijri year', async () => {
    const h = await started();
    const { registers } = h.sila.desk;
    const day = { iso: '1447-09-10', calendar: 'hijri' as const };
    const fields = {
      register: 'incoming' as const,
      name: 'مستشفى الملك فهد',
      subject: 'تقرير حالة',
      theirs: '44/2',
      day,
    };
    const clientId = client();
    const letter = await registers.add(fields, HUDA, clientId);
    expect(await registers.add(fields, HUDA, clientId)).toMatchObject({ id: letter.id });
    expect(letter).toMatchObject({ year: 1447, number: 1, state: 'open', day, theirs: '44/2' });
    const scanned = await registers.addFile(letter.id, HUDA, 'خطاب.png', await picture('L'));
    expect(scanned).toMatchObject({ files: [{ mime: expect.stringContaining('image/') }] });
    const answer = { register: 'outgoing' as const, name: 'مستشفى الملك فهد', subject: 'رد', answers: letter.id };
    const out = await registers.add(answer, HUDA, client());
    expect(out).toMatchObject({ number: 1, state: 'sent', answers: { id: letter.id, subject: 'تقرير حالة' } });
    expect(await registers.read(letter.id, HUDA)).toMatchObject({ state: 'answered', answeredBy: { id: out.id } });
    await expect(registers.add({ ...answer, register: 'incoming' }, HUDA, client())).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(registers.add({ ...answer, caseNumber: '1' }, HUDA, client())).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('are not kept where the charity’s policy has none', async () => {
    const h = await started({ charity: 'qutoof' });
    expect(await h.sila.desk.registers.registers()).toEqual(['visits', 'calls']);
    const fields = { register: 'incoming' as const, name: 'أ', subject: 'ب' };
    await expect(h.sila.desk.registers.add(fields, HUDA, client())).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('erasing', () => {
  it('reaches the form with its entry, and the entries of a person’s cases; numbers stay spent', async () => {
    const h = await started();
    const { registers } = h.sila.desk;
    const { id } = await visit(h);
    const form = await fill(h, id, (await begin(h, id))!);
    const { number } = form.filed[0]!;
    const about = { register: 'calls' as const, state: 'reached', name: 'ابنتها', subject: 'سؤال عن الطلب' };
    const call = await registers.add({ ...about, caseNumber: number }, HUDA, client());
    await registers.addFile(call.id, HUDA, 'x.png', await picture('X'));
    const sealed = (await h.store.registers.get(call.id))!.sealed;
    await expect(registers.erase(id, HUDA)).rejects.toMatchObject({ code: 'not_allowed' });

    await registers.erase(id, SARA);
    for (const gone of [id, call.id]) {
      await expect(registers.read(gone, SARA)).rejects.toMatchObject({ code: 'not_found' });
      expect(await h.store.registers.get(gone)).toMatchObject({ state: 'erased', number: 1, caseNumber: null });
      expect(await h.store.files.ofOwner(gone)).toEqual([]);
    }
    await expect(h.sila.house.records.entry.open(call.id, call.id, sealed)).rejects.toBeInstanceOf(VaultError);
    await expect(h.sila.desk.case(number, SARA)).rejects.toMatchObject({ code: 'not_found' });
    expect(await registers.list({ register: 'calls', search: 'ابنتها', limit: 9 }, SARA)).toEqual([]);
    expect(await visit(h)).toMatchObject({ number: 2 });
  });
});

describe('the person’s own channel', () => {
  const filed = async (h: Harness) => {
    const { id } = await visit(h);
    const form = await fill(h, id, (await begin(h, id))!);
    return { id, number: form.filed[0]!.number };
  };

  it('is linked by the code on the receipt; from then on the case is told and seen there', async () => {
    const h = await started();
    const { id, number } = await filed(h);
    const { desk } = h.sila;
    const tell = { to: 'under_research' as const, tell: true };
    expect(await desk.case(number, SARA)).toMatchObject({ reached: false });
    await expect(desk.messagePerson(number, SARA, 'مرحبًا', client())).rejects.toMatchObject({ code: 'invalid' });
    await desk.changeStatus(number, SARA, { to: 'incomplete', tell: true });
    await h.settle();
    expect(h.channel.sent).toEqual([]);

    const { code, expiresAt, places } = await desk.registers.code(id, HUDA, 'ar');
    expect(places).not.toContain('desk');
    expect(places.split('\n')).toHaveLength(1);
    expect(expiresAt - h.clock.at).toBe(24 * 3_600_000);
    for (const line of ['السلام عليكم', 'لدي رمز', code, 'نعم']) await h.tell('fatima', line);
    expect(await desk.registers.read(id, HUDA)).toMatchObject({ linked: ['fake'], reached: true });
    expect(await desk.case(number, SARA)).toMatchObject({ reached: true });
    await desk.changeStatus(number, SARA, tell);
    await h.settle();
    expect(h.channel.said('fatima').at(-1)).toContain(number.slice(0, 4));
    await h.tell('fatima', 'القائمة');
    expect((await h.tell('fatima', 'متابعة طلب')).join('\n')).toContain(number.slice(0, 4));
  });

  it('is linked by a code that was shown there and read out at the desk; a wrong one links nothing', async () => {
    const h = await started();
    const { id, number } = await filed(h);
    const { registers } = h.sila.desk;
    await expect(registers.link(id, HUDA, '1234 5678', client())).rejects.toMatchObject({ code: 'invalid' });
    await h.tell('fatima', 'السلام عليكم');
    const said = (await h.tell('fatima', 'أكمل على قناة أخرى')).join('\n');
    const code = /\d{4} \d{4}/.exec(said)?.[0] ?? '';
    expect(await registers.link(id, HUDA, code, client())).toMatchObject({ linked: ['fake'], reached: true });
    await h.settle();
    expect(await h.sila.desk.case(number, SARA)).toMatchObject({ reached: true });
    await expect(registers.link(id, HUDA, code, client())).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is not linked where there is no form', async () => {
    const h = await started();
    const { id } = await visit(h);
    await expect(h.sila.desk.registers.code(id, HUDA, 'ar')).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('cases that belong together', () => {
  it('lead from one to the other, and tell a typed number from one that was chosen', async () => {
    const h = await started();
    const { id } = await visit(h);
    const { number } = (await fill(h, id, (await begin(h, id))!)).filed[0]!;
    expect(await h.sila.desk.case(number, SARA)).toMatchObject({ about: null, related: [] });
    const file = async (entry: string) => {
      let form = (await begin(h, entry, 'withdraw'))!;
      for (let steps = 0; steps < 9 && form.view?.question; steps++) {
        const { step, options } = form.view.question;
        const typed = { about_number: number, about_digits: FATIMA.id.slice(-4) }[step];
        form = await put(h, entry, typed === undefined ? { choice: options[0]!.id } : { text: typed });
      }
      return form.filed.find(({ kind }) => kind === 'withdrawal')!.number;
    };
    const chosen = await file(id);
    h.clock.pass(60_000);
    const typed = await file((await visit(h)).id);
    expect((await h.sila.desk.case(chosen, HUDA)).about).toMatchObject({ number, own: true, kind: 'aid-request' });
    expect((await h.sila.desk.case(typed, HUDA)).about).toMatchObject({ number, own: false });
    expect((await h.sila.desk.case(number, HUDA)).related).toMatchObject([
      { number: typed, kind: 'withdrawal', own: false },
      { number: chosen, kind: 'withdrawal', own: true },
    ]);
  });
});
