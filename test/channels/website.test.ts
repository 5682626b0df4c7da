// The website channel at its edge: who gets in, what is taken, what is refused and how.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { website } from '../../channels/website/index.js';
import { caps } from '../../channels/website/limits.js';
import { createTokens } from '../../channels/website/tokens.js';
import { createFakeHost } from '../support/fake-host.js';
import { startFakeServer } from '../support/fake-server.js';

const partner = 'https://charity.example';
const host = createFakeHost((incoming) => [{ text: `سمعت ${incoming.text ?? ''}` }]);
const tokens = createTokens(host.secret('website.tokens'), randomBytes);
let server: Awaited<ReturnType<typeof startFakeServer>>;
let base = '';

beforeAll(async () => {
  server = await startFakeServer((url) => [
    website.create(host, { PUBLIC_URL: url, WIDGET_ORIGINS: partner, DIRECTLINE_SECRET: 'the-secret' }),
  ]);
  base = `${server.url}/v3/directline`;
});
afterAll(() => server.stop());
beforeEach(() => {
  host.clock.now = 0;
  host.failing = false;
  host.limited.clear();
});

/** Whatever the server may answer; each test looks at its own part. */
interface Answer {
  id?: string;
  error?: { code: string };
  activities: { text: string; attachments: { contentUrl: string }[] }[];
  watermark: string;
  streamUrl: string;
  conversationId?: string;
}
interface Grant {
  conversationId: string;
  token: string;
  resume: string;
  expires_in: number;
  streamUrl: string;
}

