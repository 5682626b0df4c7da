// The staff group on Telegram: who may take a conversation there, how they are known, and that nothing of it enters a mailbox.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StaffRow } from '../../src/store/contract.js';
import { startNotices } from '../../src/staff/notices/index.js';
import { openWhole } from '../channels/whole.js';
import { providerOf, settingsOf, telegramContract } from '../channels/telegram-contract.js';
import { startTelegram } from '../providers/telegram.js';
import * as people from '../providers/telegram-people.js';

const GROUP = -1_001_234_567_890;
const MONA = { id: 7_001, name: 'منى', language: 'ar' };
const OMAR = { id: 7_002, name: 'عمر', language: 'ar' };
const FATIMA = { id: 5_001, language: 'ar' };
const MINUTE = 60_000;

const staff = (id: string, login: string, name: string): StaffRow => ({
  ...{ id, login, name, role: 'reception', password: 'scrypt:x', disabledAt: null, createdAt: 1 },
});
const SALEM = staff('00000000-0000-7000-8000-0000000000c1', 'salem', 'سالم');
const HIND = staff('00000000-0000-7000-8000-0000000000c2', 'hind', 'هند');

async function stand() {
  const fake = await startTelegram();
  fake.state.chats.set(GROUP, { id: GROUP, type: 'supergroup' });
  const settings = { ...settingsOf(fake, 'webhook'), TELEGRAM_STAFF_CHAT_ID: String(GROUP) };
  const start = () => Promise.resolve({ ...providerOf(fake), settings });
  const whole = await openWhole({ ...telegramContract, start });
  for (const row of [SALEM, HIND]) await whole.store.staff.add(row);
  const { house, desk, channels } = whole.sila;
  const notices = startNotices({
    ...{ house, desk, channels, settings: { mail: null, webhook: null } },
    ...{ url: 'https://chat.charity.example', reachable: true, every: null },
  });
  onTestFinished(async () => {
    await notices.stop();
    await whole.stop();
  });
  /** All that waits at Telegram comes in and is handled. */
  const settle = async () => {
    for (const update of fake.state.waiting.splice(0)) await whole.post(Buffer.from(JSON.stringify(update)));
    await whole.settle();
    await notices.relay.idle();
  };
  const write = async (person: people.Person, text: string) => {
    people.write(fake, person, text);
    await settle();
  };
  const link = async (row: StaffRow, person: people.Person, shown = '/start ') => {
    await write(person, `${shown}${notices.links.make(row.id).code}`);
    return fake.said(person.id).at(-1)?.text ?? '';
  };
  /** Taps a button of the newest message of the group; gives back what the one who tapped is shown. */
  const tap = async (person: people.Person, data: string, chat: number = GROUP) => {
    const message = fake.said(GROUP).at(-1);
    const id = `q${fake.state.lastUpdate + 1}`;
    fake.state.queries.set(id, 'open');
    const from = { id: person.id, is_bot: false, first_name: person.name ?? '' };
    const under = {
      message_id: message?.message_id ?? 1,
      chat: { id: chat, type: 'supergroup' },
      reply_markup: { inline_keyboard: message?.keyboard ?? [] },
    };
    fake.push({ callback_query: { id, from, message: under, chat_instance: '1', data } });
    await settle();
    return fake.calls('answerCallbackQuery').findLast((call) => call['callback_query_id'] === id)?.['text'];
  };
  const handOff = async () => {
    await write(FATIMA, 'السلام عليكم');
    await write(FATIMA, 'موظف');
    const [row] = await whole.store.turns.conversations({ limit: 1 });
    return row!.id;
  };
  const say = (key: string, values?: Record<string, string>) => house.texts.say(key, 'ar', values);
  return { fake, whole, notices, settle, write, link, tap, handOff, say };
}

