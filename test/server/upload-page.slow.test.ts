// The upload page in a real browser: axe's rules under its own content policy, both languages and schemes, and sending without scripts.
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FATIMA } from '../conversation/request.js';
import { expectAccessible } from '../support/axe.js';
import { hasChromium, openBrowser } from '../support/browser.js';
import { uploadWorld } from '../support/upload-world.js';

/** A folder for screenshots, when somebody wants to look. */
const shots = process.env.SHOTS;

describe.skipIf(!hasChromium)('the upload page in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each([
    [{ width: 390, height: 844 }, 'ar', 'light'],
    [{ width: 1366, height: 900 }, 'ar', 'dark'],
    [{ width: 390, height: 844 }, 'en', 'dark'],
    [{ width: 1366, height: 900 }, 'en', 'light'],
  ] as const)('holds axe’s rules %j %s %s', async (viewport, language, colorScheme) => {
    const { url, link, send } = await uploadWorld();
    const page = await browser.newPage({ viewport, colorScheme });
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    const path = `${await link()}?lang=${language}`;
    await page.goto(url + path);
    await look(page, `form-${language}-${viewport.width}`);
    await page.setInputFiles('#files', { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('words') });
    await page.click('button');
    await page.waitForSelector('[role=alert]');
    await look(page, `refused-${language}-${viewport.width}`);
    expect((await send(path, [[await picture(), 'id.png']])).status).toBe(200);
    await page.goto(url + path);
    await look(page, `used-${language}-${viewport.width}`);
    // The refusal is a 422, an address used up a 410: the browser notes both, and nothing else.
    expect(faults.filter((one) => !/status of (422|410)/.test(one))).toEqual([]);
    await page.close();
  });

  it('needs no scripts, and the conversation goes on', async () => {
    const { h, url, link } = await uploadWorld();
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } });
    const page = await context.newPage();
    await page.goto(url + (await link()));
    await page.setInputFiles('#files', { name: 'هويتي.png', mimeType: 'image/png', buffer: await picture() });
    await page.click('button');
    expect(await page.textContent('h1')).toContain('وصل الملف');
    if (shots) await page.screenshot({ path: `${shots}/done-ar-360.png` });
    await h.settle();
    expect(h.channel.said(FATIMA.user).at(-1)).toContain('التقرير الطبي');
    await context.close();
  });
});

async function look(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
  await expectAccessible(page, name);
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), name).toBe(true);
}

function picture(): Promise<Buffer> {
  return sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
}
