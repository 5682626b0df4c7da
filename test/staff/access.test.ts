// Who reaches what: roles, foreign ids, shapes, unknown fields.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { isDecision as decisionOfCases, TRANSITIONS } from '../../src/cases/case.js';
import { MOST_WORDS } from '../../src/conversation/desk-types.js';
import { isDecision, STATUSES } from '../../src/staff/statuses.js';
import { STAFF, uuid } from '../support/fake-data.js';
import { call, harness } from '../support/staff-harness.js';
import type { Harness } from '../support/staff-harness.js';

let house: Harness;
beforeEach(async () => {
  house = await harness();
});

const NUMBER = '7304881520964';
const CLIENT = 'c'.repeat(20);

describe('without a session', () => {
  it('every route but sign-in and session answers 401 and touches nothing', async () => {
    for (const route of house.routes) {
      const path = route.path.replace('/api/staff', '').replace(':id', uuid(1)).replace(':number', NUMBER);
      if (path === '/session' || path === '/sign-in') continue;
      const reply = await call(house.routes, route.method, path, { body: {} });
      expect([path, reply.status, reply.body]).toEqual([path, 401, { error: { code: 'signed_out' } }]);
    }
    expect(house.desk.calls).toEqual([]);
  });

  it('session tells the charity and nobody’s name', async () => {
    const { body } = await call(house.routes, 'GET', '/session');
    expect(body).toMatchObject({ me: null, charity: { name: { ar: 'جمعية العلاج الآمن' } } });
  });
});