describe('the staff group', () => {
  it('hears once of a hand-off, with buttons and nothing of the person', async () => {
    const { fake, handOff, notices, say } = await stand();
    const conversation = await handOff();
    notices.relay.wake();
    await notices.relay.idle();
    expect(fake.said(GROUP)).toHaveLength(1);
    const [message] = fake.said(GROUP);
    expect(message?.text).toBe(`${say('console.notice.handoff')}\n${say('console.notice.handoff.more')}`);
    expect(message?.keyboard).toEqual([
      [{ text: say('notices.take'), callback_data: `s.take.${conversation}` }],
      [{ text: say('notices.open'), url: `https://chat.charity.example/staff/conversations/${conversation}` }],
    ]);
  });

  it('hears it later when Telegram asks for peace', async () => {
    const { fake, whole, handOff, notices } = await stand();
    await handOff();
    fake.fail({ kind: 'status', status: 429, retryAfter: 30 }, 1, 'sendMessage');
    await whole.store.notices.add({
      id: 'n',
      kind: 'danger',
      conversation: null,
      caseNumber: null,
      at: whole.clock.at,
    });
    const wake = async () => {
      notices.relay.wake();
      await notices.relay.idle();
    };
    await wake();
    whole.clock.pass(29_000);
    await wake();
    expect(fake.said(GROUP)).toHaveLength(1);
    whole.clock.pass(1_000);
    await wake();
    expect(fake.said(GROUP)).toHaveLength(2);
  });

  it('lets a linked member of staff take the conversation, once', async () => {
    const { fake, whole, link, tap, handOff, say } = await stand();
    const conversation = await handOff();
    expect(await link(SALEM, MONA)).toBe(say('notices.linked', { name: SALEM.name }));
    expect(await link(HIND, OMAR, '')).toBe(say('notices.linked', { name: HIND.name }));
    const data = `s.take.${conversation}`;
    expect(await tap(MONA, data)).toBe(say('notices.taken'));
    expect(await whole.store.turns.conversation(conversation)).toMatchObject({ hold: 'taken', heldBy: SALEM.id });
    expect(fake.said(GROUP)[0]?.keyboard).toEqual([
      [{ text: say('notices.open'), url: expect.stringContaining(conversation) as string }],
    ]);
    expect(await tap(OMAR, data)).toBe(say('notices.taken_by_other'));
    expect((await whole.store.turns.conversation(conversation))?.heldBy).toBe(SALEM.id);
    const acts = (await whole.store.staff.auditTrail({ limit: 20 })).map(({ staff: who, act }) => `${act} ${who}`);
    expect(acts).toContain(`conversation.taken ${SALEM.id}`);
    expect(acts).toContain(`linked ${SALEM.id}`);
    // The person hears who is there, as from the console.
    expect(fake.said(FATIMA.id).at(-1)?.text).toContain(SALEM.name);
  });

  it('obeys nobody else: strangers, closed accounts, other chats, forged data', async () => {
    const { fake, whole, link, tap, handOff, say } = await stand();
    const conversation = await handOff();
    const data = `s.take.${conversation}`;
    expect(await tap(MONA, data)).toBe(say('notices.not_linked'));
    expect(fake.said(GROUP)[0]?.keyboard).toHaveLength(2);
    await link(SALEM, MONA);
    await whole.store.staff.setDisabled(SALEM.id, 5);
    expect(await tap(MONA, data)).toBe(say('notices.not_linked'));
    await whole.store.staff.setDisabled(SALEM.id, null);
    expect(await tap(MONA, data, -42)).toBeUndefined();
    expect(await tap(MONA, 's.take.00000000-0000-7000-8000-000000000000')).toBe(say('notices.gone'));
    expect(await tap(MONA, 's.erase.everything')).toBe(say('notices.gone'));
    expect(await whole.store.turns.conversation(conversation)).toMatchObject({ hold: 'waiting', heldBy: null });
  });

  it('is looked for at the start', async () => {
    const { fake, notices } = await stand();
    expect(await notices.check()).toEqual([]);
    fake.state.chats.delete(GROUP);
    expect(await notices.check()).toEqual([{ way: 'telegram', code: 'not_found' }]);
  });

  it('is not a place where people are served', async () => {
    const { fake, whole, settle } = await stand();
    const from = { id: MONA.id, is_bot: false, first_name: 'منى' };
    const chat = { id: GROUP, type: 'supergroup' };
    fake.push({ message: { message_id: 900, from, chat, date: 1, text: 'السلام عليكم' } });
    await settle();
    expect(fake.said(GROUP)).toEqual([]);
    expect(await whole.store.turns.conversations({ limit: 5 })).toEqual([]);
  });
});

describe('a code of the console', () => {
  it('never enters a mailbox, works once, for ten minutes, for its account', async () => {
    const { whole, link, notices, write, fake, say } = await stand();
    const { code, until } = notices.links.make(SALEM.id);
    expect(`/start ${code}`.length).toBeLessThanOrEqual('/start '.length + 64);
    expect(until).toBe(whole.clock.at + 10 * MINUTE);
    await write(MONA, code);
    await write(OMAR, code);
    expect(fake.said(OMAR.id).at(-1)?.text).toBe(say('notices.link_refused'));
    expect(await notices.links.whoIs('telegram', String(OMAR.id))).toBeNull();
    expect(await notices.links.whoIs('telegram', String(MONA.id))).toMatchObject({ id: SALEM.id });
    expect(await whole.store.turns.conversations({ limit: 5 })).toEqual([]);
    const late = notices.links.make(HIND.id).code;
    whole.clock.pass(10 * MINUTE + 1);
    await write(OMAR, late);
    expect(fake.said(OMAR.id).at(-1)?.text).toBe(say('notices.link_refused'));
    // Who links anew with another account is that one from then on.
    expect(await link(HIND, MONA)).toBe(say('notices.linked', { name: HIND.name }));
    expect(await notices.links.whoIs('telegram', String(MONA.id))).toMatchObject({ id: HIND.id });
    await notices.links.remove(HIND.id, 'telegram');
    expect(await notices.links.whoIs('telegram', String(MONA.id))).toBeNull();
  });

  it('cannot be forged or bent', async () => {
    const { notices } = await stand();
    const { code } = notices.links.make(SALEM.id);
    const bytes = Buffer.from(code.slice('staff-'.length), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const bent = Buffer.from(bytes);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(await notices.links.use(`staff-${bent.toString('base64url')}`, 'telegram', '1')).toBeNull();
    }
    for (const wrong of ['', 'staff-', `staff-${code}`, code.slice(0, -1), `${code}A`])
      expect(await notices.links.use(wrong, 'telegram', '1')).toBeNull();
    // The same bytes in another spelling are the same code.
    expect(await notices.links.use(code, 'telegram', '1')).toMatchObject({ id: SALEM.id });
    expect(await notices.links.use(`${code}=`, 'telegram', '1')).toBeNull();
  });
});
