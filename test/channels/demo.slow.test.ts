// `npm run demo:channels` as anybody runs it: the real program, three providers, one aid request on each.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';
import { hasChromium, openBrowser } from '../support/browser.js';

const run = promisify(execFile);
const number = /\d{4}-\d{4}-\d{4}-\d/g;

it.concurrent.for(['ar', 'en'])(
  'ends with a case number on every channel, with the same words, as a page of its own: %s',
  async (language, { onTestFinished }) => {
    const dir = mkdtempSync(join(tmpdir(), 'sila-demo-test-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const out = join(dir, 'page.html');
    const { stdout } = await run(process.execPath, [
      'dist/scripts/demo-channels.js',
      '--once',
      '--language',
      language,
      '--out',
      out,
    ]);
    // It waits for every word on every phone, and fails where one does not come.
    const last = stdout.split('\n').findLast((line) => number.test(line));
    const numbers = last?.match(number) ?? [];
    expect(new Set(numbers).size).toBe(3);
    const page = readFileSync(out, 'utf8');
    for (const one of numbers) expect(page).toContain(one);
    // Nothing comes from elsewhere.
    expect(page).not.toMatch(/(src|href)=|url\((?!data:)|@import/);
    if (!hasChromium) return;
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    await looksRight(browser, out, language);
  },
);

async function looksRight(browser: Browser, path: string, language: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 900 } });
  await page.goto(`file://${path}`);
  const phones = await page.evaluate<{ tops: number[]; ways: string[] }[]>(`
    [...document.querySelectorAll('section.phone')].map((phone) => ({
      tops: [...phone.querySelectorAll('.turn')].map((turn) => Math.round(turn.getBoundingClientRect().top)),
      ways: ['list', 'buttons', 'numbered'].filter((way) => phone.querySelector('.turn .way.' + way)),
    }))`);
  // Every exchange stands at one height on all three.
  expect(phones.map(({ tops }) => tops)).toEqual(phones.map(() => phones[0]?.tops));
  expect(phones[0]?.tops.length).toBeGreaterThan(20);
  expect(phones.map(({ ways }) => ways)).toEqual([['list', 'buttons'], ['buttons'], ['list', 'buttons', 'numbered']]);
  expect(await page.evaluate('document.documentElement.dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
}