async function ask(
  method: string,
  path: string,
  more: { token?: string; headers?: Record<string, string>; body?: RequestInit['body'] } = {},
): Promise<{ status: number; body: Answer; headers: Headers }> {
  const headers = { ...more.headers, ...(more.token === undefined ? {} : { authorization: `Bearer ${more.token}` }) };
  const response = await fetch(base + path, {
    method,
    headers,
    ...(more.body === undefined ? {} : { body: more.body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text.startsWith('{') ? JSON.parse(text) : {}) as Answer,
    headers: response.headers,
  };
}

async function grant(origin = server.url): Promise<Grant> {
  return (await ask('POST', '/tokens/generate', { headers: { origin } })).body as unknown as Grant;
}

const json = { 'content-type': 'application/json' };
const say = (given: Grant, activity: object | string, headers: Record<string, string> = json): ReturnType<typeof ask> =>
  ask('POST', `/conversations/${given.conversationId}/activities`, {
    token: given.token,
    headers,
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });

describe('tokens', () => {
  it('are given to allowed origins and to the secret, to nobody else', async () => {
    const post = (headers: Record<string, string>): ReturnType<typeof ask> =>
      ask('POST', '/tokens/generate', { headers });
    const own = await post({ origin: server.url });
    expect(own).toMatchObject({ status: 200, body: { expires_in: 1_800 } });
    expect((await post({ origin: partner })).headers.get('access-control-allow-origin')).toBe(partner);
    expect(await post({ authorization: 'Bearer the-secret' })).toMatchObject({ status: 200 });
    const refused = { status: 403, body: { error: { code: 'OriginNotAllowed' } } };
    for (const origin of ['https://evil.example', 'null', `${partner}.evil.example`, `${partner}:8443`]) {
      const answer = await post({ origin });
      expect(answer).toMatchObject(refused);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(await post({})).toMatchObject(refused);
    expect(await post({ authorization: 'Bearer the-secre' })).toMatchObject({ status: 401 });
    expect(await post({ authorization: 'Bearer the-secret', origin: 'https://evil.example' })).toMatchObject(refused);
  });

  it('open their own conversation and no other: the matrix', async () => {
    const mine = await grant();
    const other = await grant();
    const partners = await grant(partner);
    const expired = tokens.sign({ kind: 'access', conversation: mine.conversationId, expires: Date.now() - 1 });
    const [payload = '', signature = ''] = mine.token.split('.');
    const swapped = Buffer.from(
      Buffer.from(payload, 'base64url').toString().replace(mine.conversationId, other.conversationId),
    );
    const cases: [string, string | undefined, number, Record<string, string>?][] = [
      ['valid', mine.token, 200],
      ['valid, own origin', mine.token, 200, { origin: server.url }],
      ['missing', undefined, 401],
      ['not a token', 'abc', 401],
      ['one letter changed', mine.token.slice(0, -2) + (mine.token.endsWith('A') ? 'BB' : 'AA'), 401],
      ['swapped conversation id', `${swapped.toString('base64url')}.${signature}`, 401],
      ['without signature', payload, 401],
      ['a third part', `${mine.token}.x`, 401],
      ['signed for something else', mine.resume, 401],
      [
        'of a file',
        tokens.sign({ kind: 'file', conversation: mine.conversationId, expires: Date.now() + 9_999, file: 'f' }),
        401,
      ],
      ['expired', expired, 403],
      ['of another conversation', other.token, 404],
      ['given to another origin', mine.token, 401, { origin: partner }],
      ['from a foreign origin', mine.token, 403, { origin: 'https://evil.example' }],
      ['the secret', 'the-secret', 200],
    ];
    for (const [name, token, status, headers = {}] of cases) {
      const answer = await ask('GET', `/conversations/${mine.conversationId}/activities`, {
        ...(token === undefined ? {} : { token }),
        headers,
      });
      expect(answer.status, name).toBe(status);
    }
    const theirs = await ask('GET', `/conversations/${partners.conversationId}`, {
      token: partners.token,
      headers: { origin: partner },
    });
    expect(theirs.status).toBe(200);
  });

  it('cannot be made up for a conversation that we did not open', async () => {
    for (const id of ['1', '../1', 'A'.repeat(34), `${'A'.repeat(22)}-${'A'.repeat(11)}`]) {
      const answer = await ask('GET', `/conversations/${encodeURIComponent(id)}/activities`, { token: 'the-secret' });
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
    }
  });

  it('are refreshed while they live; the long-lived one only refreshes, for weeks', async () => {
    const first = await grant();
    const again = await ask('POST', '/tokens/refresh', { token: first.token });
    expect(again).toMatchObject({ status: 200, body: { conversationId: first.conversationId } });
    host.clock.now = Date.now() + caps.accessLife + 1;
    expect(await ask('POST', '/tokens/refresh', { token: first.token })).toMatchObject({
      status: 403,
      body: { error: { code: 'TokenExpired' } },
    });
    host.clock.now = Date.now() + 50 * 24 * 3_600_000;
    const later = await ask('POST', '/tokens/refresh', { token: first.resume });
    expect(later).toMatchObject({ status: 200, body: { conversationId: first.conversationId } });
    host.clock.now += caps.resumeLife;
    expect((await ask('POST', '/tokens/refresh', { token: first.resume })).status).toBe(403);
  });

  it('start a conversation once: 201, then 200 when something was said', async () => {
    const given = await grant();
    const start = (): ReturnType<typeof ask> => ask('POST', '/conversations', { token: given.token });
    expect(await start()).toMatchObject({ status: 201, body: { conversationId: given.conversationId } });
    await say(given, { type: 'message', text: 'سلام' });
    await expect.poll(async () => (await start()).status).toBe(200);
  });
});

describe('activities', () => {
  const bodies: [string, object | string, number, string?][] = [
    ['text', { type: 'message', text: 'نعم' }, 200],
    ['4,096 letters', { type: 'message', text: 'م'.repeat(4_096) }, 200],
    ['4,097 letters', { type: 'message', text: 'م'.repeat(4_097) }, 413, 'MessageTooLong'],
    ['64 kB and a byte', { type: 'message', text: 'x'.repeat(64 * 1024) }, 413],
    ['only controls', { type: 'message', text: '\u0000\u0007 ' }, 400, 'EmptyMessage'],
    ['nothing', { type: 'message' }, 400, 'EmptyMessage'],
    ['broken JSON', '{"type":', 400, 'BadJson'],
    ['an array', '[1]', 400, 'BadArgument'],
    ['null', 'null', 400, 'BadArgument'],
    ['text as an object', { type: 'message', text: { $ne: 1 } }, 400, 'BadArgument'],
    ['a type that is a list', { type: ['message'], text: 'x' }, 400, 'BadArgument'],
    ['deep nesting', `{"type":"message","text":"x","value":${'['.repeat(200)}${']'.repeat(200)}}`, 400, 'BadJson'],
    ['a prototype', '{"type":"message","text":"x","__proto__":{"admin":true}}', 200],
    ['unknown fields', { type: 'message', text: 'x', status: 'approved', role: 'admin' }, 200],
    ['typing', { type: 'typing' }, 200],
    ['an event', { type: 'event', name: 'webchat/join', value: {} }, 200],
    ['a type of the future', { type: 'hologram' }, 200],
    ['a null clientActivityID', { type: 'message', text: 'x', channelData: { clientActivityID: null } }, 200],
    [
      'a huge clientActivityID',
      { type: 'message', text: 'x', channelData: { clientActivityID: 'i'.repeat(5_000) } },
      200,
    ],
    ['key names of objects', { type: 'message', text: 'hasOwnProperty', toString: 'x' }, 200],
  ];
  it.each(bodies)('%s', async (_name, body, status, code) => {
    const answer = await say(await grant(), body);
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body.id).toEqual(expect.any(String));
    if (code !== undefined) expect(answer.body.error?.code).toBe(code);
  });

  it('ignores what is no message: nothing is accepted', async () => {
    const before = host.accepted.length;
    await say(await grant(), { type: 'typing' });
    await say(await grant(), { type: 'event', name: 'x' });
    expect(host.accepted.length).toBe(before);
  });

  it('takes JSON only', async () => {
    const given = await grant();
    expect((await say(given, 'type=message', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(
      415,
    );
    expect((await say(given, '{}', { ...json, 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('cleans words at the edge and never takes a name from the client', async () => {
    await say(await grant(), {
      type: 'message',
      text: ' نعم\u0000\r\nلا\ud800 ',
      from: { id: 'admin', name: 'Admin' },
      locale: 'en-GB',
    });
    const taken = host.accepted.at(-1)!;
    expect(taken).toMatchObject({ account: 'website', text: 'نعم\nلا\uFFFD', language: 'en-GB' });
    expect(taken.name).toBeUndefined();
  });

  it('does not fetch files by link', async () => {
    await say(await grant(), {
      type: 'message',
      attachments: [{ contentType: 'image/png', contentUrl: 'http://169.254.169.254/' }],
    });
    expect(host.accepted.at(-1)).toMatchObject({ media: 'unknown' });
  });

  it('counts a message once per conversation, however often it comes and at the same time', async () => {
    const given = await grant();
    const other = await grant();
    const activity = { type: 'message', text: 'مرة', channelData: { clientActivityID: 'same' } };
    const before = host.accepted.length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => say(given, activity)));
    expect(new Set(answers.map((one) => one.body.id)).size).toBe(1);
    expect(host.accepted.length).toBe(before + 1);
    const elsewhere = await say(other, activity);
    expect(elsewhere.body.id).not.toBe(answers[0]!.body.id);
    expect(host.accepted.length).toBe(before + 2);
  });

  it('says 503 when the house could not keep it, and 429 when it comes too fast', async () => {
    const given = await grant();
    host.failing = true;
    const unkept = await say(given, { type: 'message', text: 'x' });
    expect(unkept).toMatchObject({ status: 503, body: { error: { code: 'ServiceUnavailable' } } });
    expect(unkept.headers.get('retry-after')).toBe('5');
    host.failing = false;
    for (const what of ['website.messages', 'website.messages_ip']) {
      host.limited = new Set([what]);
      expect((await say(given, { type: 'message', text: 'x' })).status).toBe(429);
    }
    host.limited = new Set(['website.tokens']);
    expect((await ask('POST', '/tokens/generate', { headers: { origin: server.url } })).status).toBe(429);
  });

  it('reads any watermark as a place, and bad ones as the beginning', async () => {
    const given = await grant();
    await say(given, { type: 'message', text: 'واحد' });
    const read = async (mark: string): Promise<Answer> =>
      (await ask('GET', `/conversations/${given.conversationId}/activities?watermark=${mark}`, { token: given.token }))
        .body;
    await expect.poll(async () => (await read('')).activities.length).toBe(2);
    for (const mark of ['-', 'null', 'undefined', '-1', '1e9', '%00', '9'.repeat(40)])
      expect((await read(mark)).activities.length, mark).toBe(2);
    expect(await read('1')).toMatchObject({ watermark: '2', activities: [{ text: 'سمعت واحد' }] });
    expect(await read('2')).toEqual({ activities: [], watermark: '2' });
  });
});

describe('uploads', () => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100)]);
  const upload = (given: Grant, form: FormData | string, headers?: Record<string, string>): ReturnType<typeof ask> =>
    ask('POST', `/conversations/${given.conversationId}/upload?userId=u`, {
      token: given.token,
      body: form,
      ...(headers === undefined ? {} : { headers }),
    });
  const form = (files: [Buffer, string][], activity?: object): FormData => {
    const made = new FormData();
    if (activity !== undefined)
      made.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
    for (const [bytes, name] of files) made.append('file', new Blob([new Uint8Array(bytes)]), name);
    return made;
  };

  it('keeps the files with the words, under their cleaned names', async () => {
    const given = await grant();
    const answer = await upload(
      given,
      form(
        [
          [png, '../../صورة\u202E.png'],
          [Buffer.from('%PDF-1.7'), 'تقرير.pdf'],
        ],
        { type: 'message', text: 'التقرير', channelData: { clientActivityID: 'u1' } },
      ),
    );
    expect(answer.status).toBe(200);
    expect(host.accepted.at(-1)).toMatchObject({
      text: 'التقرير',
      files: [
        { name: 'صورة.png', mime: 'image/png' },
        { name: 'تقرير.pdf', mime: 'application/pdf' },
      ],
      messageId: `${given.conversationId}|u1`,
    });
  });

  it('hands what the house refuses to the conversation, which answers', async () => {
    expect(
      (
        await upload(
          await grant(),
          form([
            [Buffer.from('<svg onload=x>'), 'x.jpg'],
            [png, 'ok.png'],
          ]),
        )
      ).status,
    ).toBe(200);
    expect(host.accepted.at(-1)).toMatchObject({
      files: [{ name: 'ok.png' }],
      refused: [{ key: 'edge.file.kind', values: { name: 'x.jpg' } }],
    });
  });

  it('refuses what is too much, empty or broken', async () => {
    const given = await grant();
    const before = host.accepted.length;
    expect(await upload(given, form([[Buffer.alloc(25 * 1024 * 1024 + 1), 'big.png']]))).toMatchObject({
      status: 413,
      body: { error: { code: 'FileTooLarge' } },
    });
    expect(await upload(given, form(Array.from({ length: 12 }, (_, i) => [png, `${i}.png`])))).toMatchObject({
      status: 413,
      body: { error: { code: 'TooManyFiles' } },
    });
    expect(await upload(given, form([], { type: 'message', text: 'x' }))).toMatchObject({
      status: 400,
      body: { error: { code: 'NoFile' } },
    });
    expect((await upload(given, 'x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await upload(given, 'x', { 'content-type': 'multipart/form-data' })).status).toBe(400);
    expect((await upload(given, '--b\r\nbroken', { 'content-type': 'multipart/form-data; boundary=b' })).status).toBe(
      400,
    );
    const huge = new Uint8Array(27 * 1024 * 1024);
    expect((await upload(given, form([[Buffer.from(huge), 'huge.png']]))).status).toBe(413);
    expect(
      (await ask('POST', `/conversations/${given.conversationId}/upload`, { body: form([[png, 'a.png']]) })).status,
    ).toBe(401);
    expect(host.accepted.length).toBe(before);
  });

  it('gives a file back to its conversation only', async () => {
    const given = await grant();
    await upload(given, form([[png, 'x.png']]));
    const read = async (): Promise<Answer['activities']> =>
      (await ask('GET', `/conversations/${given.conversationId}/activities`, { token: given.token })).body.activities;
    await expect.poll(async () => (await read()).length).toBe(2);
    const link = new URL((await read())[0]!.attachments[0]!.contentUrl);
    const file = link.pathname.split('/').pop() ?? '';
    const status = async (path: string): Promise<number> => (await fetch(server.url + path)).status;
    expect(await status(link.pathname + link.search)).toBe(200);
    expect(await status(link.pathname)).toBe(401);
    expect(await status(link.pathname.replace(file, 'another') + link.search)).toBe(404);
    expect(await status(`${link.pathname}?t=${given.token}`)).toBe(401);
    const stolen = tokens.sign({
      kind: 'file',
      conversation: tokens.newConversation(),
      file,
      expires: Date.now() + 9_999,
    });
    expect(await status(`${link.pathname}?t=${stolen}`)).toBe(404);
    host.clock.now = Date.now() + caps.fileLife + 1;
    expect(await status(link.pathname + link.search)).toBe(403);
  });
});

describe('the stream', () => {
  const open = (url: string, headers: Record<string, string> = {}): Promise<{ status: number; socket: WebSocket }> =>
    new Promise((resolve) => {
      const socket = new WebSocket(url, { headers });
      socket.on('error', () => undefined);
      socket.on('unexpected-response', (_request, response) => resolve({ status: response.statusCode ?? 0, socket }));
      socket.on('open', () => resolve({ status: 101, socket }));
    });
  const streamUrl = async (given: Grant, mark = ''): Promise<string> =>
    (await ask('GET', `/conversations/${given.conversationId}?watermark=${mark}`, { token: given.token })).body
      .streamUrl;
  const closed = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

  it('opens for its own token, soon, from an allowed origin', async () => {
    const given = await grant();
    const other = await grant();
    const url = await streamUrl(given);
    const good = await open(url, { origin: server.url });
    expect(good.status).toBe(101);
    good.socket.terminate();
    expect((await open(url, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await open(url, { origin: partner })).status).toBe(401);
    expect((await open(url.replace(given.conversationId, other.conversationId))).status).toBe(404);
    expect((await open(url.replace(/t=.*/, 't='))).status).toBe(401);
    expect((await open(url.replace(/t=.*/, `t=${given.token}`))).status).toBe(401);
    expect((await open(`${server.url.replace('http', 'ws')}/nowhere`)).status).toBe(404);
    host.clock.now = Date.now() + caps.streamLife + 1;
    expect((await open(url)).status).toBe(403);
  });

  it('carries everything after the watermark, in order and once', async () => {
    const given = await grant();
    await say(given, { type: 'message', text: '0' });
    await expect
      .poll(
        async () =>
          (await ask('GET', `/conversations/${given.conversationId}/activities`, { token: given.token })).body
            .watermark,
      )
      .toBe('2');
    const { socket } = await open(await streamUrl(given, '2'));
    const got: number[] = [];
    socket.on('message', (data: Buffer) => {
      const page = JSON.parse(data.toString()) as { activities: { channelData: { seq: number } }[] };
      got.push(...page.activities.map((one) => one.channelData.seq));
    });
    for (let i = 0; i < 130; i++) host.push(given.conversationId, { text: String(i) });
    await expect.poll(() => got.length).toBe(130);
    expect(got).toEqual(Array.from({ length: 130 }, (_, i) => i + 3));
    socket.terminate();
  });

  it('ends with 1009 after a frame that is too big, ignores small ones, and is capped per conversation', async () => {
    const given = await grant();
    const { socket } = await open(await streamUrl(given));
    socket.send('');
    socket.send('{"type":"message"}');
    socket.send('x'.repeat(1024 * 1024));
    expect(await closed(socket)).toBe(1009);
    const many: WebSocket[] = [];
    for (let i = 0; i < caps.socketsPerConversation; i++) many.push((await open(await streamUrl(given))).socket);
    expect((await open(await streamUrl(given))).status).toBe(429);
    many[0]!.terminate();
    const url = await streamUrl(given);
    await expect
      .poll(async () => {
        const again = await open(url);
        many.push(again.socket);
        return again.status;
      })
      .toBe(101);
    many.forEach((one) => one.terminate());
  });
});

it('answers a preflight of allowed origins only', async () => {
  const preflight = (origin: string): ReturnType<typeof ask> =>
    ask('OPTIONS', '/conversations', { headers: { origin } });
  const good = await preflight(partner);
  expect(good.status).toBe(204);
  expect(good.headers.get('access-control-allow-headers')).toContain('authorization');
  expect((await preflight('https://evil.example')).status).toBe(403);
});
