/** The whole way in a real browser: an aid request in Arabic at phone width, a killed server in the middle, and the console's answer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, openBrowser } from '../support/browser.js';
import { freePort, startSila, type SilaProcess } from '../support/sila-process.js';

const password = 'correct-horse-battery-staple';

describe.skipIf(!hasChromium)('an aid request in the browser', () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-e2e-'));
  let browser: Browser;
  let sila: SilaProcess;
  let port: number;
  const start = () => startSila({ dir, port, env: { STAFF_ADMIN_PASSWORD: password } });

  beforeAll(async () => {
    port = await freePort();
    sila = await start();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await sila.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  it('is filled, survives kill -9, becomes a case and is answered', async () => {
    const phone = await browser.newPage({
      viewport: { width: 360, height: 740 },
      locale: 'ar-SA',
      isMobile: true,
      hasTouch: true,
    });
    await phone.goto(`${sila.url}/chat`);
    await tap(phone, 'طلب مساعدة');
    await tap(phone, 'أوافق');
    await tap(phone, 'توفير الدواء');
    await tap(phone, 'لي');
    await say(phone, 'خالد محمد العتيبي', 'رقم هويتك');
    await say(phone, '١٠٩٨٧٦٥٤٣٩', 'تاريخ ميلادك');

    await sila.kill();
    await write(phone, 'تخطي');
    sila = await start();
    await shows(phone, 'ما رقم جوالك');

    await say(phone, '٠٥٥١٢٣٤٥٦٧', 'مدينة');
    await phone.reload();
    await shows(phone, 'مدينة');
    await say(phone, 'الرياض', 'وصف الحاجة');
    await say(phone, 'أحتاج دواء السكري كل شهر ولا أستطيع دفع ثمنه', 'المستشفى');
    for (const next of ['الملف الطبي', 'أفراد الأسرة', 'دخل الأسرة', 'الهوية أو الإقامة']) {
      await tap(phone, 'تخطي');
      await shows(phone, next);
    }
    await phone
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'صورة الهوية.png', mimeType: 'image/png', buffer: png() });
    await shows(phone, 'التقرير الطبي');
    for (let papers = 0; papers < 4 && !(await visible(phone, 'هل هي صحيحة')); papers++) {
      const said = await phone.locator('.row.bot').count();
      await tap(phone, 'تخطي');
      // The next paper or the review: which of them, only its words tell.
      await expect.poll(() => phone.locator('.row.bot').count()).toBeGreaterThan(said);
    }
    await shows(phone, 'هل هي صحيحة');
    await tap(phone, 'نعم، صحيحة');
    await shows(phone, 'الإقرار');
    await say(phone, 'خالد محمد العتيبي', 'رقم الطلب');
    const number = /\d{4}-\d{4}-\d{4}-\d/.exec(await phone.locator('body').innerText())?.[0];
    expect(number).toBeDefined();
    await picture(phone, 'chat-phone-ar');

    const desk = await browser.newPage({ viewport: { width: 1366, height: 850 }, locale: 'ar-SA' });
    await signIn(desk, sila.url);
    await desk.goto(`${sila.url}/staff/cases/${number!.replaceAll('-', '')}`);
    await desk.getByText('خالد محمد العتيبي').first().waitFor();
    await picture(desk, 'console-case-ar');
    await desk.getByRole('button', { name: 'إظهارها' }).click();
    await desk.getByText('أحتاج دواء السكري').first().waitFor();
    await answerFromTheInbox(desk, sila.url, 'وصلنا طلبك يا خالد وسنتواصل معك قريبًا.');
    await shows(phone, 'وصلنا طلبك يا خالد');
  });
});

async function answerFromTheInbox(desk: Page, url: string, text: string): Promise<void> {
  await desk.goto(`${url}/staff/inbox`);
  await desk.getByRole('listitem').first().click();
  const takeOver = desk.getByRole('button', { name: 'استلام المحادثة' });
  await takeOver.first().click();
  await desk.getByRole('textbox').last().fill(text);
  await desk.keyboard.press('Control+Enter');
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/staff/`);
  await page.locator('input').first().fill('admin');
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').first().waitFor();
}

/** Taps the newest option with this label. */
async function tap(page: Page, label: string): Promise<void> {
  await page.getByRole('button').getByText(label, { exact: true }).last().click();
}

async function write(page: Page, text: string): Promise<void> {
  await page.locator('textarea').fill(text);
  await page.keyboard.press('Enter');
}

async function say(page: Page, text: string, next: string): Promise<void> {
  await write(page, text);
  await shows(page, next);
}

/** Waits until the last message of the log contains the words. */
async function shows(page: Page, words: string): Promise<void> {
  await page.getByText(words).last().waitFor({ timeout: 20_000 });
}

function visible(page: Page, words: string): Promise<boolean> {
  return page.getByText(words).last().isVisible();
}

/** With PICTURES=1 the README's pictures are taken anew. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES === '1') await page.screenshot({ path: `docs/images/${name}.png` });
}

/** A picture of one pixel. */
function png(): Buffer {
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
}
