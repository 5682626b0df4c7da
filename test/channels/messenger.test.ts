// The Messenger adapter (channels/messenger/) against a strict fake of the Send API over real HTTP.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Channel, ChannelRequest, Outgoing } from '../../channels/channel.js';
import { messenger } from '../../channels/messenger/index.js';
import { VERIFY_TOKEN } from '../providers/messenger-provider.js';
import { startMessenger, type FakeMessenger } from '../providers/messenger.js';
import { comment, event, INSTAGRAM, PAGE, said, webhook, type Happening } from '../providers/messenger-webhooks.js';
import { signature } from '../providers/graph-webhooks.js';
import { createFakeHost, type FakeHost } from '../support/fake-host.js';
import { outgoingTo, requestTo } from '../support/given.js';

interface Stand {
  fake: FakeMessenger;
  host: FakeHost;
  channel: Channel;
}

const PERSON = '24000000001';
const say = (key: string, language: string, values: Record<string, string | number> = {}) =>
  [key, language, ...Object.values(values)].join(' ');

async function stand(more: Record<string, string> = {}): Promise<Stand> {
  const fake = await startMessenger();
  onTestFinished(() => fake.stop());
  fake.window = Infinity;
  const host = createFakeHost(() => [], { say });
  const channel = messenger.create(host, {
    META_API_URL: fake.url,
    MESSENGER_PAGE_TOKEN: fake.token,
    META_APP_SECRET: fake.secret,
    META_VERIFY_TOKEN: VERIFY_TOKEN,
    ...more,
  });
  return { fake, host, channel };
}

const outgoing = (more: Partial<Outgoing> = {}): Outgoing =>
  outgoingTo({ account: PAGE, user: PERSON, reply: { product: 'page', user: PERSON } }, more);
const onInstagram = { account: INSTAGRAM, user: 'ig-1', reply: { product: 'instagram', user: 'ig-1' } };

const request = (method: string, more: Partial<ChannelRequest>): ChannelRequest =>
  requestTo('/webhooks/messenger', method, more);
const route = (channel: Channel, method: string) => channel.routes().find((one) => one.method === method)!;

function post({ channel, fake }: Stand, happenings: Happening[], product?: 'instagram') {
  const body = Buffer.from(JSON.stringify(webhook(happenings, product)));
  const headers = { 'x-hub-signature-256': signature(body, fake.secret) };
  return route(channel, 'POST').handle(request('POST', { headers, body }));
}

describe('the verification', () => {
  it('repeats the challenge to who knows our word, and to nobody else', async () => {
    const { channel } = await stand();
    const ask = (token: string) => ({
      'hub.mode': 'subscribe',
      'hub.verify_token': token,
      'hub.challenge': '1158201444',
    });
    const get = (query: Record<string, string>) => route(channel, 'GET').handle(request('GET', { query }));
    expect(await get(ask(VERIFY_TOKEN))).toMatchObject({ status: 200, body: '1158201444' });
    expect((await get(ask('another'))).status).toBe(403);
  });
});

