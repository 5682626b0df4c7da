// After the reply window: approved templates go, words wait behind them, and nothing that was said is lost on any way.
import { describe, expect, it } from 'vitest';
import type { SendResult } from '../../channels/channel.js';
import { sendErrors } from '../../channels/common/send-errors.js';
import { pack, packWith } from '../support/pack.js';
import { HUDA, SARA, started, type Harness } from './harness.js';
import { FATIMA, fileRequest } from './request.js';

const MINUTE = 60_000;
const [HOUR, DAY] = [60 * MINUTE, 24 * 60 * MINUTE];
const limits = { replyWindow: DAY, templates: true } as const;
const kept = `
  - id: kept
    purposes: end
    title: { ar: محفوظ, en: Kept }
    name: sila_kept
    approved: true
    codes: { ar: ar, en: en }
    text: { ar: "حفظنا طلبك لدينا.", en: "We kept your request." }
`;
/** All templates approved, and one more for those who stopped in the middle of a request. */
const bundle = packWith('safe-treatment', (path, text) => {
  if (path.endsWith('safe-treatment/templates.yaml'))
    return text.replaceAll('approved: false', 'approved: true') + kept;
  if (path !== 'flows/aid-request.yaml') return text;
  return text
    .replace(/on_silence: \{ after: 20h/, 'on_silence: { after: 30h')
    .replace(/^ {2}saved:\n/m, '  saved:\n    template: kept\n');
});

const rows = async (h: Harness, conversation: string) =>
  (await h.store.messages.list(conversation, 0, 500)).filter(({ direction }) => direction === 'out');
const notices = async (h: Harness) => (await h.store.notices.list({ limit: 200 })).map(({ id }) => id);
/** Templates that were sent to a person, each once however often it was tried. */
const sentAs = (h: Harness, user: string) =>
  [...new Map(h.channel.sent.filter((one) => one.user === user).map((one) => [one.id, one.template])).values()].flatMap(
    (template) => template ?? [],
  );

async function filed(more: Parameters<typeof started>[0] = {}) {
  const h = await started({ limits, bundle, ...more });
  const number = await fileRequest(h, FATIMA);
  const { conversation } = (await h.store.cases.get(number))!;
  h.clock.pass(3 * DAY);
  await h.sila.sweepOnce();
  await h.settle();
  return { h, number, conversation };
}
async function decide(h: Harness, number: string, to: 'under_research' | 'committee') {
  await h.sila.desk.changeStatus(number, SARA, { to, tell: true });
  await h.settle();
}

describe('the word of a decision after the window', () => {
  it('goes as the template of its purpose, and the full words follow when the person writes', async () => {
    const { h, number } = await filed();
    const before = h.channel.said(FATIMA.user).length;
    expect((await h.sila.desk.case(number, SARA)).reach).toEqual({ status: 'template', message: 'template' });
    await decide(h, number, 'under_research');
    const grouped = number.replace(/(\d{4})(\d{4})(\d{4})(\d)/, '$1-$2-$3-$4');
    const name = bundle.texts['status.under_research.name']?.['ar'];
    expect(sentAs(h, FATIMA.user)).toEqual([
      { id: 'case_status', name: 'sila_case_status', code: 'ar', parameters: [grouped, name] },
    ]);
    expect(h.channel.said(FATIMA.user)).toHaveLength(before + 1);
    expect(h.channel.said(FATIMA.user).at(-1)).toContain(`طلبك رقم ${grouped}: ${name}.`);
    const said = await h.tell(FATIMA.user, 'نعم');
    expect(said[0]).toContain(grouped);
    expect(sentAs(h, FATIMA.user)).toHaveLength(1);
  });

  it('goes as itself within the window', async () => {
    const { h, number } = await filed();
    await h.tell(FATIMA.user, 'السلام عليكم');
    expect((await h.sila.desk.case(number, SARA)).reach).toEqual({ status: 'now', message: 'now' });
    await decide(h, number, 'under_research');
    expect(sentAs(h, FATIMA.user)).toEqual([]);
    expect(h.channel.said(FATIMA.user).at(-1)).toContain('طلبك');
  });

  it.each([
    ['where the charity has no template', { bundle: pack('safe-treatment') }],
    ['where the channel has no templates', { limits: { replyWindow: DAY } }],
  ])('waits %s', async (_, more) => {
    const { h, number, conversation } = await filed(more);
    const before = h.channel.sent.length;
    expect((await h.sila.desk.case(number, SARA)).reach).toEqual({ status: 'waits', message: 'waits' });
    await decide(h, number, 'under_research');
    expect(h.channel.sent).toHaveLength(before);
    expect((await rows(h, conversation)).at(-1)).toMatchObject({ state: 'queued', error: 'window_closed' });
  });

  it('knocks once for the same words, and again for others', async () => {
    const { h, number } = await filed();
    for (const text of ['نرجو إحضار أصل التقرير', 'والهوية أيضًا']) {
      await h.sila.desk.messagePerson(number, SARA, text, `client-${text}`);
      await h.settle();
    }
    expect(sentAs(h, FATIMA.user).map(({ name }) => name)).toEqual(['sila_case_message']);
    await decide(h, number, 'under_research');
    await decide(h, number, 'committee');
    expect(sentAs(h, FATIMA.user).map(({ name }) => name)).toEqual([
      'sila_case_message',
      'sila_case_status',
      'sila_case_status',
    ]);
    const said = await h.tell(FATIMA.user, 'نعم');
    expect(said.slice(0, 2)).toEqual(['نرجو إحضار أصل التقرير', 'والهوية أيضًا']);
  });

  it('still waits when the provider refuses the template; staff hear of it', async () => {
    const { h, number, conversation } = await filed();
    h.channel.answer = ({ template }) => Promise.resolve(template ? refused : { result: 'sent' });
    await decide(h, number, 'under_research');
    const last = (await rows(h, conversation)).slice(-2);
    expect(last).toMatchObject([
      { state: 'queued', error: 'window_closed' },
      { state: 'failed', error: 'template' },
    ]);
    expect(await notices(h)).toContain(`send_failed.${last[1]!.id}`);
    expect((await h.tell(FATIMA.user, 'نعم'))[0]).toContain('طلبك');
  });
});

describe('the word of a decision that comes too late on its way', () => {
  it('is announced by its template once the window is over, and once only', async () => {
    const { h, number, conversation } = await filed();
    await h.tell(FATIMA.user, 'السلام عليكم');
    h.clock.pass(23 * HOUR);
    const down = { code: 'provider_down', retry: true, slow: 'message', tellStaff: false, optOut: false } as const;
    h.channel.answer = () => Promise.resolve({ result: 'error', error: down });
    await decide(h, number, 'under_research');
    for (let minutes = 0; minutes < 70; minutes++) {
      h.clock.pass(MINUTE);
      if (minutes === 60) h.channel.answer = () => Promise.resolve({ result: 'sent' });
      await h.sila.sweepOnce();
      await h.settle();
    }
    expect(sentAs(h, FATIMA.user).map(({ name }) => name)).toEqual(['sila_case_status']);
    expect((await rows(h, conversation)).slice(-2)).toMatchObject([
      { state: 'queued', error: 'window_closed' },
      { state: 'sent' },
    ]);
    expect((await h.tell(FATIMA.user, 'نعم'))[0]).toContain('طلبك رقم');
    expect(sentAs(h, FATIMA.user)).toHaveLength(1);
  });

  it("is announced too when the provider's clock was faster", async () => {
    const { h, number } = await filed();
    await h.tell(FATIMA.user, 'السلام عليكم');
    h.channel.answer = ({ template }) =>
      Promise.resolve(template ? { result: 'sent' } : { result: 'error', error: sendErrors.window_closed });
    await decide(h, number, 'under_research');
    expect(sentAs(h, FATIMA.user).map(({ name }) => name)).toEqual(['sila_case_status']);
  });

  it('is not announced to somebody who wrote before its turn', async () => {
    const { h, number, conversation } = await filed();
    await decide(h, number, 'under_research');
    const [words] = (await rows(h, conversation)).slice(-2);
    await h.tell(FATIMA.user, 'نعم');
    const before = h.channel.sent.length;
    const sealed = await h.sila.house.records.item.seal('', 'late', { v: 1, kind: 'knock', message: words!.id });
    await h.store.turns.put(conversation, { id: 'late', kind: 'system', dedupeKey: 'late', sealed, at: h.clock.at });
    await h.sila.sweepOnce();
    await h.settle();
    expect(h.channel.sent).toHaveLength(before);
    expect(await h.store.turns.items(conversation, 5)).toEqual([]);
  });
});

describe('an end of a flow after the window', () => {
  it('goes as the template that it names, and its words do not follow', async () => {
    const h = await started({ limits, bundle });
    await fileRequest(h, FATIMA, 'kind');
    h.clock.pass(31 * HOUR);
    await h.sila.sweepOnce();
    await h.settle();
    expect(sentAs(h, FATIMA.user)).toEqual([{ id: 'kept', name: 'sila_kept', code: 'ar', parameters: [] }]);
    expect(h.channel.said(FATIMA.user).at(-1)).toBe('حفظنا طلبك لدينا.');
    const { conversation } = await h.write(FATIMA.user, 'نعم');
    await h.settle();
    expect((await rows(h, conversation)).every(({ state }) => state === 'sent')).toBe(true);
  });
});

describe('staff after the window', () => {
  async function opened() {
    const h = await started({ limits, bundle });
    const { conversation } = await h.write('p', 'السلام عليكم');
    await h.settle();
    h.clock.pass(2 * DAY);
    return { h, conversation };
  }

  it('send a template past what waits, and the transcript tells both', async () => {
    const { h, conversation } = await opened();
    await h.sila.desk.reply(conversation, SARA, 'إيصالك جاهز', 'client-1');
    await h.settle();
    const { templates } = await h.sila.desk.conversation(conversation, SARA);
    expect(templates.map(({ id, parameters }) => [id, parameters.length])).toEqual([['continue', 1]]);
    await h.sila.desk.sendTemplate(conversation, SARA, 'continue', ['إيصال  التبرع\n'], 'client-2');
    await h.sila.desk.sendTemplate(conversation, SARA, 'continue', ['إيصال  التبرع\n'], 'client-2');
    await h.settle();
    expect(sentAs(h, 'p')).toEqual([
      { id: 'continue', name: 'sila_continue', code: 'ar', parameters: ['إيصال التبرع'] },
    ]);
    const lines = (await h.sila.desk.transcript(conversation, SARA)).slice(-2);
    expect(lines).toMatchObject([
      { text: 'إيصالك جاهز', state: 'queued', error: 'window_closed', template: null },
      { state: 'sent', by: SARA.id, template: { id: 'continue' } },
    ]);
    expect(lines[1]?.text).toContain('بخصوص إيصال التبرع.');
    expect((await h.store.turns.conversation(conversation))?.heldBy).toBe(SARA.id);
    expect(await h.tell('p', 'نعم')).toContain('إيصالك جاهز');
  });

  it.each([
    ['a template that is not for staff', 'case_status', ['1', '2'], 'invalid'],
    ['one that is not there', 'constructor', [], 'invalid'],
    ['too few parameters', 'continue', [], 'invalid'],
    ['an empty parameter', 'continue', [' \n '], 'invalid'],
    ['a parameter that is too long', 'continue', ['x'.repeat(301)], 'too_long'],
  ])('cannot send %s', async (_, id, parameters, code) => {
    const { h, conversation } = await opened();
    await expect(h.sila.desk.sendTemplate(conversation, SARA, id, parameters, 'client-3')).rejects.toMatchObject({
      code,
    });
  });

  it('cannot send one in a conversation of another, nor where there are none', async () => {
    const { h, conversation } = await opened();
    await h.sila.desk.take(conversation, SARA);
    await h.settle();
    const send = h.sila.desk.sendTemplate(conversation, HUDA, 'continue', ['x'], 'client-4');
    await expect(send).rejects.toMatchObject({ code: 'conflict' });
    const plain = await started({ bundle });
    const other = await plain.write('p', 'السلام عليكم');
    await plain.settle();
    expect((await plain.sila.desk.conversation(other.conversation, SARA)).templates).toEqual([]);
    const nowhere = plain.sila.desk.sendTemplate(other.conversation, SARA, 'continue', ['x'], 'client-5');
    await expect(nowhere).rejects.toMatchObject({ code: 'invalid' });
  });

  it("hold what the provider's own clock refused", async () => {
    const { h, conversation } = await opened();
    await h.tell('p', 'السلام عليكم');
    h.channel.answer = () => Promise.resolve({ result: 'error', error: sendErrors.window_closed });
    await h.sila.desk.reply(conversation, SARA, 'نحن بانتظارك', 'client-6');
    await h.settle();
    expect((await rows(h, conversation)).at(-1)).toMatchObject({ state: 'queued', error: 'window_closed' });
    h.channel.answer = () => Promise.resolve({ result: 'sent' });
    expect(await h.tell('p', 'نعم')).toContain('نحن بانتظارك');
  });
});

const refused: SendResult = { result: 'error', error: sendErrors.template };
const outcomes: Record<string, SendResult> = {
  sent: { result: 'sent' },
  'window closed': { result: 'error', error: sendErrors.window_closed },
  blocked: { result: 'error', error: sendErrors.blocked },
  refused: { result: 'error', error: sendErrors.refused },
  'template unknown': refused,
};

describe('no way loses what was said', () => {
  const ways = Object.keys(outcomes).flatMap((outcome) =>
    [0, 2 * DAY].flatMap((late) => [true, false].map((approved) => [outcome, late, approved] as const)),
  );
  it.each(ways)('provider says %s, %i ms after the person, templates: %s', async (outcome, late, approved) => {
    const more = approved ? {} : { bundle: pack('safe-treatment') };
    const { h, number, conversation } = await filed(more);
    await h.tell(FATIMA.user, 'السلام عليكم');
    h.clock.pass(late);
    h.channel.answer = () => Promise.resolve(outcomes[outcome]!);
    await decide(h, number, 'under_research');
    await h.sila.desk.messagePerson(number, SARA, 'نرجو إحضار أصل التقرير', 'client-a');
    await h.settle();
    await h.sila.desk.reply(conversation, SARA, 'هل من سؤال؟', 'client-b');
    await h.settle();
    h.clock.pass(12 * HOUR);
    await h.sila.sweepOnce();
    await h.settle();
    const told = await notices(h);
    const blocked = told.some((id) => id.startsWith('opted_out.'));
    for (const { id, state, error } of await rows(h, conversation)) {
      const waits = state === 'queued' && error === 'window_closed';
      const known = told.includes(`send_failed.${id}`) || (error === 'blocked' && blocked);
      expect([id, state, error, state === 'sent' || waits || known]).toEqual([id, state, error, true]);
    }
    // Whoever comes back reads it all, in order; what was refused for good staff have been told.
    h.channel.answer = () => Promise.resolve({ result: 'sent' });
    const before = h.channel.said(FATIMA.user).length;
    await h.tell(FATIMA.user, 'نعم');
    const late_ = h.channel.said(FATIMA.user).slice(before);
    const waited = outcome === 'window closed' || outcome === 'blocked';
    if (late > 0 || waited)
      expect(late_.indexOf('هل من سؤال؟')).toBeGreaterThan(late_.indexOf('نرجو إحضار أصل التقرير'));
  });
});
