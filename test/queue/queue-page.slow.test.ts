// The operators' page of the queues: who may open it, that it changes nothing, and how it looks.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { LaneState } from '../../src/queue/contract.js';
import { pagePolicy } from '../../src/server/security.js';
import { createAudit } from '../../src/staff/audit.js';
import { QUEUES_PATH, queuePageRoutes, QUEUES_STYLES } from '../../src/staff/queue-page.js';
import { chromiumPath, hasChromium, openBrowser } from '../support/browser.js';
import { startFakeServer } from '../support/fake-server.js';
import { freshPrefix, servers } from '../support/servers.js';
import { openQueue, type OpenedQueue } from '../support/shared-queue.js';
import { harness, type Harness } from '../support/staff-harness.js';

if (!hasChromium && process.env['REQUIRE_SERVERS'] === '1') throw new Error(`no Chromium at ${chromiumPath}`);

const SHOTS = process.env['SHOTS'];

describe.skipIf(servers.redis === null)('the page of the queues', () => {
  const place = freshPrefix();
  let house: Harness;
  let opened: OpenedQueue;
  let server: { url: string; stop: () => Promise<void> };

  beforeAll(async () => {
    house = await harness(null, true, true);
    opened = await openQueue(place);
    const { queue } = opened;
    const routes = queuePageRoutes({
      board: queue.board(QUEUES_PATH, 'صلة'),
      store: { staff: house.staff },
      audit: createAudit(house.staff, () => Date.now()),
      policy: pagePolicy('http://127.0.0.1', [], QUEUES_STYLES, "'self'"),
      https: false,
      now: () => Date.now(),
      randomToken: () => randomBytes(32).toString('base64url'),
    });
    server = await startFakeServer(() => [], { routes: [...house.routes, ...routes] });
    await queue.ring({ kind: 'conversation', id: '019aa9b2-0000-7000-8000-00000000c001' }, 600_000);
    await queue.ring({ kind: 'delivery', id: '019aa9b2-0000-7000-8000-00000000c002', lane: 'telegram' });
    await queue.ring({ kind: 'delivery', id: '019aa9b2-0000-7000-8000-00000000c003', lane: 'whatsapp' });
    queue.work('submission', 1, () => Promise.reject(new Error('أمينة')));
    await queue.ring({ kind: 'submission', id: '7304-8815-2096-4' });
  });
  afterAll(async () => {
    await server.stop();
    await opened.queue.close();
    await place.drop();
  });

  const cookieOf = async (login: 'admin' | 'hind' | 'salem') => {
    house.forgetTries();
    return (await house.as(login)).cookie;
  };
  const ask = (path: string, cookie = '', method = 'GET') =>
    fetch(`${server.url}${QUEUES_PATH}${path}`, { method, headers: { cookie }, redirect: 'manual' });
  const openings = () => house.audit.filter(({ act }) => act === 'queues_opened').length;

  it('opens for administrators alone, and each opening is in the audit', async () => {
    const nobody = await ask('');
    expect([nobody.status, nobody.headers.get('location')]).toEqual([303, '/staff']);
    expect((await ask('/api/queues')).status).toBe(401);
    for (const login of ['salem', 'hind'] as const) {
      const cookie = await cookieOf(login);
      expect([(await ask('', cookie)).status, (await ask('/api/queues', cookie)).status]).toEqual([404, 404]);
    }
    expect(openings()).toBe(0);
    const cookie = await cookieOf('admin');
    const page = await ask('/queue/conversation', cookie);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain(
      "default-src 'self'; script-src 'self'; style-src 'self' 'sha256-",
    );
    expect(openings()).toBe(1);
    expect((await ask('/api/queues', cookie)).status).toBe(200);
    expect(openings()).toBe(1);
  });

  it('shows what waits where, by ids and codes only', async () => {
    const cookie = await cookieOf('admin');
    const { queues } = (await (await ask('/api/queues?activeQueue=submission&status=latest', cookie)).json()) as {
      queues: { name: string; counts: Record<string, number>; readOnlyMode: boolean; jobs: object[] }[];
    };
    expect(queues.map(({ name }) => name)).toEqual([
      'conversation',
      'delivery-telegram',
      'delivery-whatsapp',
      'submission',
    ]);
    expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
    expect(queues.map(({ counts }) => (counts['waiting'] ?? 0) + (counts['delayed'] ?? 0)).slice(0, 3)).toEqual([
      1, 1, 1,
    ]);
    const jobs = JSON.stringify(queues.at(-1)?.jobs);
    expect(jobs).toContain('7304-8815-2096-4');
    expect(jobs).not.toContain('أمينة');
  });

  it('says in few numbers how each stands, to administrators alone and without a line in the audit', async () => {
    const lanes = (cookie: string) => fetch(`${server.url}/api/staff/lanes`, { headers: { cookie } });
    expect((await lanes('')).status).toBe(401);
    expect((await lanes(await cookieOf('hind'))).status).toBe(404);
    const cookie = await cookieOf('admin');
    const before = openings();
    const found = async () => ((await (await lanes(cookie)).json()) as { lanes: LaneState[] }).lanes;
    await expect.poll(async () => (await found()).at(-1)).toMatchObject({ name: 'submission', again: 1, handlers: 1 });
    const [conversation, telegram] = await found();
    expect(conversation).toMatchObject({
      name: 'conversation',
      waiting: 0,
      later: 1,
      again: 0,
      since: null,
      handlers: 0,
    });
    expect(telegram).toMatchObject({ name: 'delivery-telegram', waiting: 1, active: 0, handlers: 0 });
    expect(Math.abs((telegram?.since ?? 0) - Date.now())).toBeLessThan(600_000);
    expect(JSON.stringify(await found())).not.toContain('7304');
    expect(openings()).toBe(before);
  });

  it.skipIf(!hasChromium || !existsSync('dist/public/staff/index.html')).each(['ar', 'en'])(
    'stands in the console in the language of staff: %s',
    async (language) => {
      const browser = await openBrowser();
      const [name = '', value = ''] = (await cookieOf('admin')).split('=');
      const texts = parse(readFileSync(`flows/texts/${language}.yaml`, 'utf8')) as Record<string, string>;
      const say = (key: string) => texts[key] ?? key;
      for (const width of [390, 1366]) {
        const context = await browser.newContext({ viewport: { width, height: 860 } });
        await context.addInitScript({ content: `localStorage.setItem('sila.language', '${language}')` });
        await context.addCookies([{ name, value, url: server.url }]);
        const page = await context.newPage();
        const failed = async (): Promise<number> => {
          await page.goto(`${server.url}/staff/me`);
          await page.getByRole('button', { name: say('console.lanes') }).click();
          await page.getByText(say('console.lane.conversation')).waitFor();
          return page.getByText(say('console.lanes.failed').replace('{n}', '1')).count();
        };
        // While it is being tried once more it does not wait.
        await expect.poll(failed).toBe(1);
        expect(await page.getByText(say('console.lanes.nobody'), { exact: true }).count()).toBe(3);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/lanes-${language}-${width}.png` });
        await page.getByRole('link', { name: say('console.queues.open') }).click();
        await page.getByText('1 Job').last().waitFor();
        await context.close();
      }
      await browser.close();
    },
  );

  it('refuses whatever would change something', async () => {
    const cookie = await cookieOf('admin');
    const before = await opened.queue.pending();
    for (const [method, path] of [
      ['PUT', '/api/queues/conversation/empty'],
      ['PUT', '/api/queues/conversation/obliterate'],
      ['PUT', '/api/queues/pause'],
      ['POST', '/api/queues/conversation/add'],
      ['PATCH', '/api/queues/conversation/1/update-data'],
    ] as const)
      expect([path, [404, 405].includes((await ask(path, cookie, method)).status)]).toEqual([path, true]);
    expect(await opened.queue.pending()).toBe(before);
  });

  it('gives no file that is not its own', async () => {
    const cookie = await cookieOf('admin');
    for (const path of ['/static/../package.json', '/static/%2e%2e/index.ejs', '/static/js', '/static/'])
      expect([path, (await ask(path, cookie)).status]).toEqual([path, 404]);
  });

  it.skipIf(!hasChromium)(
    'is whole at 390 and 1366 pixels, under its content policy, without a foreign host',
    async () => {
      const browser = await openBrowser();
      const [name = '', value = ''] = (await cookieOf('admin')).split('=');
      for (const width of [390, 1366]) {
        const context = await browser.newContext({ viewport: { width, height: 860 } });
        await context.addCookies([{ name, value, url: server.url }]);
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') complaints.push(message.text());
        });
        page.on('pageerror', (error) => complaints.push(String(error)));
        page.on('request', (request) => {
          if (!request.url().startsWith(server.url)) complaints.push(request.url());
        });
        await page.goto(`${server.url}${QUEUES_PATH}`);
        await page.getByText('1 Job').last().waitFor();
        if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/queues-${width}.png` });
        await page.goto(`${server.url}${QUEUES_PATH}/queue/submission`);
        await page.getByText('7304-8815-2096-4').first().waitFor();
        if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/queue-${width}.png` });
        expect(complaints).toEqual([]);
        await context.close();
      }
      await browser.close();
    },
  );
});
