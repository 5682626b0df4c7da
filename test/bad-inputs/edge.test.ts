// Hostile requests against the whole program: clear answers, no fault of ours, nothing of the insides, others unaffected.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PARTNER, startRealApp, type Answer, type Ask, type Clerk, type RealApp } from '../support/real-app.js';
import { expectSound } from '../support/sound.js';

let app: RealApp;
let clerk: Clerk;
let conversation = '';
beforeAll(async () => {
  app = await startRealApp();
  clerk = await app.clerk('administrator');
  const neighbour = await app.visitor();
  await neighbour.say({ type: 'message', text: 'السلام عليكم' });
  await neighbour.heard(2);
  const list = await clerk.ask('/conversations');
  conversation = (list.body as { conversations: { id: string }[] }).conversations[0]!.id;
});
afterAll(() => app.stop());

const codeOf = ({ body }: Answer): string | undefined =>
  (body as { error?: { code?: string } } | null)?.error?.code ?? undefined;
const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: NonNullable<Ask['body']>, headers: Record<string, string> = JSON_TYPE): Ask => ({
  method: 'POST',
  body,
  headers,
});

describe('bodies of the website', () => {
  it.each<[string, Ask, number]>([
    ['1: one byte over the cap', post(`"${'x'.repeat(64 * 1024 - 1)}"`), 413],
    ['1: 8 MB', post('x'.repeat(8 * 1024 * 1024)), 413],
    ['3: truncated', post('{"type":"message","text":"x"'), 400],
    ['3: trailing garbage', post('{"type":"message","text":"x"} x'), 400],
    ['3: bytes that are no UTF-8', post(Buffer.from([0x22, 0xff, 0xfe, 0x22])), 400],
    ['3: a byte order mark', post('\ufeff{"type":"message","text":"نعم"}'), 200],
    ['4: a form', post('type=message', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
    ['4: text', post('{"type":"message","text":"x"}', { 'content-type': 'text/plain' }), 415],
    ['4: compressed', post('{}', { ...JSON_TYPE, 'content-encoding': 'gzip' }), 415],
    ['4: compressed twice', post('{}', { ...JSON_TYPE, 'content-encoding': 'identity, br' }), 415],
    ['5: a key twice', post('{"type":"x","type":"message","text":"a","text":"نعم"}'), 200],
    ['6: 10,000 levels', post(`{"type":"message","text":"x","value":${'['.repeat(10_000)}${']'.repeat(10_000)}}`), 400],
    ['6: 30,000 items', post(`{"type":"message","text":"x","value":[${'1,'.repeat(30_000)}1]}`), 400],
    ['7: __proto__', post('{"type":"message","text":"x","__proto__":{"role":"administrator"}}'), 200],
    ['7: constructor', post('{"type":"message","text":"x","constructor":{"prototype":{"role":"x"}}}'), 200],
    ['8: an operator as text', post({ type: 'message', text: { $ne: null } }), 400],
    ['8: an operator as a choice', post({ type: 'message', channelData: { choice: { $regex: '.' } } }), 400],
    ['9: keys with dots and dollars', post({ type: 'message', text: 'x', 'a.b': 1, $where: 'sleep(1)' }), 200],
    ['25: 4,097 letters', post({ type: 'message', text: 'م'.repeat(4_097) }), 413],
    ['53: more than a person may say', post({ type: 'message', text: 'x', role: 'admin', status: 'approved' }), 200],
    ['84: names of objects', post({ type: 'message', text: 'toString', hasOwnProperty: 1, valueOf: null }), 200],
    ['84: a choice called constructor', post({ type: 'message', channelData: { choice: 'constructor' } }), 200],
    ['84: a choice called __proto__', post({ type: 'message', channelData: { choice: '!/__proto__' } }), 200],
  ])('%s', async (name, given, status) => {
    const visitor = await app.visitor();
    const answer = await visitor.ask('/activities', given);
    expectSound(answer, name);
    expect(answer.status).toBe(status);
    if (status === 200) await visitor.heard(2);
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });
});

describe('bodies of the console', () => {
  const note = (): string => `/conversations/${conversation}/reply`;
  const client = 'c'.repeat(20);
  it.each<[string, Ask, number]>([
    ['1: one byte over the cap', post(`"${'x'.repeat(64 * 1024 - 1)}"`), 413],
    ['3: truncated', post('{"text":'), 400],
    ['4: a form', post('text=x', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
    ['6: 10,000 levels', post(`{"text":${'['.repeat(10_000)}${']'.repeat(10_000)},"clientId":"${client}"}`), 400],
    ['7: __proto__', post(`{"text":"x","clientId":"${client}","__proto__":{"role":"x"}}`), 400],
    ['8: $ne', post({ text: { $ne: null }, clientId: client }), 400],
    ['8: $where', post({ $where: '1', text: 'x', clientId: client }), 400],
    ['53: more than one may say', post({ text: 'x', clientId: client, author: 'bot', state: 'sent' }), 400],
    ['84: toString', post({ toString: 'x', text: 'x', clientId: client }), 400],
  ])('%s', async (name, given, status) => {
    const answer = await clerk.ask(note(), given);
    expectSound(answer, name);
    expect(answer.status).toBe(status);
  });

  it.each([
    ['10', '/conversations?id[$ne]=1', 400],
    ['10', '/conversations?limit[]=5', 400],
    ['84', '/conversations?__proto__=x', 400],
    ['84', '/conversations?hasOwnProperty=x', 400],
    ['28', '/conversations?limit=1e2', 400],
    ['28', '/conversations?limit=0x10', 400],
    ['28', '/conversations?limit=%D9%A5', 400],
    ['75', '/conversations?before=-1', 400],
    ['75', '/conversations?before=NaN', 400],
    ['75', '/conversations?before=1e300', 400],
    ['52', '/conversations/1002', 404],
    ['52', '/conversations/..%2F..%2Fetc%2Fpasswd', 404],
    ['52', '/files/01a20181-19c9-7784-b427-f64fb8fb09f8', 404],
    ['52', '/files/%00', 404],
    ['52', '/cases/7304881520964', 404],
    ['54', '/cases/%D9%A7%D9%A3', 404],
    ['37', '/audit?subject=a%0d%0aSet-Cookie:x', 400],
    ['80', '/../api/staff/conversations%00', 404],
  ])('%s: GET %s → %d', async (_row, path, status) => {
    const answer = await clerk.ask(path);
    expectSound(answer, path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});

describe('who asks', () => {
  it('45, 52: no token, cookie or id of another opens anything, and all closed doors look alike', async () => {
    const [one, other] = [await app.visitor(), await app.visitor()];
    const path = `/v3/directline/conversations/${other.id}/activities`;
    const tried: [string, Record<string, string>, number][] = [
      ['none', {}, 401],
      ['of another', { authorization: `Bearer ${one.token}` }, 404],
      ['tampered', { authorization: `Bearer ${other.token.slice(0, -3)}AAA` }, 401],
      ['none is the algorithm', { authorization: `Bearer ${other.token.split('.')[0] ?? ''}.` }, 401],
      ['of staff', { cookie: clerk.cookie }, 401],
      ['of a foreign site', { authorization: `Bearer ${other.token}`, origin: 'https://evil.example' }, 403],
      ['of another site', { authorization: `Bearer ${other.token}`, origin: PARTNER }, 401],
    ];
    for (const [name, headers, status] of tried) {
      const answer = await app.ask(path, { headers });
      expectSound(answer, name);
      expect([name, answer.status]).toEqual([name, status]);
    }
    const foreign = await app.ask(path, { headers: { authorization: `Bearer ${one.token}` } });
    const unknown = await app.ask(path.replace(other.id, `${'A'.repeat(22)}-${'A'.repeat(11)}`), {
      headers: { authorization: `Bearer ${one.token}` },
    });
    expect([unknown.status, unknown.text]).toEqual([foreign.status, foreign.text]);
  });

  it('46: ids of a client are never taken on', async () => {
    const answer = await app.ask('/v3/directline/tokens/generate', {
      ...post({ user: { id: 'admin' }, conversationId: 'mine', trustedOrigins: ['https://evil.example'] }),
      headers: { ...JSON_TYPE, origin: app.url },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).not.toMatchObject({ conversationId: 'mine' });
    const cookie = `sila_staff=${'A'.repeat(43)}`;
    expect((await app.ask('/api/staff/session', { headers: { cookie } })).body).toMatchObject({ me: null });
  });

  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['no page at all', { origin: 'null' }],
    ['a site that is framed elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour of the same site', { 'sec-fetch-site': 'same-site' }],
    ['without the token', { 'x-sila-token': '' }],
    ["another session's token", { 'x-sila-token': 'A'.repeat(43) }],
  ])('48: a write with the cookie alone does nothing: %s', async (_name, headers) => {
    const answer = await clerk.ask(`/conversations/${conversation}/take`, { ...post({}), headers });
    expectSound(answer, 'csrf');
    expect([answer.status, codeOf(answer)]).toEqual([403, 'foreign_origin']);
  });

  it('48, 79: answers with data stay in no cache and are readable for no other site', async () => {
    const visitor = await app.visitor();
    for (const answer of [await clerk.ask('/conversations'), await visitor.ask('/activities')]) {
      expect(answer.headers.get('cache-control')).toContain('no-store');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  it('51: nobody frames the console; the conversation page only where it is meant to be', async () => {
    for (const path of ['/staff', '/', '/api/staff/session', '/nowhere']) {
      const { headers } = await app.ask(path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
    const policy = (await app.ask('/chat')).headers.get('content-security-policy');
    expect(policy).toContain(`frame-ancestors 'self' ${PARTNER}`);
    for (const path of ['/staff', '/', '/chat']) {
      const csp = (await app.ask(path)).headers.get('content-security-policy') ?? '';
      expect(csp).not.toMatch(/unsafe-inline|unsafe-eval|\*|http:/);
      expect(csp).toContain("script-src 'self';");
      expect(csp).toContain("object-src 'none'");
      expect(csp).toContain("base-uri 'none'");
    }
  });

  it('62: links come from the public address, not from the Host header', async () => {
    const visitor = await app.visitor();
    const answer = await app.raw(
      `GET /v3/directline/conversations/${visitor.id} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n` +
        `Authorization: Bearer ${visitor.token}\r\nConnection: close\r\n\r\n`,
      2_000,
    );
    expect(answer).toContain(`ws://127.0.0.1:${app.port}/v3/directline`);
    expect(answer).not.toContain('evil');
  });

  it('60: an invented way through proxies opens nothing and counts for nobody', async () => {
    for (const way of ['127.0.0.1, 203.0.113.7', '10.0.0.1, 203.0.113.7:443', '::1, [2001:db8::7]:1', '203.0.113.7']) {
      expect((await app.ask('/metrics', { headers: { 'x-forwarded-for': way } })).status).toBe(404);
    }
    const numbers = await app.ask('/metrics', { headers: { 'x-forwarded-for': '203.0.113.7, 127.0.0.1' } });
    expect(numbers.status).toBe(200);
    expect(numbers.text).not.toContain(conversation);
  });

  it('77: guessing passwords ends soon, with one answer for known and unknown accounts', async () => {
    const attempt = (login: string, i: number): Promise<Answer> =>
      app.ask('/api/staff/sign-in', {
        ...post({ login, password: 'wrong password' }),
        headers: { ...JSON_TYPE, origin: app.url, 'x-forwarded-for': `9.9.9.9, 198.51.100.${i}` },
      });
    const known = await attempt(clerk.row.login, 1);
    const unknown = await attempt('nobody-here', 1);
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    expect(known.status).toBe(401);
    for (let i = 0; i < 3; i += 1) expect((await attempt('nobody-here', 1)).status).toBe(401);
    const sixth = await attempt(clerk.row.login, 1);
    expect([sixth.status, codeOf(sixth)]).toEqual([429, 'too_many_tries']);
    expectSound(sixth, 'sixth');
  });
});

describe('request lines and framing', () => {
  const valid = 'Host: x\r\nConnection: close\r\n';
  it.each<[string, string, number]>([
    ['80: two slashes', `POST //v3/directline/tokens/generate HTTP/1.1\r\n${valid}\r\n`, 404],
    ['80: an encoded slash', `POST /%2Fv3/directline/tokens/generate HTTP/1.1\r\n${valid}\r\n`, 404],
    ['80: capitals', `POST /V3/DirectLine/tokens/generate HTTP/1.1\r\n${valid}\r\n`, 404],
    ['80: HEAD', `HEAD /v3/directline/conversations/x/activities HTTP/1.1\r\n${valid}\r\n`, 405],
    ['80: TRACE', `TRACE /api/staff/session HTTP/1.1\r\n${valid}\r\n`, 405],
    ['80: PUT', `PUT /api/staff/session HTTP/1.1\r\n${valid}\r\n`, 405],
    [
      '80: another verb in a header',
      `GET /api/staff/sign-in HTTP/1.1\r\n${valid}X-HTTP-Method-Override: POST\r\n\r\n`,
      405,
    ],
    ['80: another verb in the query', `GET /api/staff/sign-in?_method=POST HTTP/1.1\r\n${valid}\r\n`, 405],
    [
      '80: a whole address with an impossible port',
      `GET http://a:99999/v3/directline/files/x HTTP/1.1\r\n${valid}\r\n`,
      400,
    ],
    ['80: a whole address that breaks off', `GET http://[/healthz HTTP/1.1\r\n${valid}\r\n`, 400],
    ['80: a star', `OPTIONS * HTTP/1.1\r\n${valid}\r\n`, 400],
    ['80: half a percent sign', `GET /api/staff/cases/%E0%A4%A HTTP/1.1\r\n${valid}\r\n`, 400],
    ['80: NUL', `GET /v3/directline/files/%00 HTTP/1.1\r\n${valid}\r\n`, 401],
    ['80: up and out', `GET /chat/assets/..%2f..%2f..%2fpackage.json HTTP/1.1\r\n${valid}\r\n`, 404],
    ['80: up and out, backwards', `GET /staff/assets/..%5c..%5cindex.html HTTP/1.1\r\n${valid}\r\n`, 404],
    ['80: hidden files', `GET /chat/assets/.env HTTP/1.1\r\n${valid}\r\n`, 404],
    ['62: two hosts', `GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n`, 400],
    ['62: no host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    [
      '81: length and chunks',
      `POST / HTTP/1.1\r\n${valid}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['81: two lengths', `POST / HTTP/1.1\r\n${valid}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`, 400],
    ['81: a bare line feed', 'GET /healthz HTTP/1.1\nHost: x\n\n', 400],
    ['81: a folded header', `GET /healthz HTTP/1.1\r\n${valid}X: a\r\n b\r\n\r\n`, 400],
    [
      '81: chunks that are none',
      `POST /v3/directline/tokens/generate HTTP/1.1\r\n${valid}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`,
      400,
    ],
    [
      '81: other codings',
      `POST /v3/directline/tokens/generate HTTP/1.1\r\n${valid}Transfer-Encoding: xchunked\r\n\r\n`,
      400,
    ],
    ['1: 20 kB of headers', `GET /healthz HTTP/1.1\r\n${valid}X: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['45: a header called __proto__', `GET /healthz HTTP/1.1\r\n${valid}__proto__: x\r\nconstructor: x\r\n\r\n`, 200],
  ])('%s → %s', async (_name, bytes, status) => {
    const answer = await app.raw(bytes, 3_000);
    expect(Number(answer.slice(9, 12))).toBe(status);
    expect(answer).not.toMatch(/\n\s+at |node_modules/);
  });
});

describe('49: streams', () => {
  const upgrade = (path: string, more = ''): string =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
    `Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n${more}\r\n`;

  it.each([
    ['//', 404],
    ['//x/v3/directline/conversations/a/stream', 404],
    ['http://a:99999/', 400],
    ['/healthz', 404],
    ['/v3/directline/conversations/a/stream', 401],
    ['/v3/directline/conversations/%2e%2e/stream', 404],
    ['/v3/directline/conversations/a/stream?t=__proto__', 401],
  ])('%s → %d', async (path, status) => {
    expect(Number((await app.raw(upgrade(path), 3_000)).slice(9, 12))).toBe(status);
  });

  it('open only with a token of their own, from allowed sites', async () => {
    const [one, other] = [await app.visitor(), await app.visitor()];
    const started = await one.ask('', {});
    const { streamUrl } = started.body as { streamUrl: string };
    const path = streamUrl.slice(streamUrl.indexOf('/v3'));
    const status = async (at: string, more = ''): Promise<number> =>
      Number((await app.raw(upgrade(at, more), 1_000)).slice(9, 12));
    expect(await status(path.replace(one.id, other.id))).toBe(404);
    expect(await status(path, 'Origin: https://evil.example\r\n')).toBe(403);
    expect(await status(path.replace(/t=[^&]+/, `t=${one.token}`))).toBe(401);
    const socket = new WebSocket(streamUrl);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('x'.repeat(1024 * 1024));
    expect(await closed).toBe(1009);
  });
});

it('all the while nobody else noticed anything, and nothing of ours failed', async () => {
  const lines = await clerk.ask(`/conversations/${conversation}/lines`);
  expect((lines.body as { lines: unknown[] }).lines.length).toBeGreaterThan(1);
  expect(
    app.log
      .filter((line) => /handler_failed|request_failed|upgrade_failed|turn.failed|quarantined/.test(line))
      .slice(0, 3),
  ).toEqual([]);
});
