// What becomes of a send to Telegram (channels/telegram/) when the Bot API refuses, fails, or is not there.
import { describe, expect, it } from 'vitest';
import type { SendResult } from '../../channels/channel.js';
import { createClient } from '../../channels/telegram/client.js';
import { telegram } from '../../channels/telegram/index.js';
import type { Failure } from '../providers/telegram-state.js';
import { startTelegram } from '../providers/telegram.js';
import { createFakeHost } from '../support/fake-host.js';
import { outgoingOf, startDesk } from './contract-suite.js';
import { providerOf, settingsOf, telegramContract } from './telegram-contract.js';

type Told = Exclude<SendResult, { result: 'sent' }>;
const told = ({ result, error }: Told) => ({ result, code: error.code, retry: error.retry, optOut: error.optOut });

async function failing(failure: Failure): Promise<Told> {
  const { fake, send } = await desk();
  fake.fail(failure);
  const sent = await send({ text: 'سلام' });
  if (sent.result === 'sent') throw new Error('it was sent');
  return sent;
}

async function desk() {
  const fake = await startTelegram();
  const started = await startDesk({ ...telegramContract, start: () => Promise.resolve(providerOf(fake)) });
  const send = (message: Parameters<typeof outgoingOf>[1]) =>
    started.channel.send(outgoingOf(started.provider, message));
  return { ...started, fake, send };
}

it('what is written goes by the number of its update', async () => {
  const { provider, post, host } = await desk();
  const user = provider.user(1);
  for (const body of provider.bodies([provider.say(user, 'الأولى'), provider.say(user, 'الثانية')])) await post(body);
  expect(host.counted).toEqual([920_000_001, 920_000_002]);
});

describe('errors', () => {
  const down = { code: 'provider_down', retry: true, optOut: false };
  const lost = { result: 'ambiguous', code: 'network', retry: true, optOut: false };
  it.each<[string, Failure, object]>([
    ['500', { kind: 'status', status: 500 }, { result: 'error', ...down }],
    ['502', { kind: 'status', status: 502 }, { result: 'error', ...down }],
    ['a reset line', { kind: 'reset' }, lost],
    ['an answer that is lost', { kind: 'lost' }, lost],
    ['garbage with 200', { kind: 'garbage' }, lost],
  ])('%s', async (_name, failure, wanted) => {
    expect(told(await failing(failure))).toEqual(wanted);
  });

  it('a provider that never answers is left after its time', async () => {
    const { fake } = await desk();
    fake.fail({ kind: 'hang' });
    const client = createClient(fake.token, fake.url);
    const answer = await client.call('sendMessage', { chat_id: '5001', text: 'سلام' }, 50);
    expect(answer).toEqual({ ok: false, why: 'broken', sent: 'maybe' });
  });

  it('429 waits exactly as long as Telegram says, with all that the bot sends', async () => {
    const sent = await failing({ kind: 'status', status: 429, retryAfter: 7 });
    expect(sent).toMatchObject({
      result: 'error',
      retryAfter: 7_000,
      error: { code: 'rate_limited', slow: 'account' },
    });
  });

  it('403 is the end: the person blocked us', async () => {
    const { fake, send } = await desk();
    fake.state.chats.set(5_001, { id: 5_001, type: 'private', blocked: true });
    expect(told((await send({ text: 'سلام' })) as Told)).toEqual({
      result: 'error',
      code: 'blocked',
      retry: false,
      optOut: true,
    });
  });

  it('a chat that is not there is the end too', async () => {
    const { send } = await desk();
    const sent = await send({ text: 'سلام', user: '999', reply: {} });
    expect(told(sent as Told)).toMatchObject({ code: 'not_found', retry: false });
  });

  it.each([
    ['another token', '123456789:BBE-fake_token_of_thirty_five_signs'],
    ['what is no token', 'nonsense'],
  ])('%s asks staff, and waits', async (_name, token) => {
    const { fake } = await desk();
    const channel = telegram.create(
      createFakeHost(() => []),
      {
        ...settingsOf(fake, 'webhook'),
        TELEGRAM_BOT_TOKEN: token,
      },
    );
    const sent = await channel.send(outgoingOf(providerOf(fake), { text: 'سلام' }));
    expect(sent).toMatchObject({ result: 'error', error: { code: 'auth', retry: true, tellStaff: true } });
  });

  it('nobody at the address: it was surely not sent', async () => {
    const { fake, send } = await desk();
    await fake.stop();
    expect(told((await send({ text: 'سلام' })) as Told)).toMatchObject({
      result: 'error',
      code: 'network',
      retry: true,
    });
  });

  it('words of an error never quote what was sent, nor the token', async () => {
    const sent = await failing({ kind: 'garbage' });
    expect(JSON.stringify(sent)).not.toMatch(/سلام|AAE/);
  });
});

describe('a message in several parts', () => {
  it('goes on where it broke off when it is tried again', async () => {
    const { fake, send } = await desk();
    const text = 'فقرة من الكلام. '.repeat(700);
    const parts = Math.ceil(text.length / 4_096);
    fake.fail({ kind: 'status', status: 500 }, 1, 'sendMessage', 1);
    expect((await send({ text })).result).toBe('error');
    expect(fake.said(5_001)).toHaveLength(1);
    expect((await send({ text, attempt: 2 })).result).toBe('sent');
    const shown = fake.said(5_001).map((message) => message.text ?? '');
    expect(shown.length).toBeLessThanOrEqual(parts + 1);
    expect(shown.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  it('names the last part to Telegram as the message', async () => {
    const { fake, send } = await desk();
    const sent = await send({ text: 'ن'.repeat(5_000) });
    expect(sent).toEqual({ result: 'sent', providerId: `5001:${fake.said(5_001).at(-1)!.message_id}` });
  });
});

describe('files', () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\nx', 'latin1');
  it('that Telegram does not draw go as documents', async () => {
    const { fake, host, provider, send } = await desk();
    const file = await host.keepFile(provider.account, provider.user(1), 'شريط.png', png);
    if ('refused' in file) throw new Error(file.refused);
    fake.fail({ kind: 'status', status: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' }, 1, 'sendPhoto');
    expect((await send({ text: 'صورة', file })).result).toBe('sent');
    expect(fake.said(5_001)).toMatchObject([
      { caption: 'صورة', file: { as: 'document', name: 'شريط.png', bytes: png } },
    ]);
  });

  it("that are another person's are not sent", async () => {
    const { fake, host, provider, send } = await desk();
    const file = await host.keepFile(provider.account, 'somebody-else', 'x.png', png);
    if ('refused' in file) throw new Error(file.refused);
    expect(await send({ text: 'صورة', file })).toMatchObject({ result: 'error', error: { code: 'media' } });
    expect(fake.said(5_001)).toEqual([]);
  });

  it('with long words: the file first, then the words', async () => {
    const { fake, host, provider, send } = await desk();
    const file = await host.keepFile(provider.account, provider.user(1), 'x.png', png);
    if ('refused' in file) throw new Error(file.refused);
    await send({ text: 'ك'.repeat(1_025), file });
    expect(fake.said(5_001).map(({ caption, text, file: sent }) => [sent?.name, caption, text?.length])).toEqual([
      ['x.png', undefined, undefined],
      [undefined, undefined, 1_025],
    ]);
  });
});
