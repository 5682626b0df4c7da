// The WhatsApp adapter (channels/whatsapp/) against a strict fake of the Graph API over real HTTP.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Channel, ChannelRequest, Outgoing } from '../../channels/channel.js';
import { whatsapp } from '../../channels/whatsapp/index.js';
import { hasDigest } from '../../channels/whatsapp/media.js';
import { Graph } from '../../channels/common/graph.js';
import { mediaHosts } from '../../channels/whatsapp/limits.js';
import { createFakeHost, type FakeHost } from '../support/fake-host.js';
import { outgoingTo, requestTo } from '../support/given.js';
import { VERIFY_TOKEN } from '../providers/graph-provider.js';
import { startGraph, type FakeGraph } from '../providers/graph.js';
import { ACCOUNT, digest, signature, status, text, webhook, wire, type Change } from '../providers/graph-webhooks.js';

const PERSON = { user_id: 'SA.1' };
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

interface Stand {
  graph: FakeGraph;
  host: FakeHost;
  channel: Channel;
}

/** A line that is silent is waited for; everything else is answered in its own time. */
const patience = ({ as }: { as: string }): Record<string, string> => (as === 'hang' ? { SEND_TIMEOUT: '600' } : {});

async function stand(more: Record<string, string> = {}): Promise<Stand> {
  const graph = await startGraph();
  onTestFinished(() => graph.stop());
  graph.window = Infinity;
  const host = createFakeHost(() => []);
  const channel = whatsapp.create(host, {
    WHATSAPP_API_URL: graph.url,
    WHATSAPP_TOKEN: graph.token,
    WHATSAPP_PHONE_NUMBER_ID: `${ACCOUNT},2`,
    WHATSAPP_APP_SECRET: graph.secret,
    WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
    ...more,
  });
  return { graph, host, channel };
}

const outgoing = (more: Partial<Outgoing> = {}): Outgoing =>
  outgoingTo({ account: ACCOUNT, user: 'SA.1', reply: {} }, more);

const request = (method: string, more: Partial<ChannelRequest>): ChannelRequest =>
  requestTo('/webhooks/whatsapp', method, more);
const get = (channel: Channel, query: Record<string, string>) =>
  channel
    .routes()
    .find(({ method }) => method === 'GET')!
    .handle(request('GET', { query }));
const post = ({ channel, graph }: Stand, ...changes: Change[]) => {
  const body = wire(webhook(...changes));
  const headers = { 'x-hub-signature-256': signature(body, graph.secret) };
  return channel
    .routes()
    .find(({ method }) => method === 'POST')!
    .handle(request('POST', { headers, body }));
};

describe('the verification', () => {
  const good = { 'hub.mode': 'subscribe', 'hub.verify_token': VERIFY_TOKEN, 'hub.challenge': '1158201444' };

  it('repeats the challenge as plain text, without a signature', async () => {
    const { channel } = await stand();
    expect(await get(channel, good)).toMatchObject({
      status: 200,
      body: '1158201444',
      headers: { 'content-type': 'text/plain' },
    });
  });

  it.each([
    ['a wrong token', { ...good, 'hub.verify_token': 'x' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...good, 'hub.mode': 'unsubscribe' }],
    ['no challenge', { ...good, 'hub.challenge': '' }],
    ['a challenge that is a page', { ...good, 'hub.challenge': '<script>alert(1)</script>' }],
    ['an endless challenge', { ...good, 'hub.challenge': '1'.repeat(201) }],
    ['nothing at all', {}],
  ])('refuses %s and repeats nothing', async (_, query) => {
    const { channel } = await stand();
    expect(await get(channel, query)).toEqual({ status: 403 });
  });
});

