// The console in a real browser: its screens hold axe's rules under the server's content policy, and staff can do their work.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConsole } from '../support/console-server.js';
import type { ConsoleServer } from '../support/console-server.js';
import { uuid } from '../support/fake-data.js';
import { PASSWORD } from '../support/staff-harness.js';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const found = existsSync(executablePath) && existsSync('dist/public/staff/index.html');
if (!found && process.env['REQUIRE_SERVERS'] === '1') throw new Error('Chromium or the built console is missing');
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1366, height: 850 };
const NUMBER = '7304881520964';

describe.skipIf(!found)('the console in a browser', () => {
  let browser: Browser;
  let server: ConsoleServer;
  const faults: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: [...args, ...quiet] });
    server = await startConsole();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  /** A page that is signed in; whatever the browser complains about, the content policy above all, is a fault. */
  async function signedIn(viewport: typeof PHONE, language: string, colorScheme: 'light' | 'dark', login = 'admin') {
    // Rules of contrast are not for colours on their way.
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    await context.addInitScript({ content: `localStorage.setItem('sila.language', '${language}')` });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${server.url}/staff/`);
    await page.fill('input[autocomplete=username]', login);
    await page.fill('input[autocomplete=current-password]', PASSWORD);
    await page.click('button[type=submit]');
    await page.waitForSelector('a[href*="/staff/conversations/"]');
    return page;
  }

  it.each([
    [PHONE, 'ar', 'light'],
    [DESK, 'en', 'dark'],
  ] as const)('holds axe’s rules on every screen %j %s %s', async (viewport, language, scheme) => {
    const page = await signedIn(viewport, language, scheme);
    await expectClean(page, 'inbox');
    const screens: [string, string][] = [
      [`conversations/${uuid(1)}`, '[role=log]'],
      [`conversations/${uuid(3)}`, '[role=log]'],
      [`conversations/${uuid(5)}`, '[role=log]'],
      [`conversations/${uuid(6)}`, '[role=log]'],
      [`conversations/${uuid(8)}`, '[role=log]'],
      ['cases', 'a[href*="/staff/cases/"] bdi'],
      [`cases/${NUMBER}`, 'dl'],
      ['ratings', 'table'],
      ['people', 'li'],
      ['audit', '[role=alert]'],
      ['me', 'form'],
      ['more', 'main li'],
    ];
    for (const [path, ready] of screens) {
      await page.goto(`${server.url}/staff/${path}`);
      await page.locator(ready).first().waitFor({ state: 'visible' });
      await expectClean(page, path);
    }
    await page.goto(`${server.url}/staff/cases/${NUMBER}`);
    await page.locator('section button').first().click();
    await page.locator('[role=dialog] input[type=radio]').first().check();
    await expectClean(page, 'status dialog');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.context().close();
    expect(faults).toEqual([]);
  });

  it('a conversation is taken, answered and handed back, live, at phone width', async () => {
    const page = await signedIn(PHONE, 'ar', 'light', 'hind');
    await page.locator(`a[href$="${uuid(1)}"]`).click();
    await page.getByRole('button', { name: 'استلام المحادثة' }).click();
    await page.getByText('المحادثة معك، والمساعد الآلي متوقف.').waitFor();
    await page.getByLabel('نص الرد').fill('أهلًا بك، معك هند. نعم نغطيها.');
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-author=staff]').getByText('نعم نغطيها').waitFor();
    await expect.poll(() => page.getByLabel('نص الرد').inputValue()).toBe('');
    server.house.desk.hear(uuid(1), 'جزاكم الله خيرًا، وصلت الإجابة');
    await page.getByText('جزاكم الله خيرًا، وصلت الإجابة').waitFor();
    await page.getByRole('button', { name: 'إعادتها إلى المساعد الآلي' }).click();
    await page.getByText('المساعد الآلي يردّ على هذا الشخص الآن.').waitFor();
    await page.context().close();
  });

  it('after the reply window words wait, and an approved message goes', async () => {
    const page = await signedIn(PHONE, 'ar', 'light', 'hind');
    await page.goto(`${server.url}/staff/conversations/${uuid(2)}`);
    await expect.poll(() => page.locator('footer time').innerText()).toMatch(/^2[23]:\d\d$/);
    await page.goto(`${server.url}/staff/conversations/${uuid(6)}`);
    await page.getByText('انتهت مهلة الرد في واتساب').waitFor();
    await page.getByText('محفوظة حتى يكتب هذا الشخص من جديد').waitFor();
    await page.getByRole('button', { name: 'إرسال رسالة معتمدة' }).click();
    const dialog = page.getByRole('dialog');
    await expectClean(page, 'approved message');
    expect(await dialog.getByRole('button', { name: 'إرسال' }).isDisabled()).toBe(true);
    await dialog.getByLabel('الموضوع').fill('إيصال الشهر');
    await dialog.getByText('إيصال الشهر').waitFor();
    await dialog.getByRole('button', { name: 'إرسال' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('[data-author=staff]').getByText('بخصوص إيصال الشهر.').waitFor();
    await page.goto(`${server.url}/staff/conversations/${uuid(8)}`);
    await page.getByText('طلب هذا الشخص إيقاف رسائلنا').waitFor();
    await page.goto(`${server.url}/staff/me`);
    await page.getByRole('button', { name: 'ربط الحساب' }).click();
    await page.getByRole('link', { name: 'فتح تيليجرام' }).waitFor();
    await expectClean(page, 'a code');
    await page.context().close();
    expect(faults).toEqual([]);
  });

  it('a file goes with a reply, and can be taken away again before', async () => {
    server.house.forgetTries();
    const page = await signedIn(PHONE, 'ar', 'light', 'hind');
    await page.goto(`${server.url}/staff/conversations/${uuid(1)}`);
    const give = (bytes: Buffer) =>
      page.locator('input[type=file]').setInputFiles({ name: 'قرار.pdf', mimeType: 'application/pdf', buffer: bytes });
    await page.getByLabel('نص الرد').waitFor();
    await give(Buffer.from('short'));
    await page.getByRole('alert').getByText('لا يمكننا فتح هذا النوع').waitFor();
    await give(Buffer.alloc(64, 1));
    await page.getByRole('button', { name: 'إزالة قرار.pdf' }).click();
    expect(await page.getByRole('button', { name: 'إرسال', exact: true }).isDisabled()).toBe(true);
    await give(Buffer.alloc(64, 1));
    await page.getByRole('button', { name: 'إزالة قرار.pdf' }).waitFor();
    if (process.env['SHOTS'] !== undefined)
      await page.screenshot({ path: `${process.env['SHOTS']}/390-ar-attach.png` });
    await expectClean(page, 'a file beside the answer box');
    await page.getByRole('button', { name: 'إرسال', exact: true }).click();
    await page.locator('[data-author=staff]').getByText('قرار.pdf').waitFor();
    await page.getByRole('button', { name: 'إزالة قرار.pdf' }).waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('words are kept when they could not be sent, and are sent once', async () => {
    const page = await signedIn(PHONE, 'ar', 'light', 'salem');
    await page.goto(`${server.url}/staff/conversations/${uuid(6)}`);
    await page.getByLabel('نص الرد').fill('رد أثناء انقطاع');
    let lost = 0;
    await page.route('**/reply', async (route) => {
      // It arrives, but the answer is lost on the way back: the worst case for doubles.
      if (lost++ > 0) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await page.getByRole('button', { name: 'إرسال', exact: true }).click();
    await page.getByText('تعذّر الوصول إلى الخادم').waitFor();
    expect(await page.getByLabel('نص الرد').inputValue()).toBe('رد أثناء انقطاع');
    await page.getByRole('button', { name: 'إرسال', exact: true }).click();
    await expect.poll(() => page.getByLabel('نص الرد').inputValue()).toBe('');
    const mine = server.house.desk.calls.filter((one) => one.act === 'reply' && one.id === uuid(6));
    expect([lost, mine.length]).toEqual([2, 1]);

    // Words that were changed after a lost answer are another message, not a repetition.
    lost = 0;
    await page.getByLabel('نص الرد').fill('كلام أول');
    await page.getByRole('button', { name: 'إرسال', exact: true }).click();
    await page.locator('[data-author=staff]').getByText('كلام أول').waitFor();
    await page.getByLabel('نص الرد').fill('كلام ثان');
    await page.getByRole('button', { name: 'إرسال', exact: true }).click();
    await page.locator('[data-author=staff]').getByText('كلام ثان').waitFor();
    await page.context().close();
  });

  it.each([
    [PHONE, 'ar', 'light'],
    [DESK, 'en', 'dark'],
  ] as const)(
    'keeps a person’s data for a reason, and lets go of them %j %s %s',
    async (viewport, language, scheme) => {
      server.house.forgetTries();
      const before = faults.length;
      const page = await signedIn(viewport, language, scheme);
      await page.goto(`${server.url}/staff/conversations/${uuid(3)}`);
      await page.locator('[role=log]').waitFor();
      await page.locator('header button[aria-haspopup=menu], button[aria-haspopup=menu]').last().click();
      await page.getByRole('menuitem').last().click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /حفظ البيانات|Keep the data/ })
        .click();
      await page.getByRole('dialog').getByRole('textbox').fill('طلب من النيابة العامة رقم 12');
      await expectClean(page, 'retain');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /ومنع المحو|close erasing/ })
        .click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.reload();
      await page.locator('[role=log]').waitFor();
      await page.locator('header button[aria-haspopup=menu], button[aria-haspopup=menu]').last().click();
      await page.getByRole('menuitem').last().click();
      await page.getByRole('dialog').getByText('طلب من النيابة').waitFor();
      await expectClean(page, 'retained');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /رفع الحفظ|Lift/ })
        .click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.context().close();
      expect(faults.slice(before)).toEqual([]);
    },
  );

  it('a case is searched, revealed, noted and moved with the words the person will read', async () => {
    server.house.forgetTries();
    const page = await signedIn(DESK, 'ar', 'light', 'hind');
    await page.goto(`${server.url}/staff/cases`);
    // All of them first: of a table that is still empty the second row is gone at once.
    await page.locator('tbody tr').nth(1).waitFor();
    await page.getByPlaceholder('بحث بالاسم').fill('7304-8815');
    await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    await page.locator('tbody tr').first().click();
    await page.getByText('•••••756').waitFor();
    await page.getByRole('button', { name: 'إظهارها' }).click();
    await page.getByText('1093384756').waitFor();
    await page.getByLabel('ملاحظة للموظفين').fill('تم التحقق من الأوراق');
    await page.getByRole('button', { name: 'حفظ الملاحظة' }).click();
    await page.getByRole('button', { name: 'تغيير المرحلة' }).click();
    await page.locator('input[type=radio][value=committee]').check();
    await page.getByText('طلبك رقم').waitFor();
    await page.getByRole('button', { name: 'حفظ وإخباره' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'ما جرى' }).click();
    await page.locator('ol').getByText('تم التحقق من الأوراق').waitFor();
    await page.locator('ol').getByText('لدى اللجنة').waitFor();
    await page.context().close();
  });

  it('a lost line is said and mended, an ended session leads to the door', async () => {
    server.house.forgetTries();
    const page = await signedIn(PHONE, 'ar', 'light', 'salem');
    await page.context().setOffline(true);
    await page.getByText('لا يوجد اتصال بالإنترنت').waitFor();
    await page.context().setOffline(false);
    await page.getByText('لا يوجد اتصال بالإنترنت').waitFor({ state: 'detached' });
    await server.house.staff.endSessionsOf(uuid(903));
    await page.locator('a[href="/staff/cases"]:visible').click();
    await page.getByLabel('اسم المستخدم').waitFor();
    await page.context().close();
  });
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  violations: { id: string; impact: string | null; nodes: { html: string }[] }[];
}

async function expectClean(page: Page, screen: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(axe);
  const { violations } = await page.evaluate<Found>('axe.run(document)');
  const bad = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  expect([screen, bad]).toEqual([screen, []]);
}