describe('a send', () => {
  it.each([
    ['outside of the 24 hours', { as: 'code', code: 10 }, 'auth'],
    ['to somebody who is gone', { as: 'code', code: 551 }, 'blocked'],
    ['that comes too fast', { as: 'code', code: 613 }, 'rate_limited'],
    ['with a token that ended', { as: 'code', code: 190 }, 'auth'],
    ['without permission', { as: 'code', code: 230 }, 'auth'],
    ['while Meta is down', { as: 'status', status: 502 }, 'provider_down'],
    ['for another reason', { as: 'code', code: 100 }, 'refused'],
  ] as const)('%s is told by its code', async (_name, failure, code) => {
    const { fake, channel } = await stand();
    fake.fail(failure);
    expect(await channel.send(outgoing())).toMatchObject({ result: 'error', error: { code } });
  });

  it('outside of the 24 hours is told as such by its sub-code', async () => {
    const { fake, channel } = await stand();
    fake.window = 0;
    expect(await channel.send(outgoing())).toMatchObject({ result: 'error', error: { code: 'window_closed' } });
  });

  it('waits as long as Meta says', async () => {
    const { fake, channel } = await stand();
    fake.fail({ as: 'code', code: 613, retryAfter: 90 });
    expect(await channel.send(outgoing())).toMatchObject({ error: { retry: true }, retryAfter: 90_000 });
  });

  it('that hung is settled by its echo, which brings our id', async () => {
    const here = await stand({ SEND_TIMEOUT: '600' });
    here.fake.fail({ as: 'hang', late: true });
    expect((await here.channel.send(outgoing())).result).toBe('ambiguous');
    const [sent] = here.fake.sent;
    const message = { ...(sent!.body['message'] as object), mid: sent!.id, is_echo: true };
    await post(here, [{ event: { ...event(PAGE, { message }), recipient: { id: PERSON } } }]);
    expect(here.host.statuses).toMatchObject([{ providerId: sent!.id, state: 'sent', id: outgoing().id }]);
    expect(here.host.accepted).toEqual([]);
  });

  it('in several parts goes on where it stopped', async () => {
    const { fake, channel } = await stand();
    const text = Array.from({ length: 300 }, (_, n) => `نشكرك على رسالتك رقم ${n}.`).join(' ');
    fake.fail({ as: 'status', status: 500, skip: 1 });
    expect((await channel.send(outgoing({ text }))).result).toBe('error');
    expect((await channel.send(outgoing({ text, attempt: 2 }))).result).toBe('sent');
    const parts = fake.sent.map(({ body }) => (body['message'] as { text: string }).text);
    expect(parts.join(' ').replace(/\s+/g, ' ')).toBe(text);
    expect(new Set(parts).size).toBe(parts.length);
  });

  it('to Instagram counts bytes, and loses no word', async () => {
    const { fake, channel } = await stand();
    const text = 'نشكرك على تواصلك معنا. سنراجع طلبك قريبًا. '.repeat(60).trim();
    expect((await channel.send(outgoing({ ...onInstagram, text }))).result).toBe('sent');
    expect(fake.refused).toEqual([]);
    const parts = fake.sent.map(({ body }) => (body['message'] as { text: string }).text);
    expect(parts.every((part) => Buffer.byteLength(part) <= 1_000)).toBe(true);
    expect(parts.join(' ').replace(/\s+/g, ' ')).toBe(text);
  });

  it('of a file to Instagram is told to staff: ours have no public address', async () => {
    const { fake, host, channel } = await stand();
    const file = await host.keepFile(INSTAGRAM, 'ig-1', 'x.pdf', Buffer.from('%PDF-1.4'));
    const message = outgoing({ ...onInstagram, text: '', file: file as NonNullable<Outgoing['file']> });
    expect(await channel.send(message)).toMatchObject({ error: { code: 'media', tellStaff: true } });
    expect(fake.taken).toEqual([]);
  });
});

describe('what people attach', () => {
  const fetched = ({ channel }: Stand, url: string) => channel.fetchFile!(PAGE, { name: 'x', facts: { url } });

  it('is fetched by its signed address, without our token', async () => {
    const here = await stand();
    here.fake.files.set('1', { bytes: Buffer.from('jpeg'), mime: 'image/jpeg' });
    const { origin } = new URL(here.fake.url);
    expect(await fetched(here, `${origin}/bytes/1`)).toEqual({ result: 'bytes', bytes: Buffer.from('jpeg') });
  });

  it('is asked for again where its address ran out', async () => {
    const here = await stand();
    const { origin } = new URL(here.fake.url);
    expect(await fetched(here, `${origin}/bytes/gone`)).toEqual({ result: 'refused', refused: 'file_unreadable' });
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://fbcdn.net.example.org/x',
    'https://user@scontent.xx.fbcdn.net/x',
    'http://scontent.xx.fbcdn.net/x',
    'https://scontent.xx.fbcdn.net:8443/x',
    'file:///etc/passwd',
    '',
  ])('is never asked of %s', async (url) => {
    expect(await fetched(await stand(), url)).toEqual({ result: 'refused', refused: 'file_unreadable' });
  });
});