describe('roles', () => {
  it.each([
    ['salem', '/accounts', 404],
    ['hind', '/accounts', 404],
    ['admin', '/accounts', 200],
    ['salem', '/audit', 404],
    ['hind', '/audit', 404],
    ['admin', '/audit', 200],
    ['salem', '/ratings', 404],
    ['hind', '/ratings', 200],
    ['salem', '/people', 200],
    ['salem', `/cases/${NUMBER}`, 200],
  ] as const)('%s: %s → %i', async (login, path, status) => {
    const browser = await house.as(login);
    expect((await browser.get(path)).status).toBe(status);
  });

  it('shows operators the way to the queues where there are any, and nobody else', async () => {
    const shown = async (queues: boolean, login: 'admin' | 'hind') => {
      const browser = await (await harness('https://staff.example', false, queues)).as(login);
      return ((await browser.get('/session')).body.me.permissions as string[]).includes('operate');
    };
    expect([await shown(false, 'admin'), await shown(true, 'admin'), await shown(true, 'hind')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('not allowed reads exactly like not found', async () => {
    const browser = await house.as('salem');
    const refused = await browser.post('/accounts', { login: 'x', role: 'administrator' });
    const missing = await browser.get(`/cases/0000000000000`);
    expect([refused.status, refused.body, refused.headers]).toEqual([missing.status, missing.body, missing.headers]);
  });

  it('reception follows cases but does not decide them', async () => {
    const [reception, researcher] = [await house.as('salem'), await house.as('hind')];
    expect((await reception.get(`/cases/${NUMBER}`)).body.case.next).toEqual([
      'incomplete',
      'committee',
      'withdrawn',
      'closed',
    ]);
    const change = { to: 'approved', tell: true };
    expect((await reception.post(`/cases/${NUMBER}/status`, change)).status).toBe(404);
    expect((await reception.get(`/cases/${NUMBER}`)).body.case.status).toBe('under_research');
    expect((await researcher.post(`/cases/${NUMBER}/status`, change)).body.case.status).toBe('approved');
  });

  it('erasing needs an administrator who says the id twice', async () => {
    const [researcher, admin] = [await house.as('hind'), await house.as('admin')];
    const path = `/conversations/${uuid(1)}/erase`;
    expect((await researcher.post(path, { sure: uuid(1) })).status).toBe(404);
    expect((await admin.post(path, { sure: uuid(2) })).status).toBe(400);
    expect((await admin.post(path, {})).status).toBe(400);
    expect(house.desk.calls.some((one) => one.act === 'erase')).toBe(false);
    expect((await admin.post(path, { sure: uuid(1) })).body.erased.cases).toBeGreaterThan(0);
  });

  it('nobody disables or resets the account at hand', async () => {
    const admin = await house.as('admin');
    expect((await admin.post(`/accounts/${STAFF.admin}/disabled`, { disabled: true })).status).toBe(400);
    expect((await admin.post(`/accounts/${STAFF.admin}/password`, { password: 'long enough for all' })).status).toBe(
      400,
    );
    expect((await admin.get('/counts')).status).toBe(200);
  });
});

describe('shapes', () => {
  it('statuses are those of cases', () => {
    expect([...STATUSES].sort()).toEqual(Object.keys(TRANSITIONS).sort());
    for (const status of STATUSES) expect(isDecision(status)).toBe(decisionOfCases(status));
  });

  it.each([
    ['/accounts', { login: 'new', name: 'جديد هنا', role: 'reception', password: 'x'.repeat(12), id: uuid(1) }],
    ['/accounts', { login: 'new', name: 'جديد هنا', role: 'reception', password: 'x'.repeat(12), disabledAt: null }],
    ['/accounts', { login: 'new', name: 'جديد هنا', role: 'owner', password: 'x'.repeat(12) }],
    ['/accounts', { login: 'new', name: 'جديد هنا', role: 'reception', password: 'short' }],
    [`/cases/${NUMBER}/note`, { text: 'ملاحظة', by: STAFF.admin }],
    [`/cases/${NUMBER}/note`, { text: { $ne: null } }],
    [`/cases/${NUMBER}/note`, { text: { length: { toString: 1 } } }],
    ['/notices/seen', { ids: { length: { toString: 1 } } }],
    [`/cases/${NUMBER}/note`, { text: '\u0000 \u0001' }],
    [`/cases/${NUMBER}/note`, { text: 'س'.repeat(MOST_WORDS + 1) }],
    [`/cases/${NUMBER}/status`, { to: 'approved' }],
    [`/cases/${NUMBER}/status`, { to: 'paid', tell: true }],
    [`/cases/${NUMBER}/status`, { to: 'approved', tell: true, approvedBy: 'me' }],
    [`/cases/${NUMBER}/assign`, { assignee: 'me' }],
    [`/cases/${NUMBER}/assign`, { assignee: STAFF.former }],
    [`/conversations/${uuid(1)}/reply`, { text: 'مرحبًا' }],
    [`/conversations/${uuid(1)}/reply`, { text: 'مرحبًا', clientId: CLIENT, author: 'bot' }],
    [`/conversations/${uuid(1)}/take`, { by: STAFF.researcher }],
    ['/cases/search', { search: ['x'] }],
    ['/notices/seen', { ids: [] }],
    ['/notices/seen', []],
    ['/notices/seen', null],
  ])('refuses %s %j', async (path, body) => {
    const admin = await house.as('admin');
    const reply = await admin.post(path, body);
    expect([reply.status, reply.body]).toEqual([400, { error: { code: 'invalid' } }]);
  });

  it.each([
    ['{', 400],
    ['', 400],
    ['{"text":"x","__proto__":{"role":"administrator"}}', 400],
    ['{"text":"x","constructor":{"prototype":{"a":1}}}', 400],
    ['['.repeat(20_000), 400],
    [`{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400],
  ])('refuses the body %.40s', async (text, status) => {
    const admin = await house.as('admin');
    const reply = await admin.post(`/cases/${NUMBER}/note`, undefined, { bytes: Buffer.from(text) });
    expect(reply.status).toBe(status);
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  it('refuses what is not JSON, and unknown queries', async () => {
    const admin = await house.as('admin');
    const form = { bytes: Buffer.from('text=x'), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    expect((await admin.post(`/cases/${NUMBER}/note`, undefined, form)).status).toBe(415);
    expect((await admin.get('/conversations', { query: { 'hold[$ne]': 'x' } })).status).toBe(400);
    expect((await admin.get('/conversations', { query: { limit: '5000' } })).status).toBe(400);
    expect((await admin.get('/conversations', { query: { limit: '٥' } })).status).toBe(400);
  });

  it('any body at all gets a 2xx or 4xx', async () => {
    const admin = await house.as('admin');
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (body) => {
        const reply = await admin.post(`/cases/${NUMBER}/status`, body);
        expect(reply.status).toBeGreaterThanOrEqual(200);
        expect(reply.status).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });

  it('a name on a screen holds no direction marks', async () => {
    const admin = await house.as('admin');
    const body = { login: 'New.One', name: '\u202Eهيا\u2066 السعد\n', role: 'reception', password: 'x'.repeat(12) };
    const reply = await admin.post('/accounts', body);
    expect(reply.body.account).toMatchObject({ login: 'new.one', name: 'هيا  السعد' });
    expect((await admin.post('/accounts', { ...body, login: 'NEW.one' })).body).toEqual({
      error: { code: 'login_taken' },
    });
  });
});

describe('foreign ids', () => {
  it.each([
    ['GET', `/conversations/${uuid(9999)}`],
    ['GET', '/conversations/1002'],
    ['GET', '/conversations/..%2F..%2Fetc'],
    ['GET', `/files/${uuid(9999)}`],
    ['GET', `/files/..%2Fkeys`],
    ['GET', '/cases/1002'],
    ['POST', `/conversations/${uuid(9999)}/take`],
  ])('%s %s is not found, in one voice', async (method, path) => {
    const browser = await house.as('hind');
    const reply = await (method === 'GET' ? browser.get(path) : browser.post(path));
    expect([reply.status, reply.body]).toEqual([404, { error: { code: 'not_found' } }]);
  });
});
