// The Bot Framework adapter (channels/botframework/index) against a strict fake of the connector over real HTTP.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { activity, BOT, conversationOf, said, type Wire } from '../providers/botframework-activities.js';
import { freePort } from '../support/fake-server.js';
import { outgoing, PERSON, stand, type Stand } from './botframework-stand.js';

const textsOf = ({ fake }: Stand) => fake.sent.map(({ body }) => body['text']);

describe('a send', () => {
  const codes: [string, number, string, object][] = [
    ['to somebody who blocked us', 403, 'ConversationBlockedByUser', { code: 'blocked', optOut: true }],
    ['to somebody who removed us', 403, 'BotNotInConversationRoster', { code: 'blocked', optOut: true }],
    [
      'where an administrator switched us off',
      403,
      'BotDisabledByAdmin',
      { code: 'auth', tellStaff: true, optOut: false },
    ],
    ['into a conversation that is gone', 404, 'ConversationNotFound', { code: 'not_found', optOut: true }],
    ['that is too large', 413, 'MessageSizeTooBig', { code: 'too_long', tellStaff: true }],
    ['beside another one', 412, 'PreconditionFailed', { code: 'provider_down', retry: true }],
    ['that is malformed', 400, 'BadSyntax', { code: 'refused', retry: false }],
    ['while the service is down', 502, 'BadGateway', { code: 'provider_down', retry: true }],
  ];
  it.each(codes)('%s is told by its code', async (_name, status, code, error) => {
    const here = await stand();
    here.fake.fail({ as: 'code', status, code });
    expect(await here.channel.send(outgoing(here))).toMatchObject({ result: 'error', error });
    // The SDK would have tried some of them again by itself.
    expect(here.fake.requests).toBe(1);
  });

  it('to somebody who muted us is known by the code within the words of Teams', async () => {
    const here = await stand();
    here.fake.fail({ as: 'code', status: 403, code: '{\\r\\n "subCode": "MessageWritesBlocked"' });
    expect(await here.channel.send(outgoing(here))).toMatchObject({ error: { code: 'blocked' } });
  });

  it.each([
    ['seconds', '7', 7_000],
    ['a date', new Date(60_000).toUTCString(), 60_000],
  ])('that comes too fast waits as long as the service says, in %s', async (_name, retryAfter, wait) => {
    const here = await stand();
    here.host.now = () => 0;
    here.fake.fail({ as: 'status', status: 429, retryAfter });
    expect(await here.channel.send(outgoing(here))).toMatchObject({
      error: { code: 'rate_limited' },
      retryAfter: wait,
    });
    expect(here.fake.requests).toBe(1);
  });

  it.each(['hang', 'reset'] as const)('whose answer is lost (%s) is unclear, and made once only', async (as) => {
    const here = await stand({ SEND_TIMEOUT: '400' });
    here.fake.fail({ as, late: true });
    expect((await here.channel.send(outgoing(here))).result).toBe('ambiguous');
    expect(here.fake.requests).toBe(1);
  });

  it('to an address where nobody listens did not leave', async () => {
    const here = await stand();
    const reply = { ...outgoing(here).reply, service: `http://127.0.0.1:${await freePort()}/` };
    expect(await here.channel.send(outgoing(here, { reply }))).toMatchObject({
      result: 'error',
      error: { code: 'network' },
    });
  });

  it('that is answered without a sense is sent all the same', async () => {
    const here = await stand();
    here.fake.fail({ as: 'garbage', late: true });
    expect(await here.channel.send(outgoing(here))).toEqual({ result: 'sent' });
  });

  it('never follows a redirect', async () => {
    const here = await stand();
    let visits = 0;
    const elsewhere = createServer((_request, response) => {
      visits += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void elsewhere.close());
    here.fake.fail({ as: 'redirect', to: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/` });
    expect((await here.channel.send(outgoing(here))).result).toBe('ambiguous');
    expect(visits).toBe(0);
  });

  it('in several parts goes on where it stopped', async () => {
    const here = await stand();
    const text = Array.from({ length: 900 }, (_, n) => `نشكرك على رسالتك رقم ${n}.`).join(' ');
    here.fake.fail({ as: 'status', status: 500, skip: 1 });
    expect((await here.channel.send(outgoing(here, { text }))).result).toBe('error');
    expect((await here.channel.send(outgoing(here, { text, attempt: 2 }))).result).toBe('sent');
    expect(textsOf(here).join(' ').replace(/\s+/g, ' ')).toBe(text);
    expect(new Set(textsOf(here)).size).toBe(here.fake.sent.length);
  });

  it('begins a turn of its own, long after the person wrote: it answers no activity', async () => {
    const here = await stand();
    await here.channel.send(outgoing(here));
    const [{ body } = { body: {} as Wire }] = here.fake.sent;
    expect(body).toMatchObject({
      from: { id: BOT },
      recipient: { id: PERSON },
      conversation: { id: conversationOf(PERSON) },
    });
    expect(body).not.toHaveProperty('replyToId');
  });

  it('without a reference goes nowhere', async () => {
    const here = await stand();
    expect(await here.channel.send(outgoing(here, { reply: {} }))).toMatchObject({ error: { code: 'not_found' } });
    expect(here.fake.requests).toBe(0);
  });
});

describe('our own token', () => {
  it('is asked for once, however many send at once, and again before it ends', async () => {
    const here = await stand();
    here.host.clock.now = 1_000;
    const send = (id: string) => here.channel.send(outgoing(here, { id }));
    await Promise.all(Array.from({ length: 20 }, (_, n) => send(`id-${n}`)));
    expect([here.fake.sent.length, here.fake.openId.issued.length]).toEqual([20, 1]);
    here.host.clock.now += 54 * 60_000;
    await send('early');
    expect(here.fake.openId.issued).toHaveLength(1);
    here.host.clock.now += 2 * 60_000;
    await send('late');
    expect(here.fake.openId.issued).toHaveLength(2);
  });

  it.each([
    ['of an app of many tenants', '', 'botframework.com'],
    ['of an app of one tenant', '11111111-2222-3333-4444-555555555555', '11111111-2222-3333-4444-555555555555'],
  ])('%s is asked of the right place', async (_name, tenant, asked) => {
    const here = await stand({ MICROSOFT_APP_TENANT_ID: tenant });
    await here.channel.send(outgoing(here));
    expect(here.fake.openId.tenants).toEqual([asked]);
  });

  it('that the service does not take any longer is asked for anew by the next try', async () => {
    const here = await stand();
    await here.channel.send(outgoing(here));
    here.fake.openId.issued[0] = 'taken back';
    const again = () => here.channel.send(outgoing(here, { id: 'second' }));
    expect(await again()).toMatchObject({ error: { code: 'auth', retry: true } });
    expect((await again()).result).toBe('sent');
  });

  it.each([
    ['with a wrong password', { MICROSOFT_APP_PASSWORD: 'the-password-before-this' }, null, 'auth'],
    ['while the login is down', {}, 503, 'provider_down'],
    ['while nobody is there', { MICROSOFT_LOGIN_URL: 'http://127.0.0.1:9' }, null, 'network'],
  ] as const)('%s cannot be had: the message waits, and nothing went out', async (_name, settings, failing, code) => {
    const here = await stand(settings);
    here.fake.openId.failing = failing;
    expect(await here.channel.send(outgoing(here))).toMatchObject({ result: 'error', error: { code, retry: true } });
    expect(here.fake.requests).toBe(0);
  });
});

describe('around a conversation', () => {
  const inGroup = { conversation: { id: conversationOf(PERSON), conversationType: 'channel', isGroup: true } };

  it('a group hears one line about where to find us, and then nothing; nothing of it is kept', async () => {
    const here = await stand();
    const seen = new Set<string>();
    here.host.within = (what, key) => {
      const isFirst = !seen.has(`${what} ${key}`);
      seen.add(`${what} ${key}`);
      return Promise.resolve(isFirst);
    };
    for (const text of ['ابني مريض', 'هل من مجيب؟'])
      expect((await here.post(said('msteams', here.service, PERSON, text, inGroup))).status).toBe(200);
    await expect.poll(() => textsOf(here)).toEqual(['botframework.group ar-SA']);
    expect([here.host.accepted, here.host.unread]).toEqual([[], []]);
    expect(here.logged.join()).not.toContain('مريض');
  });

  it('what was written goes by when the channel had it, where it says so', async () => {
    const here = await stand();
    for (const timestamp of ['2026-03-01T08:00:00.000Z', ''])
      await here.post(said('msteams', here.service, PERSON, 'السلام عليكم', { timestamp }));
    expect(here.host.counted).toEqual([Date.UTC(2026, 2, 1, 8), undefined]);
  });

  it('what was written is shown as being read, where the channel can', async () => {
    const here = await stand();
    const read = (channel: string) =>
      here.channel.reading!({ account: 'a', messageId: 'm', reply: outgoing(here, {}, channel).reply });
    read('sms');
    read('msteams');
    await expect.poll(() => here.fake.typing).toEqual([PERSON]);
    expect(here.fake.requests).toBe(1);
  });

  it('a question of the channel that we never offered is answered as such', async () => {
    const here = await stand();
    const invoke = activity('msteams', here.service, PERSON, { type: 'invoke', name: 'fileConsent/invoke' });
    expect((await here.post(invoke)).status).toBe(501);
    expect(here.host.accepted).toEqual([]);
  });

  it('a message is changed twice: staff see both', async () => {
    const here = await stand();
    const change = (text: string) =>
      activity('msteams', here.service, PERSON, { id: '7', type: 'messageUpdate', text });
    for (const text of ['ألف', 'باء']) await here.post(change(text));
    expect(here.host.accepted.map(({ text, media }) => [text, media])).toEqual([
      ['ألف', 'edit'],
      ['باء', 'edit'],
    ]);
  });

  it('the words that are taken back are those that came under the same id', async () => {
    const here = await stand();
    await here.post(said('msteams', here.service, PERSON, 'رقمي السري 4471', { id: '9' }));
    await here.post(activity('msteams', here.service, PERSON, { id: '9', type: 'messageDelete' }));
    const [before, after] = here.host.accepted;
    expect(after).toMatchObject({ media: 'deleted', unsent: before!.messageId });
  });

  it('nothing is streamed: there is no line that stays open', async () => {
    const { channel } = await stand();
    expect(channel).not.toHaveProperty('sockets');
    expect(channel.routes().map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/messages']);
  });
});
