// The conversation page and its launcher in a real browser, with a scripted bot behind the real server.
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { website } from '../../channels/website/index.js';
import { caps } from '../../channels/website/limits.js';
import { hasChromium, openBrowser } from '../support/browser.js';
import type { FakeHost } from '../support/fake-host.js';
import { createFakeHost } from '../support/fake-host.js';
import { startFakeServer } from '../support/fake-server.js';
import { scriptedBot } from '../support/scripted-bot.js';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
let browser: Browser;
let host: FakeHost;
let server: Awaited<ReturnType<typeof startFakeServer>>;
let context: BrowserContext | undefined;
let page: Page;
const faults: string[] = [];

describe.skipIf(!hasChromium)('the conversation page', () => {
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    host = createFakeHost(scriptedBot);
    server = await startFakeServer((url) => [website.create(host, { PUBLIC_URL: url })], { texts: readTexts() });
    await openPage(phone);
  });
  afterEach(async () => {
    await context?.close();
    await server.stop();
    expect(faults.splice(0)).toEqual([]);
  });

  it('contacts the server only at the first message, then talks', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${server.url}/chat`);
    await page.getByRole('button', { name: 'طلب مساعدة' }).waitFor();
    expect(asked.filter((path) => path.startsWith('/v3'))).toEqual([]);
    await page.getByRole('button', { name: 'طلب مساعدة' }).click();
    await page.getByText('كيف يمكننا خدمتك؟').waitFor();
    await page.getByRole('button', { name: /متابعة طلب/ }).click();
    await expect
      .poll(() => host.accepted.at(-1))
      .toMatchObject({ choice: 'status', text: 'متابعة طلب', language: 'ar' });
  });

  it('writes the number of a receipt into the field, sends it only with a tap, and does not bring it again', async () => {
    await page.goto(`${server.url}/chat#7304-8815-2096-4`);
    await expect.poll(() => page.locator('textarea').inputValue()).toBe('7304-8815-2096-4');
    expect(page.url()).toBe(`${server.url}/chat`);
    expect(host.accepted).toEqual([]);
    await page.locator('.composer .send').click();
    await expect.poll(() => host.accepted.at(-1)?.text).toBe('7304-8815-2096-4');
    await page.reload();
    await page.locator('textarea').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('');
    await page.goto(`${server.url}/chat?again#<b>hello</b>`);
    await page.locator('textarea').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('');
  });

  it('retires options after use', async () => {
    await start('aid');
    await page.getByRole('button', { name: 'أوافق', exact: true }).click();
    await page.getByText('ما تاريخ ميلاد المريض؟', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: 'لا أوافق' }).count()).toBe(0);
  });

  it('takes a date in any digits, files with a preview, and stars by keyboard', async () => {
    await start('agree');
    for (const [name, value] of [
      ['اليوم', '١٥'],
      ['الشهر', '٩'],
      ['السنة', '١٤٠٥'],
    ] as const)
      await page.getByLabel(name, { exact: true }).fill(value);
    await page.getByRole('button', { name: 'إرسال التاريخ' }).click();
    await expect.poll(() => host.accepted.at(-1)?.text).toBe('15/9/1405');
    const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(2_000)]);
    await page
      .locator('.composer input[type=file]')
      .setInputFiles({ name: 'تقرير.png', mimeType: 'image/png', buffer: png });
    await page.getByText('هل هذه البيانات صحيحة؟', { exact: false }).waitFor();
    expect(host.accepted.at(-1)?.files).toMatchObject([{ name: 'تقرير.png', mime: 'image/png' }]);
    await page.getByRole('button', { name: 'نعم، صحيحة' }).click();
    await page.getByRole('radio', { name: '1 من 5' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Home');
    await page.getByRole('radio', { name: '5 من 5' }).check();
    await page.keyboard.press('Enter');
    await expect.poll(() => host.accepted.at(-1)?.choice).toBe('s5');
  });

  it('stands again after a reload, with the same conversation and what staff said meanwhile', async () => {
    await start('hello');
    const { user } = host.accepted[0]!;
    await page.goto('about:blank');
    host.push(user, { from: 'staff', name: 'نورة', text: 'أنا معك' });
    await page.goto(`${server.url}/chat`);
    await page.getByText('أنا معك').waitFor();
    await page.getByText('كيف يمكننا خدمتك؟').waitFor();
    await say('موظف');
    await expect.poll(() => host.accepted.length).toBe(2);
    expect(host.accepted[1]!.user).toBe(user);
  });

  it('goes on after its token ended, and starts anew politely when even weeks are over', async () => {
    await start('hello');
    const { user } = host.accepted[0]!;
    host.clock.now = Date.now() + 24 * 3_600_000;
    await page.reload();
    await page.getByText('كيف يمكننا خدمتك؟').waitFor();
    // Closed while the weeks pass: a page still connecting would learn of the end before the reload.
    await page.goto('about:blank');
    host.clock.now += caps.resumeLife * 2;
    await page.goto(`${server.url}/chat`);
    const ended = page.getByText('انتهت محادثتك السابقة', { exact: false });
    await ended.waitFor();
    // Whoever reloads in the second in which it is shown still reads it.
    await page.reload();
    await ended.waitFor();
    await say('سلام');
    await expect.poll(() => host.accepted.length).toBe(2);
    expect(host.accepted[1]!.user).not.toBe(user);
    await ended.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('كيف يمكننا خدمتك؟').waitFor();
    expect(await ended.count()).toBe(0);
    // The clock leaps while a line may be opening: its token is then refused, and the page opens another.
    const others = faults.filter((fault) => !/WebSocket handshake.* 403/.test(fault));
    faults.splice(0, faults.length, ...others);
  });

  it('keeps what is written offline, through a reload, and sends it once and in order', async () => {
    await start('hello');
    await page.route('**/activities', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await say('أولى');
    await say('ثانية');
    await page.getByText('ما تكتبه محفوظ', { exact: false }).waitFor();
    await page.reload();
    await page.getByText('ثانية').waitFor();
    await page.unroute('**/activities');
    await page.evaluate(`dispatchEvent(new Event('online'))`);
    await expect
      .poll(() => host.accepted.map((one) => one.text).slice(1), { timeout: 20_000 })
      .toEqual(['أولى', 'ثانية']);
    await expect.poll(() => page.locator('.tick.clock').count()).toBe(0);
    expect(await page.getByText('ثانية').count()).toBe(1);
  });

  it('does not double a message whose answer got lost on the way', async () => {
    await start('hello');
    let lost = 0;
    await page.route('**/activities', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost++;
      await route.fetch();
      return route.abort();
    });
    await say('مرة واحدة');
    await expect.poll(() => lost).toBe(1);
    await expect.poll(() => page.locator('.tick.clock').count(), { timeout: 20_000 }).toBe(0);
    expect(host.accepted.filter((one) => one.text === 'مرة واحدة')).toHaveLength(1);
    expect(await page.getByText('مرة واحدة').count()).toBe(1);
  });

  it('shows words as words: no markup, no script, links https only', async () => {
    await start('hello');
    host.push(host.accepted[0]!.user, {
      text: '<img src=x onerror=alert(1)> javascript:alert(1) https://example.org/a',
    });
    await page.getByText('onerror', { exact: false }).waitFor();
    expect(await page.locator('.words img').count()).toBe(0);
    expect(await page.locator('.words a').count()).toBe(1);
    expect(await page.locator('.words a').getAttribute('href')).toBe('https://example.org/a');
  });

  it('stops a message that is too long before it is sent', async () => {
    await page.goto(`${server.url}/chat`);
    await page.locator('textarea').fill('م'.repeat(4_097));
    await page.getByText('الرسالة أطول من الحد', { exact: false }).waitFor();
    expect(await page.locator('.send').isDisabled()).toBe(true);
  });

  it('leaves nothing on the device when asked to', async () => {
    await start('hello');
    await page.getByRole('button', { name: 'خيارات أخرى' }).click();
    await page.getByRole('menuitem', { name: 'إزالة المحادثة من هذا الجهاز' }).click();
    await page.getByRole('button', { name: 'إزالة', exact: true }).click();
    await page.getByText('أُزيلت المحادثة', { exact: false }).waitFor();
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([]);
    expect(await page.locator('.bubble').count()).toBe(0);
  });

  it.each([
    ['ar', 'light', 360],
    ['en', 'dark', 360],
    ['ar', 'dark', 320],
    ['en', 'light', 1_280],
  ] as const)('is accessible and fits: %s, %s, %i wide', async (language, colorScheme, width) => {
    await openPage({ viewport: { width, height: 740 }, colorScheme, bypassCSP: true, reducedMotion: 'reduce' });
    await page.goto(`${server.url}/chat?lang=${language}`);
    for (const wish of ['hello', 'aid', 'agree', '45000', 'right', 'موظف']) {
      const before = host.accepted.length;
      await say(wish);
      await expect.poll(() => host.accepted.length).toBe(before + 1);
      await page.locator('.typing').waitFor({ state: 'detached' });
      expect(await violations(page), wish).toEqual([]);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.addStyleTag({ content: 'html{font-size:200%}' });
    expect(await page.locator('.log').evaluate((log) => log.scrollWidth - log.clientWidth)).toBeLessThanOrEqual(0);
    expect(await page.locator('.send').isVisible()).toBe(true);
  });

  it('is opened by the launcher, counts what is unread, closes by Escape and gives the focus back', async () => {
    await page.goto(`${server.url}/`);
    expect(page.frames()).toHaveLength(1);
    await page.getByRole('button', { name: 'ابدأ المحادثة' }).click();
    const frame = await chatFrame();
    await frame.locator('textarea').fill('hello');
    await frame.locator('.send').click();
    await frame.getByText('كيف يمكننا خدمتك؟').waitFor();
    expect(await page.evaluate('document.documentElement.style.overflow')).toBe('hidden');
    await frame.locator('textarea').press('Escape');
    const launcher = page.getByRole('button', { name: 'افتح المحادثة' });
    await launcher.waitFor();
    await expect.poll(() => page.locator('.root > button:focus').count()).toBe(1);
    host.push(host.accepted[0]!.user, { text: 'خبر جديد' });
    const badge = page.locator('.badge');
    await expect.poll(() => badge.textContent()).toBe('1');
    // Words of the launcher's language from somebody else, and words of nobody's, change nothing.
    const said = `[{ sila: 'unread', count: 77 }, { sila: 'close' }, { sila: 'unread', count: '<b>' }, null, 'x', []]`;
    await page.evaluate(`for (const one of ${said}) window.postMessage(one, '*')`);
    await frame.evaluate(`for (const one of [{ sila: 'shown' }, { sila: {} }, null]) window.postMessage(one, '*')`);
    await frame.evaluate(`parent.postMessage({ sila: 'unread', count: '<b>' }, '*')`);
    await page.evaluate('new Promise((done) => setTimeout(done, 50))');
    expect(await badge.textContent()).toBe('1');
    await launcher.click();
    await frame.getByText('خبر جديد').waitFor();
    await expect.poll(() => badge.textContent()).toBe('');
  });

  it('has an accessible demo page', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await openPage({ ...phone, colorScheme, bypassCSP: true });
      await page.goto(`${server.url}/?lang=en`);
      expect(await page.title()).toBe('Safe Treatment Association');
      expect(await violations(page)).toEqual([]);
    }
  });
});