describe('receiving', () => {
  it('takes 4 MB and no more, on this route only', async () => {
    const { channel } = await stand();
    expect(channel.routes().map(({ method, limit }) => [method, limit])).toEqual([
      ['GET', 0],
      ['POST', 4 * 1024 * 1024],
    ]);
  });

  it('keeps the accounts of a batch apart, and passes over numbers that are not ours', async () => {
    const here = await stand();
    const { status: answered } = await post(
      here,
      { people: [PERSON], messages: [text(PERSON, 'إلى الأول')] },
      { account: '2', people: [PERSON], messages: [text(PERSON, 'إلى الثاني')] },
      { account: '3', people: [PERSON], messages: [text(PERSON, 'إلى غيرنا')] },
    );
    expect(answered).toBe(200);
    expect(here.host.accepted.map(({ account, text: said }) => [account, said])).toEqual([
      [ACCOUNT, 'إلى الأول'],
      ['2', 'إلى الثاني'],
    ]);
    expect(here.host.logged).toContain('webhook.skipped');
  });

  it('puts a shuffled batch in the order in which it was written', async () => {
    const here = await stand();
    const at = (n: number) => ({ timestamp: String(1_709_295_000 + n) });
    const messages = [3, 1, 2].map((n) => text(PERSON, String(n), at(n)));
    await post(here, { people: [PERSON], messages });
    expect(here.host.accepted.map(({ text: said }) => said)).toEqual(['1', '2', '3']);
    // By this it is put in order with what another process took in.
    expect(here.host.counted).toEqual([1, 2, 3].map((n) => (1_709_295_000 + n) * 1_000));
  });

  it('hands statuses on, also out of order and twice, and asks again when they cannot be kept', async () => {
    const here = await stand();
    const statuses = ['read', 'delivered', 'delivered'].map((state) => status('w1', state));
    expect((await post(here, { statuses })).status).toBe(200);
    expect(here.host.statuses.map(({ state }) => state)).toEqual(['read', 'delivered', 'delivered']);
    here.host.failing = true;
    expect((await post(here, { statuses })).status).toBe(503);
  });

  it('logs no word, number or id of anybody', async () => {
    const here = await stand();
    await post(here, {
      people: [{ ...PERSON, wa_id: '966551234567', name: 'فاطمة' }],
      messages: [text(PERSON, 'سر'), { id: 'w', timestamp: {}, secret: '966551234567' }],
    });
    expect(here.host.logged.join()).not.toMatch(/9665|فاطمة|سر|SA\./);
  });
});

describe('sending', () => {
  it('names the message in what comes back with its statuses', async () => {
    const { channel, graph } = await stand();
    const result = await channel.send(outgoing());
    expect(result).toEqual({ result: 'sent', providerId: graph.sent[0]!.id });
    expect(graph.sent[0]!.body['biz_opaque_callback_data']).toBe(outgoing().id);
  });

  it.each([
    ['a code', { as: 'code', code: 131_056 }, { result: 'error', error: { code: 'rate_limited' }, retryAfter: 6_000 }],
    [
      '429 with a time',
      { as: 'code', code: 130_429, status: 429, retryAfter: 9 },
      { result: 'error', error: { code: 'rate_limited', slow: 'account' }, retryAfter: 9_000 },
    ],
    ['a gateway page', { as: 'status', status: 502 }, { result: 'error', error: { code: 'provider_down' } }],
    ['silence', { as: 'hang' }, { result: 'ambiguous', error: { code: 'network' } }],
    ['a cut line', { as: 'reset' }, { result: 'ambiguous', error: { code: 'network' } }],
    ['garbage with 200', { as: 'garbage' }, { result: 'ambiguous', error: { code: 'network' } }],
  ] as const)('%s is known for what it is', async (_, failure, expected) => {
    const { channel, graph } = await stand(patience(failure));
    graph.fail(failure);
    expect(await channel.send(outgoing())).toMatchObject(expected);
  });

  it('a wrong token stops the account', async () => {
    const { channel } = await stand({ WHATSAPP_TOKEN: 'expired' });
    expect(await channel.send(outgoing())).toMatchObject({
      error: { code: 'auth', slow: 'account', tellStaff: true },
      retryAfter: 900_000,
    });
  });

  it('nobody there is no ambiguity', async () => {
    const here = await stand();
    await here.graph.stop();
    expect(await here.channel.send(outgoing())).toMatchObject({ result: 'error', error: { code: 'network' } });
  });

  it('outside the window is told as such, at once', async () => {
    const { channel, graph } = await stand();
    graph.window = 1;
    graph.windowRefusal = 'at once';
    expect(await channel.send(outgoing())).toMatchObject({ error: { code: 'window_closed', retry: false } });
  });

  it('sends an approved template after the window, and tells what Meta refuses of one', async () => {
    const { channel, graph } = await stand();
    graph.window = 1;
    graph.templates.set('sila_case_status/ar', 2);
    const template = { name: 'sila_case_status', code: 'ar', parameters: ['7304-8815-2096-4', 'قيد البحث'] };
    const send = (more: Partial<typeof template>) => channel.send(outgoing({ template: { ...template, ...more } }));
    expect((await send({})).result).toBe('sent');
    expect(graph.sent.at(-1)?.body).toMatchObject({
      type: 'template',
      biz_opaque_callback_data: outgoing().id,
      template: {
        name: 'sila_case_status',
        language: { code: 'ar' },
        components: [{ type: 'body', parameters: [{ type: 'text', text: '7304-8815-2096-4' }, { type: 'text' }] }],
      },
    });
    const taken = graph.sent.length;
    for (const wrong of [
      { name: 'other' },
      { code: 'en' },
      { parameters: ['one'] },
      { parameters: ['one', 'two\nlines'] },
    ])
      expect(await send(wrong)).toMatchObject({ error: { code: 'template', retry: false, tellStaff: true } });
    expect(graph.refused).toEqual([132_001, 132_001, 132_000, 132_018]);
    expect(graph.sent).toHaveLength(taken);
  });

  it('goes on with a long message where it stopped', async () => {
    const { channel, graph } = await stand();
    const long = outgoing({ text: 'كلمة '.repeat(2_000) });
    graph.fail({ as: 'code', code: 131_000 });
    expect((await channel.send(long)).result).toBe('error');
    const before = graph.sent.length;
    graph.fail({ as: 'garbage', late: true });
    // The first part arrived and the answer was garbage: it is not known to be there, so it is sent again.
    expect((await channel.send({ ...long, attempt: 2 })).result).toBe('ambiguous');
    expect((await channel.send({ ...long, attempt: 3 })).result).toBe('sent');
    const bodies = graph.sent.slice(before + 1).map(({ body }) => (body['text'] as { body: string }).body);
    expect(bodies.join(' ').replace(/\s+/g, ' ').trim()).toBe(long.text.trim());
    const tags = graph.sent.map(({ body }) => body['biz_opaque_callback_data']);
    expect(tags.filter((tag) => tag !== undefined)).toHaveLength(1);
    expect(tags.at(-1)).toBe(long.id);
  });

  it('sends each part once when a later one fails', async () => {
    const { channel, graph } = await stand();
    const long = outgoing({ text: 'ا'.repeat(4_096 * 2) });
    graph.fail({ as: 'code', code: 131_000, skip: 1 });
    expect((await channel.send(long)).result).toBe('error');
    expect(graph.sent).toHaveLength(1);
    expect((await channel.send({ ...long, attempt: 2 })).result).toBe('sent');
    expect(graph.sent).toHaveLength(2);
  });
});

