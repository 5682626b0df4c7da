// The page of channels at the console in a real browser: axe's rules, the code live, the words to copy, and a code for a person.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SessionLine } from '../../src/conversation/session-types.js';
import { hasChromium, openBrowser } from '../support/browser.js';
import { startConsole } from '../support/console-server.js';
import { uuid } from '../support/fake-data.js';
import { PASSWORD } from '../support/staff-harness.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const built = existsSync('dist/public/staff/index.html');
const words = 'نعتذر، رقمنا على واتساب متوقف حاليًا.\n• موقعنا: https://chat.charity.example';

describe.skipIf(!hasChromium || !built)('the page of channels', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each([
    [{ width: 390, height: 844 }, 'ar', 'light'],
    [{ width: 1366, height: 850 }, 'en', 'dark'],
  ] as const)(
    'shows the code, then that the channel is on, by itself: %j %s %s',
    async (viewport, language, scheme) => {
      const line: SessionLine = {
        channel: 'whatsapp-web',
        now: { state: 'pairing', since: Date.now(), code: { text: '2@abc,def', until: Date.now() + 300_000 } },
        moved: [{ language: 'ar', text: words }],
      };
      const server = await startConsole(undefined, { any: true, list: () => Promise.resolve([line]) });
      const context = await browser.newContext({ viewport, colorScheme: scheme, reducedMotion: 'reduce' });
      onTestFinished(async () => {
        await context.close();
        await server.stop();
      });
      await context.addInitScript({ content: `localStorage.setItem('sila.language', '${language}')` });
      const page = await context.newPage();
      await signIn(page, server.url);
      await page.goto(`${server.url}/staff/channels`);
      const code = page.locator('svg[role=img]');
      await code.waitFor();
      expect(await page.locator('textarea[readonly]').inputValue()).toBe(words);
      expect(await page.locator('[role=alert]').count()).toBe(1);
      await clean(page);
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/channels.${language}.png` });
      line.now = { state: 'on', since: Date.now(), number: '966500000001' };
      server.house.desk.hint({ about: 'channel', id: 'whatsapp-web' });
      await code.waitFor({ state: 'detached' });
      expect(await page.textContent('main')).toContain('966500000001');
      await clean(page);

      await page.goto(`${server.url}/staff/conversations/${uuid(1)}`);
      await page.locator('header button[aria-haspopup=menu]').last().click();
      await page.locator('[role=menuitem]', { has: page.locator('.tabler-icon-arrows-exchange') }).click();
      const dialog = page.locator('[role=dialog]');
      await dialog.locator('button').last().click();
      await dialog.locator('code').waitFor();
      expect(await dialog.textContent()).toContain('1234 5678');
      await clean(page);
      if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/code.${language}.png` });
    },
  );
});

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/staff/`);
  await page.fill('input[autocomplete=username]', 'admin');
  await page.fill('input[autocomplete=current-password]', PASSWORD);
  await page.click('button[type=submit]');
  await page.waitForSelector('a[href*="/staff/conversations/"]');
}

/** Nothing that axe's rules find fault with. */
async function clean(page: Page): Promise<void> {
  await page.evaluate(axe);
  const found = await page.evaluate('axe.run(document).then(({ violations }) => violations.map(({ id }) => id))');
  expect(found).toEqual([]);
}
