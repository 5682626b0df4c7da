// Linked conversations at the console in a real browser: axe's rules on what is asked, and unlinking and playing work.
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.js';
import { hasChromium, openBrowser } from '../support/browser.js';
import { startConsole, type ConsoleServer } from '../support/console-server.js';
import { uuid } from '../support/fake-data.js';
import { PASSWORD } from '../support/staff-harness.js';

const built = existsSync('dist/public/staff/index.html');

describe.skipIf(!hasChromium || !built)('linked conversations', () => {
  let browser: Browser;
  let server: ConsoleServer;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each([
    [{ width: 390, height: 844 }, 'ar', 'light'],
    [{ width: 1366, height: 850 }, 'en', 'dark'],
  ] as const)('are shown, unlinked and erased by choice %j %s %s', async (viewport, language, colorScheme) => {
    server = await startConsole();
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    await context.addInitScript({ content: `localStorage.setItem('sila.language', '${language}')` });
    const page = await context.newPage();
    await page.goto(`${server.url}/staff/`);
    await page.fill('input[autocomplete=username]', 'admin');
    await page.fill('input[autocomplete=current-password]', PASSWORD);
    await page.click('button[type=submit]');
    await page.waitForSelector('a[href*="/staff/conversations/"]');

    await page.goto(`${server.url}/staff/conversations/${uuid(1)}`);
    await page.waitForSelector('[role=log] audio');
    await expectAccessible(page, 'conversation');
    const erase = await ask(page, 'last');
    expect(await erase.locator('input[type=checkbox]').count()).toBe(2);
    await expectAccessible(page, 'erase');
    await page.keyboard.press('Escape');
    await erase.waitFor({ state: 'hidden' });

    const separate = await ask(page, 'first');
    await expectAccessible(page, 'separate');
    await separate.locator('button').last().click();
    await separate.waitFor({ state: 'hidden' });
    expect(server.house.desk.calls).toContainEqual(expect.objectContaining({ act: 'separate', id: uuid(1) }));
    await page
      .locator(`a[href$="/staff/conversations/${uuid(2)}"] svg.tabler-icon-link`)
      .waitFor({ state: 'detached' });

    const [first] = await server.house.desk.cases({ limit: 1 }, { id: uuid(1), name: '', role: 'administrator' });
    await page.goto(`${server.url}/staff/cases/${first?.number ?? ''}`);
    await page.locator('[role=tab]').nth(1).click();
    await page.waitForSelector('[role=radiogroup]');
    expect(await page.locator('[role=radiogroup] input').count()).toBe(2);
    await expectAccessible(page, 'case');
    await context.close();
    await server.stop();
  });
});

/** Opens the menu of the person, and the question behind its first or last line. */
async function ask(page: Page, which: 'first' | 'last') {
  await page.locator('header button[aria-haspopup=menu]').last().click();
  await page.locator('[role=menuitem]')[which]().click();
  const dialog = page.locator('[role=dialog]');
  await dialog.waitFor();
  return dialog;
}