describe('files out', () => {
  const withFile = async (here: Stand, name: string, bytes: Buffer) => {
    const file = await here.host.keepFile(ACCOUNT, 'SA.1', name, bytes);
    if ('refused' in file) throw new Error('refused');
    return outgoing({ file, text: 'هذه الموافقة' });
  };

  it('are uploaded once, also when the message is tried again', async () => {
    const here = await stand();
    const message = await withFile(here, 'هوية.jpg', JPEG);
    here.graph.fail({ as: 'code', code: 131_000 });
    expect((await here.channel.send(message)).result).toBe('error');
    expect((await here.channel.send({ ...message, attempt: 2 })).result).toBe('sent');
    expect([...here.graph.media.values()].map(({ name, mime }) => [name, mime])).toEqual([['هوية.jpg', 'image/jpeg']]);
    expect(here.graph.sent.map(({ body }) => body['image'])).toEqual([{ id: '1000000', caption: 'هذه الموافقة' }]);
  });

  it('that Meta does not take are tried three times and then told', async () => {
    const here = await stand();
    const message = await withFile(here, 'a.jpg', JPEG);
    here.graph.fail({ as: 'code', code: 131_053, on: 'upload' }, 2);
    expect(await here.channel.send(message)).toMatchObject({ error: { code: 'media', retry: true } });
    expect(await here.channel.send({ ...message, attempt: 3 })).toMatchObject({
      error: { code: 'media', retry: false },
    });
  });

  it('of other people or of kinds that WhatsApp lacks are not sent', async () => {
    const here = await stand();
    const message = await withFile(here, 'a.jpg', JPEG);
    expect(await here.channel.send({ ...message, user: 'SA.2' })).toMatchObject({
      error: { code: 'media', retry: false },
    });
    const webp = { ...message.file!, mime: 'image/webp' };
    expect(await here.channel.send({ ...message, file: webp })).toMatchObject({
      error: { code: 'media', retry: false },
    });
    expect(here.graph.sent).toEqual([]);
  });
});

