// The desk in a real browser over the whole program: a request filled for a visitor, a letter with its answer, a receipt, under axe's rules.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FATIMA, picture } from '../conversation/request.js';
import { startRealApp } from '../support/real-app.js';
import { modulesOf, readQr } from '../support/read-qr.js';
import type { RealApp } from '../support/real-app.js';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const found = existsSync(executablePath) && existsSync('dist/public/staff/index.html');
if (!found && process.env['REQUIRE_SERVERS'] === '1') throw new Error('Chromium or the built console is missing');
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1366, height: 850 };
/** Where pictures of the screens go, for looking at them; none: none are taken. */
const SHOTS = process.env['SHOTS'];

describe.skipIf(!found)('the desk in a browser', () => {
  let browser: Browser;
  let app: RealApp;
  const faults: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args });
    app = await startRealApp();
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  async function at(viewport: typeof PHONE, language: string, colorScheme: 'light' | 'dark', path: string) {
    const clerk = await app.clerk('reception');
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    await context.addInitScript({ content: `localStorage.setItem('sila.language', '${language}')` });
    const [name = '', value = ''] = clerk.cookie.split('=');
    await context.addCookies([{ name, value, url: app.url }]);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${app.url}/staff/${path}`);
    return page;
  }

  it.each([
    [PHONE, 'ar', 'light'],
    [DESK, 'en', 'dark'],
    [DESK, 'ar', 'light'],
    [PHONE, 'en', 'dark'],
  ] as const)('fills a request for a visitor and gives the receipt: %j %s %s', async (viewport, language, scheme) => {
    const page = await at(viewport, language, scheme, 'desk/visits');
    const say = words(language);
    const look = (screen: string) => looked(page, `${viewport.width}-${language}-${screen}`);
    await page.locator('a[aria-current=page]', { hasText: say('console.register.visits') }).waitFor();
    await page.getByRole('button', { name: say('console.register.visits.new') }).click();
    await page.getByLabel(say('console.register.visits.name')).fill('أم عبدالله');
    await page.getByLabel(say('console.desk.subject')).fill('طلب مساعدة علاجية');
    await look('new');
    await page.getByRole('button', { name: say('console.desk.save') }).click();
    await page.getByRole('button', { name: say('console.desk.form.begin') }).click();
    await page.getByRole('checkbox').check();
    await look('consent');
    const agreed = page.getByRole('button', { name: say('console.desk.agreed.go') });
    await agreed.click();
    await agreed.waitFor({ state: 'hidden' });
    await fill(page, say, look);
    await page.locator('[role=status] .sila-number').waitFor();
    await look('filed');
    await page.getByRole('button', { name: say('console.desk.link.code') }).click();
    await page.getByRole('button', { name: say('console.desk.receipt.code') }).click();
    await page.getByText(/^\d{4} \d{4}$/).waitFor();
    await look('receipt');
    expect(await scanned(page, say('console.desk.receipt.scan.code'))).toBe(
      `${app.url}/chat#${await page.locator('article .sila-number').last().innerText()}`,
    );
    await page.emulateMedia({ media: 'print' });
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${viewport.width}-${language}-print.png`) });
    expect(await page.locator('nav:visible').count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`${app.url}/staff/cases`);
    await page.locator('a[href*="/staff/cases/"]').first().click();
    await page.getByText(say('console.case.unreached')).first().waitFor();
    await page.locator('dl').first().waitFor();
    await look('case');
    await page.goto(`${app.url}/staff/desk/visits`);
    await page.getByRole('group').getByText(say('console.desk.filter.all'), { exact: true }).click();
    await page.locator('a[href*="/staff/entries/"]').first().waitFor();
    await look('register');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.context().close();
    expect(faults).toEqual([]);
  });

  it('keeps a letter with its scan, answers it with one that goes out, and finds it again', async () => {
    const page = await at(DESK, 'ar', 'light', 'desk/incoming');
    const say = words('ar');
    const look = (screen: string) => looked(page, `1366-ar-${screen}`);
    await page.getByRole('button', { name: say('console.register.incoming.new') }).click();
    await page.getByLabel(say('console.register.incoming.name')).fill('مستشفى الملك فهد بجازان');
    await page.getByLabel(say('console.desk.subject')).fill('تقرير حالة المريض');
    for (const [part, value] of [
      ['day', '١٠'],
      ['month', '9'],
      ['year', '1447'],
    ] as const)
      await page.getByLabel(say(`console.desk.day.${part}`), { exact: true }).fill(value);
    await page.getByRole('button', { name: say('console.desk.save') }).click();
    await page.getByText('1447/09/10').waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: 'خطاب.png',
      mimeType: 'image/png',
      buffer: await picture('letter'),
    });
    await page.getByRole('button', { name: /خطاب/ }).first().waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: 'x.png',
      mimeType: 'image/png',
      buffer: Buffer.from('no picture'),
    });
    await page.getByRole('alert').waitFor();
    await look('letter');
    await page.getByRole('button', { name: say('console.desk.answer') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('console.desk.save') })
      .click();
    await page.getByText(say('console.desk.answers')).waitFor();
    await page.goto(`${app.url}/staff/desk/incoming`);
    await page.getByPlaceholder(say('console.desk.search')).fill('الملك فهد');
    await page.locator('a[href*="/staff/entries/"]').getByText(say('console.register.state.answered')).waitFor();
    await page.context().close();
    // The refused file answers 200 with its reason: nothing in the browser's own log.
    expect(faults).toEqual([]);
  });

  it('makes a call later, and says so on the list', async () => {
    const page = await at(PHONE, 'ar', 'light', 'desk/calls');
    const say = words('ar');
    await page.getByRole('button', { name: say('console.register.calls.new') }).click();
    await page.getByLabel(say('console.register.calls.name')).fill('سعد');
    await page.getByLabel(say('console.desk.subject')).fill('سؤال عن الأجهزة الطبية');
    await page
      .getByRole('dialog')
      .getByRole('textbox', { name: say('console.desk.state') })
      .click();
    await page.getByRole('option', { name: say('console.register.begins.to_call') }).click();
    await page.getByRole('button', { name: say('console.desk.save') }).click();
    await page.getByRole('button', { name: say('console.register.to.later'), exact: true }).click();
    await page.getByLabel(say('console.desk.time')).fill('2031-01-05T14:30');
    await looked(page, '390-ar-later');
    await page.getByRole('button', { name: say('console.desk.save') }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto(`${app.url}/staff/desk/calls`);
    await page.locator('a[href*="/staff/entries/"]').getByText('2:30').waitFor();
    await looked(page, '390-ar-calls');
    await page.context().close();
  });
});

/** What a phone's camera would read from the code on the receipt. */
async function scanned(page: Page, label: string): Promise<string> {
  const code = page.getByRole('img', { name: label });
  const size = Number((await code.getAttribute('viewBox'))?.split(' ')[2]);
  return readQr(modulesOf((await code.locator('path').getAttribute('d')) ?? '', size));
}

type Words = (key: string) => string;

function words(language: string): Words {
  const lines = readFileSync(`flows/texts/${language}.yaml`, 'utf8').split('\n');
  return (key) => {
    const line = lines.find((one) => one.startsWith(`${key}: `)) ?? '';
    return line.slice(key.length + 3, -1);
  };
}

/** Answers question after question with the field that is there. */
async function fill(page: Page, say: Words, look: (screen: string) => Promise<void>): Promise<void> {
  const typed: [RegExp, string][] = [
    [/اسمك الكامل|full name/i, FATIMA.name],
    [/هويتك|national ID/i, FATIMA.id],
    [/جوال|mobile/i, FATIMA.phone],
    [/مدينة|city/i, 'جازان'],
    [/وصف الحاجة|the need/i, 'نحتاج إلى مساعدة في تكاليف العلاج خلال هذا الشهر'],
  ];
  const form = page.locator('section').filter({ has: page.locator('[aria-live]') });
  const seen = new Set<string>();
  for (let steps = 0; steps < 40 && (await form.count()) > 0; steps++) {
    const said = (await form.locator('[aria-live]').innerText()).slice(-300);
    const kind = await fieldOf(form, say);
    if (!seen.has(kind)) await look(kind);
    seen.add(kind);
    const next = form.getByRole('button', { name: say('console.desk.next_question') });
    const skip = form.getByRole('button', { name: say('console.desk.skip') });
    if (kind === 'radio') {
      await form.getByRole('radio').first().check();
      await next.click();
    } else if (kind === 'declaration') {
      await form.getByRole('checkbox').check();
      await form.getByRole('button', { name: say('console.desk.signed.go') }).click();
    } else if (kind === 'review') await form.getByRole('button', { name: say('engine.review.right') }).click();
    else if ((await skip.count()) > 0) await skip.click();
    else {
      await form.getByRole('textbox').fill(typed.find(([asks]) => asks.test(said))?.[1] ?? '؟');
      await next.click();
    }
    await expect.poll(() => cameOn(form, said)).toBe(true);
  }
}

/** The answer was handled, and the form shows what comes after it, or is over. */
async function cameOn(form: Locator, said: string): Promise<boolean> {
  const busy = (await form.and(form.page().locator('[aria-busy=true]')).count()) > 0;
  const now = await form.locator('[aria-live]').allInnerTexts();
  return !busy && now[0]?.slice(-300) !== said;
}

async function fieldOf(form: Locator, say: Words): Promise<string> {
  let kind: string | undefined;
  await expect.poll(async () => (kind = await fieldNow(form, say))).toBeDefined();
  return kind ?? '';
}

/** Undefined between two questions. */
async function fieldNow(form: Locator, say: Words): Promise<string | undefined> {
  const has = async (role: 'radio' | 'textbox' | 'checkbox') => (await form.getByRole(role).count()) > 0;
  if (await has('radio')) return 'radio';
  if (await has('checkbox')) return 'declaration';
  if ((await form.getByRole('button', { name: say('console.desk.paper') }).count()) > 0) return 'paper';
  if ((await form.getByRole('textbox').count()) > 1) return 'date';
  if (await has('textbox')) return 'text';
  return (await form.getByRole('button', { name: say('engine.review.right') }).count()) > 0 ? 'review' : undefined;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  violations: { id: string; impact: string | null; nodes: { html: string }[] }[];
}

async function looked(page: Page, screen: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${screen}.png`) });
  await page.evaluate(axe);
  const { violations } = await page.evaluate<Found>('axe.run(document)');
  const bad = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  expect([screen, bad]).toEqual([screen, []]);
}
