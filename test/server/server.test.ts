// The web edge: what every request meets, whatever it asks for.
import { connect } from 'node:net';
import { Duplex, PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Channel, Route } from '../../channels/channel.js';
import { createObserver } from '../../src/observe/observer.js';
import { BodyError, bodyTimes, limitBody } from '../../src/server/body.js';
import { clientIp } from '../../src/server/client.js';
import { hangUp } from '../../src/server/hang-up.js';
import { escapeHtml, fill } from '../../src/server/html.js';
import { pageConfig, themeCss } from '../../src/server/page-config.js';
import { pagePolicy } from '../../src/server/security.js';
import { matchPath } from '../../src/server/sockets.js';
import { fakeSet, startFakeServer } from '../support/fake-server.js';

/** The slow route tells that it runs, and waits until it is let go. */
const gate: { entered: () => void; release: () => void } = { entered: () => undefined, release: () => undefined };
let ready = true;
const logged: string[] = [];

const routes: Route[] = [
  {
    method: 'POST',
    path: '/echo/:id',
    limit: 100,
    handle: (request) => Promise.resolve({ status: 200, body: { ...request, body: request.body.toString() } }),
  },
  { method: 'GET', path: '/fail', limit: 0, handle: () => Promise.reject(new Error('secret detail')) },
  {
    method: 'GET',
    path: '/slow',
    limit: 0,
    handle: () =>
      new Promise((resolve) => {
        gate.release = () => resolve({ status: 200, body: 'done' });
        gate.entered();
      }),
  },
  { method: 'POST', path: '/unread', limit: 1_000_000, stream: true, handle: () => Promise.resolve({ status: 401 }) },
];
const channel = { name: 'x', routes: () => routes } as unknown as Channel;
const observer = createObserver((event, facts) => void logged.push(`${event} ${JSON.stringify(facts)}`));
let server: Awaited<ReturnType<typeof startFakeServer>>;

beforeAll(async () => {
  server = await startFakeServer(() => [channel], {
    hops: 1,
    readiness: () => Promise.resolve({ ok: ready, dependencies: { store: ready ? null : 'late' }, channels: {} }),
    readNumbers: () => {
      observer.meter.show('sila_cases', {}, 3);
      return Promise.resolve();
    },
    observer,
  });
});
afterAll(() => server.stop());
afterEach(() => vi.useRealTimers());

const get = (path: string, init?: RequestInit): Promise<Response> => fetch(server.url + path, init);