async function openPage(options: Parameters<Browser['newContext']>[0]): Promise<void> {
  await context?.close();
  context = await browser.newContext(options);
  page = await context.newPage();
  page.on('pageerror', (fault) => faults.push(fault.message));
  page.on('console', (line) => {
    // That a request failed is what some tests bring about; what the page makes of it is what counts.
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource')) faults.push(line.text());
  });
}

async function start(wish: string): Promise<void> {
  await page.goto(`${server.url}/chat`);
  await say(wish);
  await page.locator('.row.bot .words').first().waitFor();
}

async function say(words: string): Promise<void> {
  await page.locator('textarea').fill(words);
  await page.locator('textarea').press('Enter');
}

async function chatFrame(): Promise<Frame> {
  await expect.poll(() => page.frames().some((one) => one.url().includes('/chat'))).toBe(true);
  return page.frames().find((one) => one.url().includes('/chat'))!;
}

interface Found {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

/** What axe finds serious or worse. */
async function violations(where: Page): Promise<string[]> {
  await where.evaluate(axe);
  const result = await where.evaluate('axe.run()');
  return (result as { violations: Found[] }).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

function readTexts(): Record<string, Record<string, string>> {
  const [ar, en] = ['ar', 'en'].map(
    (one) => parse(readFileSync(`flows/texts/${one}.yaml`, 'utf8')) as Record<string, string>,
  );
  return Object.fromEntries(Object.keys(ar!).map((key) => [key, { ar: ar![key]!, en: en![key]! }]));
}