describe('a public comment', () => {
  const answers = ({ fake }: Stand) =>
    fake.sent.map(({ body }) => [body['recipient'], (body['message'] as { text: string }).text]);

  it('is answered once in private, in its language, with the way to us', async () => {
    const here = await stand();
    const hits = new Map<string, number>();
    here.host.within = (what, key, most) => {
      const count = (hits.get(`${what} ${key}`) ?? 0) + 1;
      hits.set(`${what} ${key}`, count);
      return Promise.resolve(count <= most);
    };
    const [one, two] = [comment('7', 'أحتاج علاج لوالدتي', 'c1'), comment('8', 'Do you help with dialysis?', 'c2')];
    for (let times = 0; times < 3; times++) await post(here, [{ change: one }, { change: two }]);
    await expect.poll(() => answers(here)).toHaveLength(2);
    expect(answers(here).toSorted((a, b) => String(a[1]).localeCompare(String(b[1])))).toEqual([
      [{ comment_id: 'c1' }, `messenger.comment ar https://m.me/${PAGE}`],
      [{ comment_id: 'c2' }, `messenger.comment en https://m.me/${PAGE}`],
    ]);
    expect(here.host.accepted).toEqual([]);
    expect(JSON.stringify(here.host.logged)).not.toContain('علاج');
  });

  it('on Instagram leads to the messages there', async () => {
    const here = await stand();
    await post(
      here,
      [{ change: { field: 'comments', value: { id: 'c3', from: { id: '9' }, text: 'كيف أقدم؟' } } }],
      'instagram',
    );
    await expect.poll(() => answers(here)).toHaveLength(1);
    expect(answers(here)[0]![1]).toContain('https://ig.me/m/safe.treatment');
  });

  it('of ours, one that was changed, and one of somebody who was answered today are left alone', async () => {
    const here = await stand();
    const changed = { field: 'feed', value: { item: 'comment', verb: 'edited', comment_id: 'c4', from: { id: '7' } } };
    here.host.limited.add('commenter');
    await post(here, [{ change: comment(PAGE, 'شكرًا لكم') }, { change: changed }, { change: comment('7', 'سؤال') }]);
    await post(here, [{ event: said(PERSON, { text: 'بعدها' }) }]);
    await expect.poll(() => here.host.accepted).toHaveLength(1);
    expect(here.fake.sent).toEqual([]);
  });
});

describe('around a conversation', () => {
  it('the menu and the first button stand there in both languages', async () => {
    const { fake, channel } = await stand();
    const stop = await channel.start!();
    onTestFinished(stop);
    await expect.poll(() => fake.profile).not.toBeNull();
    expect(fake.profile).toMatchObject({
      get_started: { payload: '!/word/menu' },
      persistent_menu: [{ locale: 'default' }, { locale: 'en_US' }, { locale: 'en_GB' }],
    });
    expect(JSON.stringify(fake.profile)).toContain('messenger.menu.person ar');
  });

  it('what was written is shown as seen, and that we type', async () => {
    const { fake, channel } = await stand();
    channel.reading!({ account: PAGE, messageId: 'm', reply: { user: PERSON } });
    await expect.poll(() => fake.actions.map(({ action }) => action)).toEqual(['mark_seen', 'typing_on']);
  });

  it('what was written goes by when Meta had it', async () => {
    const here = await stand();
    await post(
      here,
      [2, 1].map((n) => ({ event: { ...said(PERSON, { text: String(n) }), timestamp: n } })),
    );
    expect(here.host.accepted.map(({ text }) => text)).toEqual(['1', '2']);
    expect(here.host.counted).toEqual([1, 2]);
  });

  it('we are reached by a link that brings a code', async () => {
    const { channel } = await stand();
    expect(await channel.reach!('47714938')).toBe(`https://m.me/${PAGE}?ref=47714938`);
  });

  it('what is for another page is passed over, once we know who we are', async () => {
    const here = await stand();
    await here.channel.reach!();
    const body = { ...webhook([{ event: said(PERSON, { text: 'لغيرنا' }) }]) } as { entry: { id: string }[] };
    body.entry[0]!.id = '777';
    const raw = Buffer.from(JSON.stringify(body));
    const headers = { 'x-hub-signature-256': signature(raw, here.fake.secret) };
    expect((await route(here.channel, 'POST').handle(request('POST', { headers, body: raw }))).status).toBe(200);
    expect(here.host.accepted).toEqual([]);
  });
});