describe('declared routes', () => {
  it('hand over path, query, headers and raw bytes as plain strings', async () => {
    const response = await get('/echo/a%20b?x=1&x=2&id[$ne]=1&__proto__=y', {
      method: 'POST',
      body: 'سلام',
      headers: { 'x-forwarded-for': '1.1.1.1, 203.0.113.9' },
    });
    expect(await response.json()).toMatchObject({
      method: 'POST',
      path: '/echo/a%20b',
      params: { id: 'a b' },
      query: { x: '1', 'id[$ne]': '1' },
      body: 'سلام',
      ip: '203.0.113.9',
    });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each([
    ['GET', '/echo/1', 405],
    ['HEAD', '/fail', 405],
    ['DELETE', '/echo/1', 405],
    ['POST', '/nowhere', 404],
    ['POST', '//echo/1', 404],
    ['POST', '/%2Fecho/1', 404],
    ['POST', '/ECHO/1', 404],
    ['GET', '/echo/%E0%A4%A', 400],
    ['GET', '/../../etc/passwd', 404],
    ['GET', '/chat/assets/..%2f..%2fpackage.json', 404],
    ['GET', '/staff/assets/%2e%2e/%2e%2e/package.json', 404],
  ])('%s %s → %d', async (method, path, status) => {
    const response = await get(path, { method });
    expect(response.status).toBe(status);
    if (status === 405) expect(response.headers.get('allow')).toBeTruthy();
  });

  it.each(['TRACE /echo/1', 'TRACK /echo/1', 'CONNECT x:1'])('does not know %s', async (line) => {
    expect(await raw(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).not.toMatch(/^HTTP\/1.1 (2|5)/);
  });

  it.each([
    [
      'two lengths',
      'POST /echo/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a bare line feed', 'POST /echo/1 HTTP/1.1\nHost: x\n\n'],
    ['a giant header', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(70_000)}\r\n\r\n`],
    ['no HTTP', 'hello\r\n\r\n'],
  ])('refuses %s', async (_name, bytes) => {
    expect(await raw(bytes)).toMatch(/^HTTP\/1.1 4\d\d/);
  });

  it('refuses a body one byte too long, declared or not, and compressed ones', async () => {
    const post = (init: RequestInit): Promise<Response> => get('/echo/1', { method: 'POST', ...init });
    expect((await post({ body: 'x'.repeat(100) })).status).toBe(200);
    const long = await post({ body: 'x'.repeat(101) });
    expect(long.status).toBe(413);
    expect(await long.json()).toEqual({ error: { code: 'too_large' } });
    expect(long.headers.get('connection')).toBe('close');
    const chunked = `POST /echo/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n${'x'.repeat(101)}\r\n0\r\n\r\n`;
    expect(await raw(chunked)).toMatch(/^HTTP\/1.1 413/);
    expect((await post({ body: 'x', headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
  });

  it('answers although nobody read the stream', async () => {
    expect((await get('/unread', { method: 'POST', body: 'x'.repeat(200_000) })).status).toBe(401);
  });

  it('says only a code when something of ours fails, and logs no more', async () => {
    const response = await get('/fail', { headers: { traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-00` } });
    expect([response.status, response.headers.get('x-request-id')]).toEqual([500, 'ab'.repeat(16)]);
    expect(await response.json()).toEqual({ error: { code: 'internal' } });
    expect(logged.at(-1)).toMatch(
      /^server\.handler_failed {"path":"\/fail","method":"GET","error":"Error","trace":"(ab){16}"}$/,
    );
    expect(logged.join()).not.toContain('secret detail');
  });
});

describe('bodies in time', () => {
  const slow = (): { source: PassThrough; fault: Promise<unknown> } => {
    const source = new PassThrough();
    const out = limitBody(source as unknown as IncomingMessage, 1_000, 60_000);
    out.resume();
    return { source, fault: new Promise((resolve) => out.once('error', resolve)) };
  };

  it('time out when they pause', async () => {
    vi.useFakeTimers();
    const { source, fault } = slow();
    source.write('x');
    await vi.advanceTimersByTimeAsync(bodyTimes.pause + 1);
    expect(await fault).toEqual(new BodyError('timeout'));
  });

  it('time out when they drip for too long', async () => {
    vi.useFakeTimers();
    const { source, fault } = slow();
    for (let i = 0; i < 61; i++) {
      source.write('x');
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(await fault).toEqual(new BodyError('timeout'));
  });
});

describe('health', () => {
  it('is alive, is ready when it is, and keeps numbers inside', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    ready = false;
    const away = await get('/readyz');
    expect([away.status, await away.json()]).toEqual([
      503,
      { ok: false, dependencies: { store: 'late' }, channels: {} },
    ]);
    const stranger = { headers: { 'x-forwarded-for': '203.0.113.9' } };
    expect(await (await get('/readyz', stranger)).json()).toEqual({ ok: false });
    expect(await (await get('/metrics')).text()).toContain('sila_dependency_up{dependency="store"} 0');
    ready = true;
    expect(await (await get('/readyz', stranger)).json()).toEqual({ ok: true });
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toContain('sila_dependency_up{dependency="store"} 1');
    expect(metrics).toContain('sila_cases 3');
    expect(metrics).toContain('sila_http_seconds_bucket');
    expect(metrics).toContain('route="/echo/:id"');
    expect((await get('/metrics', stranger)).status).toBe(404);
  });

  it('stops gently: not ready, nothing new, the running request ends', async () => {
    const other = await startFakeServer(() => [channel]);
    const entered = new Promise<void>((resolve) => (gate.entered = resolve));
    const running = fetch(`${other.url}/slow`);
    await entered;
    const stopped = other.stop();
    await expect(fetch(`${other.url}/healthz`)).rejects.toThrow();
    gate.release();
    expect(await (await running).text()).toBe('done');
    await stopped;
  });
});

