/** The whole way in a real browser: an aid request in Arabic at phone width, a killed server in the middle, and the console's answer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasChromium, openBrowser } from '../support/browser.js';
import { freePort, startSila, type SilaProcess } from '../support/sila-process.js';
import { begin, openPhone, say, sendPapers, shows, sign, tellNeed, write } from '../support/widget-person.js';

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
    const phone = await openPhone(browser);
    await begin(phone, sila.url);

    await sila.kill();
    await write(phone, 'تخطي');
    sila = await start();
    await shows(phone, 'ما رقم جوالك');

    await say(phone, '٠٥٥١٢٣٤٥٦٧', 'مدينة');
    await phone.reload();
    await shows(phone, 'مدينة');
    await tellNeed(phone);
    await sendPapers(phone);
    const number = await sign(phone);
    await picture(phone, 'chat-phone-ar');

    const desk = await browser.newPage({ viewport: { width: 1366, height: 850 }, locale: 'ar-SA' });
    await signIn(desk, sila.url);
    await desk.goto(`${sila.url}/staff/cases/${number.replaceAll('-', '')}`);
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

/** With PICTURES=1 the README's pictures are taken anew. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES === '1') await page.screenshot({ path: `docs/images/${name}.png` });
}