describe('files in', () => {
  const put = (graph: FakeGraph, more: object = {}) =>
    graph.media.set('7001', { bytes: JPEG, mime: 'image/jpeg', ...more });
  const sha256 = digest(JPEG).toString('base64');
  const fetchIt = ({ channel }: Stand, facts: Record<string, string> = { media: '7001', sha256 }) =>
    channel.fetchFile!(ACCOUNT, { name: 'image', facts });

  it('are fetched by id and address, with the token and the digest checked', async () => {
    const here = await stand();
    put(here.graph);
    expect(await fetchIt(here)).toEqual({ result: 'bytes', bytes: JPEG });
    expect(here.graph.requests.map(({ path, bearer }) => [path, bearer])).toEqual([
      ['/v23.0/7001', here.graph.token],
      ['/bytes/7001', here.graph.token],
    ]);
  });

  it('with another digest are fetched another time', async () => {
    const here = await stand();
    put(here.graph);
    expect(await fetchIt(here, { media: '7001', sha256: digest(Buffer.from('x')).toString('base64') })).toEqual({
      result: 'later',
    });
  });

  it('that are gone, too big or elsewhere are refused with a reason for the person', async () => {
    const here = await stand();
    expect(await fetchIt(here)).toMatchObject({ result: 'refused', refused: 'file_unreadable' });
    put(here.graph, { bytes: Buffer.alloc(25 * 1024 * 1024 + 1) });
    expect(await fetchIt(here)).toMatchObject({ result: 'refused', refused: 'file_too_big', values: { max: 25 } });
  });

  it('never take the token to a host that is not of Meta', async () => {
    const here = await stand();
    const elsewhere = await startGraph();
    onTestFinished(() => elsewhere.stop());
    put(here.graph, { url: `${elsewhere.url}/steal` });
    expect(await fetchIt(here)).toMatchObject({ result: 'refused' });
    expect(elsewhere.requests).toEqual([]);
  });

  it.each([
    ['link', { as: 'status', status: 500 }],
    ['link', { as: 'garbage' }],
    ['link', { as: 'hang' }],
    ['bytes', { as: 'reset' }],
    ['bytes', { as: 'status', status: 503 }],
    ['link', { as: 'code', code: 190 }],
  ] as const)('wait when the %s fails (%o)', async (on, failure) => {
    const here = await stand(patience(failure));
    put(here.graph);
    here.graph.fail({ ...failure, on });
    expect(await fetchIt(here)).toEqual({ result: 'later' });
    expect(await fetchIt(here)).toEqual({ result: 'bytes', bytes: JPEG });
  });

  it.each([
    ['https://graph.facebook.com/v24.0/x', true],
    ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', true],
    ['https://scontent.xx.fbcdn.net/v/1', true],
    ['https://mmg.whatsapp.net/d/f/1', true],
    ['http://lookaside.fbsbx.com/x', false],
    ['https://lookaside.fbsbx.com:8443/x', false],
    ['https://lookaside.fbsbx.com.evil.example/x', false],
    ['https://evil.example/lookaside.fbsbx.com', false],
    ['https://fbcdn.net.evil.example/', false],
    ['https://evilfbcdn.net/', false],
    ['https://user:pass@lookaside.fbsbx.com/x', false],
    ['https://lookaside.fbsbx.com@evil.example/x', false],
    ['http://169.254.169.254/latest/meta-data', false],
    ['http://[::1]/x', false],
    ['http://127.0.0.1:9/x', false],
    ['file:///etc/passwd', false],
    ['//lookaside.fbsbx.com/x', false],
    ['', false],
  ])('the token goes to %s: %s', (url, trusted) => {
    const base = 'https://graph.facebook.com/v24.0';
    const graph = new Graph({ base, token: 't', timeout: 1, mediaTimeout: 1, answerBytes: 1, mediaHosts });
    expect(graph.trusts(url)).toBe(trusted);
  });

  it('know a digest in hex and in base64', () => {
    expect(hasDigest(JPEG, digest(JPEG).toString('hex').toUpperCase())).toBe(true);
    expect(hasDigest(JPEG, sha256)).toBe(true);
    expect(hasDigest(JPEG, undefined)).toBe(true);
    expect(hasDigest(JPEG, '')).toBe(false);
  });
});

describe('reading', () => {
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };

  it('marks the message read and shows that we type', async () => {
    const { channel, graph } = await stand();
    channel.reading!({ account: ACCOUNT, messageId: 'wamid.1', reply: {} });
    await until(() => graph.reads.length > 0);
    expect(graph.reads).toEqual([{ id: 'wamid.1', typing: true }]);
  });

  it('leaves out what would pile up, and stands that it fails', async () => {
    const { channel, graph, host } = await stand();
    graph.fail({ as: 'code', code: 131_000, on: 'read' }, 8);
    for (let i = 0; i < 50; i++) channel.reading!({ account: ACCOUNT, messageId: `wamid.${i}`, reply: {} });
    await until(() => host.logged.length >= 8);
    expect(graph.requests).toHaveLength(8);
    expect(host.logged.every((event) => event === 'whatsapp.read_not_shown')).toBe(true);
  });
});
