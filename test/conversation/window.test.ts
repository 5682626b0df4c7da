// The reply window: when it is over the bot's words lapse and staff are told, and what staff say waits until the person writes again.
import { describe, expect, it } from 'vitest';
import { FATIMA, fileRequest } from './request.js';
import { SARA, started, type Harness } from './harness.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const limits = { replyWindow: DAY } as const;

async function outbox(h: Harness, conversation: string) {
  const rows = await h.store.messages.list(conversation, 0, 500);
  return rows.filter(({ direction }) => direction === 'out');
}
const notices = async (h: Harness) => (await h.store.notices.list({ limit: 50 })).map(({ kind }) => kind);

describe('the reply window', () => {
  it('closes five minutes early on our clock, and staff see when', async () => {
    const h = await started({ limits });
    const { conversation } = await h.write('p', 'السلام عليكم');
    await h.settle();
    const wrote = h.clock.at;
    const { replyUntil } = await h.sila.desk.conversation(conversation, SARA);
    expect(replyUntil).toBe(wrote + DAY - 5 * MINUTE);
    const always = await started();
    const other = await always.write('p', 'السلام عليكم');
    expect((await always.sila.desk.conversation(other.conversation, SARA)).replyUntil).toBeNull();
  });

  it('lets staff speak to its last minute', async () => {
    const h = await started({ limits });
    const { conversation } = await h.write('p', 'السلام عليكم');
    await h.settle();
    h.clock.pass(DAY - 6 * MINUTE);
    await h.sila.desk.reply(conversation, SARA, 'أهلًا بك', 'client-1');
    await h.settle();
    expect(h.channel.said('p')).toContain('أهلًا بك');
  });

  it('keeps what staff say after it, and sends it first when the person writes', async () => {
    const h = await started({ limits });
    const { conversation } = await h.write('p', 'السلام عليكم');
    await h.settle();
    h.clock.pass(2 * DAY);
    const before = h.channel.sent.length;
    await h.sila.desk.reply(conversation, SARA, 'هل ما زلت بحاجة إلى الدواء؟', 'client-1');
    await h.settle();
    await h.sila.desk.reply(conversation, SARA, 'نحن بانتظارك', 'client-2');
    await h.settle();
    for (let hours = 0; hours < 100; hours++) {
      h.clock.pass(HOUR);
      await h.sila.sweepOnce();
      await h.settle();
    }
    expect(h.channel.sent).toHaveLength(before);
    const held = (await outbox(h, conversation)).slice(-2);
    expect(held.map(({ state }) => state)).toEqual(['queued', 'queued']);
    const lines = await h.sila.desk.transcript(conversation, SARA);
    expect(lines.some(({ state, error }) => state === 'queued' && error === 'window_closed')).toBe(true);
    await h.sila.desk.handBack(conversation, SARA);
    await h.settle();
    const said = await h.tell('p', 'نعم');
    expect(said.indexOf('هل ما زلت بحاجة إلى الدواء؟')).toBeGreaterThanOrEqual(0);
    expect(said.indexOf('نحن بانتظارك')).toBeGreaterThan(said.indexOf('هل ما زلت بحاجة إلى الدواء؟'));
    expect((await outbox(h, conversation)).every(({ state }) => state === 'sent')).toBe(true);
    expect(await notices(h)).not.toContain('send_failed');
  });

  it('keeps the word of a decision until the person is back', async () => {
    const h = await started({ limits });
    const number = await fileRequest(h, FATIMA);
    h.clock.pass(3 * DAY);
    await h.sila.sweepOnce();
    await h.settle();
    const before = h.channel.said(FATIMA.user).length;
    await h.sila.desk.messagePerson(number, SARA, 'نرجو إحضار أصل التقرير', 'client-1');
    await h.settle();
    expect(h.channel.said(FATIMA.user)).toHaveLength(before);
    const said = await h.tell(FATIMA.user, 'السلام عليكم');
    expect(said.join('\n')).toContain('نرجو إحضار أصل التقرير');
  });

  it('tells staff when nobody came back for thirty days', async () => {
    const h = await started({ limits });
    const { conversation } = await h.write('p', 'السلام عليكم');
    await h.settle();
    h.clock.pass(2 * DAY);
    await h.sila.desk.reply(conversation, SARA, 'نحن بانتظارك', 'client-1');
    await h.settle();
    h.clock.pass(31 * DAY);
    await h.sila.sweepOnce();
    await h.settle();
    expect((await outbox(h, conversation)).at(-1)).toMatchObject({ state: 'expired', error: null });
    expect(await notices(h)).toContain('send_failed');
  });

  it('holds what a provider in trouble kept from going out in time', async () => {
    const h = await started({ limits });
    const { conversation } = await h.write('p', 'السلام عليكم');
    await h.settle();
    h.channel.answer = () =>
      Promise.resolve({
        result: 'error',
        error: { code: 'provider_down', retry: true, slow: 'message', tellStaff: false, optOut: false },
      });
    h.clock.pass(23 * HOUR);
    await h.sila.desk.reply(conversation, SARA, 'نحن بانتظارك', 'client-1');
    for (let hours = 0; hours < 30; hours++) {
      await h.sila.sweepOnce();
      await h.settle();
      h.clock.pass(10 * MINUTE);
    }
    expect((await outbox(h, conversation)).at(-1)).toMatchObject({ state: 'queued', error: 'window_closed' });
    h.channel.answer = () => Promise.resolve({ result: 'sent' });
    await h.tell('p', 'السلام عليكم');
    expect(h.channel.said('p').at(-1)).toBe('نحن بانتظارك');
  });

  it("lets the bot's own words lapse, and tells staff of each", async () => {
    const h = await started({ limits });
    h.channel.answer = () => stuck;
    const { conversation } = await h.write('p', 'السلام عليكم');
    await h.settle();
    h.clock.pass(DAY);
    await h.sila.sweepOnce();
    await h.settle();
    const rows = await outbox(h, conversation);
    expect(rows.every(({ state }) => state === 'expired' || state === 'failed')).toBe(true);
    expect((await notices(h)).filter((kind) => kind === 'send_failed')).toHaveLength(rows.length);
  });
});

const stuck = Promise.resolve({
  result: 'error' as const,
  error: { code: 'rate_limited' as const, retry: true, slow: 'message' as const, tellStaff: true, optOut: false },
  retryAfter: 12 * HOUR,
});
