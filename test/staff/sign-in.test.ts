// Signing in: equal answers, limits, cookies, tokens, and what ends a session.
import { beforeEach, describe, expect, it } from 'vitest';
import { networkOf } from '../../src/staff/limits.js';
import { IDLE_MS, SESSION_MS } from '../../src/staff/sessions.js';
import { STAFF } from '../support/fake-data.js';
import { harness, PASSWORD } from '../support/staff-harness.js';
import type { Harness } from '../support/staff-harness.js';

let house: Harness;
beforeEach(async () => {
  house = await harness();
});

describe('sign-in', () => {
  it('opens a session in a cookie that scripts and other sites do not get', async () => {
    const browser = house.browser();
    const reply = await browser.signIn('  ADMIN ');
    expect(reply.status).toBe(200);
    expect(reply.headers['set-cookie']).toMatch(
      /^__Host-sila_staff=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/,
    );
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.body.me).toMatchObject({ login: 'admin', role: 'administrator' });
    expect(JSON.stringify(reply.body)).not.toContain('scrypt');
    expect((await browser.get('/counts')).status).toBe(200);
  });

  it('sets a plain cookie where there is no https', async () => {
    const open = await harness(null);
    const reply = await open.browser().signIn('admin');
    expect(reply.headers['set-cookie']).toMatch(
      /^sila_staff=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
  });

  it.each([
    ['unknown login', 'nobody', PASSWORD],
    ['wrong password', 'admin', 'not the password'],
    ['disabled account', 'former', PASSWORD],
    ['a login that is none', '../\u0000', PASSWORD],
    ['empty words', '', ''],
  ])('gives one answer: %s', async (_case, login, password) => {
    const reply = await house.browser().signIn(login, password);
    expect(reply.status).toBe(401);
    expect(reply.body).toEqual({ error: { code: 'wrong_credentials' } });
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it('takes a new token each time and ends the one before', async () => {
    const browser = await house.as('admin');
    const before = browser.cookie;
    await browser.signIn('admin');
    expect(browser.cookie).not.toBe(before);
    const stale = house.browser();
    stale.cookie = before;
    expect((await stale.get('/counts')).status).toBe(401);
  });

  it('never takes a token that the client brought', async () => {
    const browser = house.browser();
    browser.cookie = `__Host-sila_staff=${'A'.repeat(43)}`;
    await browser.signIn('admin');
    expect(browser.cookie).not.toContain('AAAA');
    const other = house.browser();
    other.cookie = `__Host-sila_staff=${'A'.repeat(43)}`;
    expect((await other.get('/session')).body.me).toBeNull();
  });
});

describe('limits', () => {
  it('five tries in five minutes for one network, right or wrong', async () => {
    for (let i = 0; i < 5; i += 1) expect((await house.browser().signIn(`user${i}`, 'wrong')).status).toBe(401);
    const reply = await house.browser().signIn('admin');
    expect(reply.status).toBe(429);
    expect(reply.headers['retry-after']).toBe('300');
    expect((await house.browser().signIn('admin', PASSWORD, { ip: '203.0.113.9' })).status).toBe(200);
    house.clock.now += 5 * 60_000;
    expect((await house.browser().signIn('admin')).status).toBe(200);
  });

  it('ten tries in fifteen minutes for one account, from anywhere, known or not', async () => {
    for (const login of ['admin', 'ghost']) {
      const tries = Array.from({ length: 30 }, (_, i) =>
        house.browser().signIn(login, 'wrong', { ip: `203.0.113.${i}-${login}` }),
      );
      const codes = (await Promise.all(tries)).map((reply) => reply.status);
      expect(codes.filter((code) => code === 401)).toHaveLength(10);
      expect(codes.filter((code) => code === 429)).toHaveLength(20);
      expect((await house.browser().signIn(login, PASSWORD, { ip: '192.0.2.77' })).status).toBe(429);
    }
    house.clock.now += 15 * 60_000;
    expect((await house.browser().signIn('admin', PASSWORD, { ip: '192.0.2.78' })).status).toBe(200);
  });

  it('strangers never lock out a browser that was signed in before, and it has limits of its own', async () => {
    const first = await house.browser().signIn('admin', PASSWORD, { ip: '192.0.2.1' });
    expect(first.cookies).toHaveLength(1);
    expect(first.cookies[0]).toMatch(
      /^__Host-sila_device=[\w-]{43}\.[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=15552000; Secure$/,
    );
    const cookie = first.cookies[0]?.split(';')[0] ?? '';
    for (let i = 0; i < 12; i += 1) await house.browser().signIn('admin', 'wrong', { ip: `203.0.113.${i}` });
    const from = (sent: string, password = PASSWORD, login = 'admin') =>
      house.browser().signIn(login, password, { ip: '203.0.113.1', headers: { cookie: sent } });
    expect((await from('')).status).toBe(429);
    expect((await from(cookie)).status).toBe(200);
    // Made up, cut, of another account: a stranger like all others.
    const forged = [cookie.replace(/.$/, (c) => (c === '0' ? '1' : '0')), cookie.slice(0, -1), `x${cookie}`];
    for (const sent of forged) expect([sent, (await from(sent)).status]).toEqual([sent, 429]);
    for (let i = 0; i < 12; i += 1) await house.browser().signIn('hind', 'wrong', { ip: `203.0.113.${i + 20}` });
    expect((await from(cookie, PASSWORD, 'hind')).status).toBe(429);
    // Whoever took the browser does not guess freely either.
    const tries = await Promise.all(Array.from({ length: 12 }, () => from(cookie, 'wrong')));
    expect(tries.filter((reply) => reply.status === 401)).toHaveLength(9);
    house.clock.now += 15 * 60_000;
    expect((await from(cookie)).status).toBe(200);
  });

  it.each([
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
    ['2001:db8:1:2:bbbb:1:2:3', '2001:db8:1:2'],
    ['2001:DB8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['203.0.113.9', '203.0.113.9'],
  ])('counts %s as %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});

describe('a session', () => {
  it('slides while it is used, and ends after two hours in which nobody did anything', async () => {
    const browser = await house.as('hind');
    for (let i = 0; i < 5; i += 1) {
      house.clock.now += IDLE_MS - 1000;
      const reply = await browser.get('/counts');
      expect(reply.status).toBe(200);
      expect(reply.headers['set-cookie']).toBeUndefined();
    }
    house.clock.now += IDLE_MS + 1;
    expect((await browser.get('/counts')).body).toEqual({ error: { code: 'signed_out' } });
  });

  it('is not kept open by a console that only keeps itself up to date', async () => {
    const browser = await house.as('hind');
    house.clock.now += IDLE_MS - 1000;
    expect((await browser.get('/counts', { headers: { 'x-sila-idle': '1' } })).status).toBe(200);
    house.clock.now += 1001;
    expect((await browser.get('/counts', { headers: { 'x-sila-idle': '1' } })).status).toBe(401);
  });

  it('ends after twelve hours, however it is used', async () => {
    const browser = await house.as('hind');
    const hour = 3_600_000;
    for (let at = hour; at < SESSION_MS; at += hour) {
      house.clock.now += hour;
      expect([at, (await browser.get('/counts')).status]).toEqual([at, 200]);
    }
    house.clock.now += hour - 1;
    expect((await browser.get('/counts')).status).toBe(200);
    house.clock.now += 1;
    expect((await browser.get('/counts')).status).toBe(401);
  });

  it('leaves a line in the audit when it could not be opened, without what was typed', async () => {
    await house.browser().signIn('admin', 'a wrong password');
    await house.browser().signIn('a-password-typed-as-login', 'x', { ip: '203.0.113.77' });
    const tries = house.audit.filter(({ act }) => act === 'sign_in_failed');
    expect(tries).toMatchObject([
      { staff: 'system', subject: STAFF.admin },
      { staff: 'system', subject: 'unknown' },
    ]);
    expect(JSON.stringify(house.audit)).not.toContain('typed');
  });

  it('ends with sign-out, with a disabled account, and elsewhere with a new password', async () => {
    const [here, there, admin] = [await house.as('hind'), await house.as('hind'), await house.as('admin')];
    const kept = here.cookie;
    await here.post('/sign-out');
    const thief = house.browser();
    thief.cookie = kept;
    expect((await thief.get('/counts')).status).toBe(401);

    const again = await house.as('hind');
    const change = await again.post('/password', { current: PASSWORD, next: 'أطول من اثني عشر' });
    expect(change.status).toBe(200);
    expect((await again.get('/counts')).status).toBe(200);
    expect((await there.get('/counts')).status).toBe(401);

    const id = (await again.get('/session')).body.me.id as string;
    expect((await admin.post(`/accounts/${id}/disabled`, { disabled: true })).status).toBe(200);
    expect((await again.get('/counts')).status).toBe(401);
    expect((await house.browser().signIn('hind', 'أطول من اثني عشر')).status).toBe(401);
  });

  it('does not let a stolen session guess the password', async () => {
    const browser = await house.as('salem');
    const codes: number[] = [];
    for (let i = 0; i < 12; i += 1)
      codes.push((await browser.post('/password', { current: 'a guess', next: 'long enough for all' })).status);
    // One try of the ten went into signing in.
    expect(codes).toEqual([...Array.from({ length: 9 }, () => 401), 429, 429, 429]);
  });
});

describe('writes', () => {
  it.each([
    ['no token', { 'x-sila-token': '' }],
    ['another token', { 'x-sila-token': 'x'.repeat(43) }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['an origin that is none', { origin: 'null' }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ])('are refused with %s', async (_case, headers) => {
    const browser = await house.as('admin');
    const { conversations } = (await browser.get('/conversations')).body;
    const reply = await browser.post(`/conversations/${conversations[0].id as string}/take`, {}, { headers });
    expect(reply.status).toBe(403);
    expect(house.desk.calls.filter((one) => one.act === 'take')).toHaveLength(0);
  });

  it('of sign-in need our own pages too', async () => {
    const reply = await house.browser().signIn('admin', PASSWORD, { headers: { origin: 'https://evil.example' } });
    expect(reply.status).toBe(403);
  });
});
