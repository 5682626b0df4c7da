// People who want no messages: by their own words or because the channel says so. Nothing reaches them until they write again.
import { describe, expect, it } from 'vitest';
import { sendErrors } from '../../channels/common/send-errors.js';
import { pack, packWith } from '../support/pack.js';
import { SARA, started, type Harness } from './harness.js';
import { FATIMA, fileRequest } from './request.js';

const HOUR = 3_600_000;
const text = (key: string, language = 'ar') => pack('safe-treatment').texts[key]?.[language] ?? key;
const kinds = async (h: Harness) => (await h.store.notices.list({ limit: 99 })).map(({ kind }) => kind);
const restOf = async (h: Harness, conversation: string) =>
  (await h.sila.desk.conversation(conversation, SARA)).rest?.by ?? null;

async function pass(h: Harness, hours: number) {
  for (let hour = 0; hour < hours; hour++) {
    h.clock.pass(HOUR);
    await h.sila.sweepOnce();
    await h.settle();
  }
}

describe('somebody who asks us to stop', () => {
  it.each([
    ['إيقاف الرسائل', 'ar'],
    ['أوقفوا الرسائل', 'ar'],
    ['unsubscribe', 'en'],
    ['STOP', 'en'],
  ])('%s: is told so once, and hears nothing more', async (words, language) => {
    const h = await started();
    const { conversation } = await h.write('p', language === 'ar' ? 'السلام عليكم' : 'Hello', { language });
    await h.settle();
    expect(await h.tell('p', words)).toEqual([text('engine.rest.begun', language)]);
    expect(await restOf(h, conversation)).toBe('person');
    expect(await kinds(h)).toEqual(['opted_out']);
    const before = h.channel.sent.length;
    await pass(h, 60);
    expect(h.channel.sent).toHaveLength(before);
  });

  it('keeps their request under study, and the word of it for when they are back', async () => {
    const bundle = packWith('safe-treatment', (_, file) => file.replaceAll('approved: false', 'approved: true'));
    const h = await started({ bundle, limits: { replyWindow: 24 * HOUR, templates: true } });
    const number = await fileRequest(h, FATIMA);
    await h.tell(FATIMA.user, 'القائمة');
    await h.tell(FATIMA.user, 'إيقاف الرسائل');
    const before = h.channel.sent.length;
    await h.sila.desk.changeStatus(number, SARA, { to: 'under_research', tell: true });
    await h.sila.desk.messagePerson(number, SARA, 'نرجو إحضار أصل التقرير', 'client-1');
    await h.settle();
    await pass(h, 30);
    expect(h.channel.sent).toHaveLength(before);
    const said = await h.tell(FATIMA.user, 'السلام عليكم');
    expect(said[1]).toBe('نرجو إحضار أصل التقرير');
    expect(said[2]).toBe(text('engine.rest.over'));
    const { conversation } = (await h.store.cases.get(number))!;
    expect(await restOf(h, conversation)).toBeNull();
  });

  it('in the middle of a request is asked about the request', async () => {
    const h = await started();
    await fileRequest(h, FATIMA, 'for_whom');
    const said = await h.tell(FATIMA.user, 'stop');
    expect(said).toEqual([text('engine.cancel.ask')]);
    expect(await kinds(h)).not.toContain('opted_out');
  });

  it.each(['وقفوا رسائلكم عني', 'إيقاف الرسائل', "don't text this phone again"])(
    'where it names messages no request is meant: %s ends them, and what was begun is kept',
    async (words) => {
      const h = await started();
      await fileRequest(h, FATIMA, 'for_whom');
      expect(await h.tell(FATIMA.user, words)).toEqual([text('engine.rest.begun')]);
      expect(await kinds(h)).toContain('opted_out');
      const back = await h.tell(FATIMA.user, 'السلام عليكم');
      expect(back.join('\n')).toContain(text('engine.rest.over'));
    },
  );

  it('may ask again, and comes back by any word', async () => {
    const h = await started();
    await h.tell('p', 'السلام عليكم');
    await h.tell('p', 'إيقاف الرسائل');
    expect(await h.tell('p', 'إيقاف الرسائل')).toEqual([text('engine.rest.begun')]);
    const said = await h.tell('p', 'السلام عليكم');
    expect(said[0]).toBe(text('engine.rest.over'));
    expect(said.length).toBeGreaterThan(1);
  });
});

describe('somebody who blocked us', () => {
  async function blocked() {
    const h = await started();
    const { conversation } = await h.write('p', 'السلام عليكم');
    await h.settle();
    h.channel.answer = () => Promise.resolve({ result: 'error', error: sendErrors.blocked });
    await h.sila.desk.reply(conversation, SARA, 'نحن بانتظارك', 'client-1');
    await h.settle();
    return { h, conversation };
  }

  it('rests: staff see it, further words wait without a try, one notice', async () => {
    const { h, conversation } = await blocked();
    expect(await restOf(h, conversation)).toBe('channel');
    const before = h.channel.sent.length;
    await h.sila.desk.reply(conversation, SARA, 'وهذا للعلم', 'client-2');
    await h.settle();
    await pass(h, 80);
    expect(h.channel.sent).toHaveLength(before);
    expect((await kinds(h)).filter((kind) => kind === 'opted_out')).toHaveLength(1);
    const lines = await h.sila.desk.transcript(conversation, SARA);
    expect(lines.at(-1)).toMatchObject({ state: 'queued', error: 'window_closed' });
  });

  it('rests as well when the provider says so afterwards', async () => {
    const h = await started();
    h.channel.answer = () => Promise.resolve({ result: 'sent', providerId: 'wamid-1' });
    const { conversation } = await h.write('p', 'السلام عليكم');
    await h.settle();
    const [said] = h.channel.sent;
    const failed = { account: 'main', providerId: 'wamid-1', state: 'failed', at: h.clock.at } as const;
    await h.sila.host('fake').status({ ...failed, error: sendErrors.blocked, ...(said && { id: said.id }) });
    await h.settle();
    expect(await restOf(h, conversation)).toBe('channel');
  });

  it('who writes again is welcome, and reads what waited', async () => {
    const { h, conversation } = await blocked();
    await h.sila.desk.reply(conversation, SARA, 'وهذا للعلم', 'client-2');
    await h.settle();
    h.channel.answer = () => Promise.resolve({ result: 'sent' });
    h.clock.pass(1_000);
    const said = await h.tell('p', 'عدت إليكم');
    expect(said).toEqual(['نحن بانتظارك', 'وهذا للعلم', text('engine.rest.over')]);
    expect(await restOf(h, conversation)).toBeNull();
  });

  it('is not put to rest by an old refusal that is heard after they wrote', async () => {
    const { h, conversation } = await blocked();
    h.channel.answer = () => Promise.resolve({ result: 'sent' });
    h.clock.pass(1_000);
    await h.tell('p', 'عدت إليكم');
    const at = h.clock.at - 500;
    const body = { v: 1, kind: 'within', input: { kind: 'system', event: 'unreachable', at } } as const;
    const sealed = await h.sila.house.records.item.seal('', 'late', body);
    await h.store.turns.put(conversation, { id: 'late', kind: 'system', dedupeKey: 'late', sealed, at: h.clock.at });
    await h.sila.sweepOnce();
    await h.settle();
    expect(await restOf(h, conversation)).toBeNull();
  });
});