describe('pages', () => {
  it('let nothing inline run and say who may frame them', () => {
    const chat = pagePolicy('https://sila.example', ["'self'", 'https://charity.example']);
    expect(chat).toContain("script-src 'self'; style-src 'self';");
    expect(chat).toContain('wss://sila.example');
    expect(chat).toContain("frame-ancestors 'self' https://charity.example");
    expect(chat).not.toContain('unsafe');
    expect(pagePolicy('http://x', [])).toContain("frame-ancestors 'none'");
  });

  it('serve the console under one policy with a new nonce each time', async () => {
    const policies = await Promise.all(
      [get('/staff'), get('/staff/cases/7')].map(async (one) => (await one).headers.get('content-security-policy')),
    );
    expect(policies[0]).toContain("frame-ancestors 'none'");
    expect(policies[0]).toMatch(/style-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}'/);
    expect(policies[0]).not.toBe(policies[1]);
    expect((await get('/staff/missing.js')).status).toBe(404);
  });

  it('tell the page what it needs and nothing else', async () => {
    const response = await get('/chat/config.json');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(Object.keys((await response.json()) as object).sort()).toEqual([
      'charity',
      'colour',
      'languages',
      'origins',
      'starters',
      'texts',
      'words',
    ]);
    const config = pageConfig(fakeSet, { 'widget.send': { ar: 'إرسال' }, 'staff.secret': { ar: 'x' } }, []);
    expect(config.texts).toEqual({ send: { ar: 'إرسال' } });
    expect(config.starters.map((one) => one['ar'])).toContain('طلب مساعدة');
  });

  it('choose the ink that reads on the colour', () => {
    expect(themeCss('#0b6b5d')).toContain('--brand-ink:#ffffff');
    expect(themeCss('#ffd54a')).toContain('--brand-ink:#10201d');
  });

  it('fill texts in without letting them become markup', () => {
    const page = fill('<p title="{{a}}">{{a}} {{b}}</p><script type="application/json">{{config}}</script>', {
      a: `<i onload="x">'&`,
      config: '{"t":"</script>{{a}}"}',
    });
    expect(page).toBe(
      `<p title="${escapeHtml(`<i onload="x">'&`)}">${escapeHtml(`<i onload="x">'&`)} {{b}}</p><script type="application/json">{"t":"\\u003c/script>{{a}}"}</script>`,
    );
  });
});

it.each([
  [0, '9.9.9.9', '10.0.0.1'],
  [1, '9.9.9.9', '9.9.9.9'],
  [1, '1.2.3.4, 9.9.9.9', '9.9.9.9'],
  [2, '1.2.3.4, 9.9.9.9', '1.2.3.4'],
  [2, '9.9.9.9', '9.9.9.9'],
  [1, 'unknown, <script>', '10.0.0.1'],
  [1, '1.2.3.4, unknown', '10.0.0.1'],
  [1, '1.2.3.4, 9.9.9.9:443', '9.9.9.9'],
  [1, '1.2.3.4, [2001:db8::1]:443', '2001:db8::1'],
  [1, '1.2.3.4,', '10.0.0.1'],
  [1, '', '10.0.0.1'],
])('with %d hops and X-Forwarded-For "%s" the client is %s', (hops, forwarded, ip) => {
  const request = {
    headers: { 'x-forwarded-for': forwarded, 'x-real-ip': '6.6.6.6' },
    socket: { remoteAddress: '10.0.0.1' },
  };
  expect(clientIp(request as unknown as IncomingMessage, hops)).toBe(ip);
});

it.each([
  ['/a/:id/b', '/a/7/b', { id: '7' }],
  ['/a/:id/b', '/a//b', null],
  ['/a/:id/b', '/a/%2e/b', null],
  ['/a/:id', '/a/7/b', null],
])('%s and %s', (pattern, path, params) => {
  expect(matchPath(pattern, path)).toEqual(params);
});

it('cuts a refused line although the other side never hangs up', () => {
  vi.useFakeTimers();
  const written: string[] = [];
  const line = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk.toString());
      done();
    },
  });
  hangUp(line, 404);
  expect(line.destroyed).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(written.join('')).toMatch(/^HTTP\/1\.1 404 /);
  expect(line.destroyed).toBe(true);
});

/** What the server answers to these bytes, until it hangs up or has answered. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
      socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
