/** The learning loop in a real browser: a question is unsure, staff teach it, the candidate answers, one click takes it back. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, openBrowser } from '../support/browser.js';
import { freePort, startSila, type SilaProcess } from '../support/sila-process.js';

const password = 'correct-horse-battery-staple';
const QUESTION = 'هل توصلون طرود تمور رمضانية؟';
const UNSURE = 'هل سؤالك عن أحد هذه المواضيع';
/** Words of the article on donating. */
const ANSWER = 'لا نستقبل أي مبلغ في المحادثة';
/** Training and comparing, beside other work. */
const TRAINED_WITHIN = 200_000;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!hasChromium)('the learning loop in the browser', () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-learn-'));
  let browser: Browser;
  let sila: SilaProcess;

  beforeAll(async () => {
    sila = await startSila({ dir, port: await freePort(), env: { STAFF_ADMIN_PASSWORD: password } });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await sila.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  it('goes from doubt to an answer and back', async () => {
    await expect.poll(() => sila.output().includes('questions.ready'), { timeout: 100_000 }).toBe(true);
    expect(await asks(browser, sila.url)).toBe('unsure');

    const desk = await browser.newPage({
      viewport: { width: 1366, height: 850 },
      locale: 'ar-SA',
      reducedMotion: 'reduce',
    });
    await desk.goto(`${sila.url}/staff/`);
    await desk.locator('input').first().fill('admin');
    await desk.locator('input[type=password]').fill(password);
    await desk.keyboard.press('Enter');
    await desk.getByRole('link', { name: 'الأسئلة' }).click();
    await desk.getByText(QUESTION).waitFor();
    await seen(desk, 'open');

    await desk.locator('input[aria-haspopup=listbox]').first().fill('التبرع');
    await desk.getByRole('option', { name: 'التبرع للجمعية' }).first().click();
    await desk.getByRole('button', { name: 'هذا جوابه' }).click();
    await desk.getByText('لم يُعتمد بعد').waitFor();
    await desk.getByRole('button', { name: 'تجربة نسخة جديدة' }).click();
    const promote = desk.getByRole('button', { name: 'اعتماد النسخة الجديدة' });
    await promote.waitFor({ timeout: TRAINED_WITHIN });
    await seen(desk, 'candidate');
    await promote.click();
    const back = desk.getByRole('button', { name: 'الرجوع إلى النسخة السابقة' });
    await back.waitFor();
    expect(await asks(browser, sila.url)).toBe('answered');

    await back.click();
    await desk.getByText('تعمل الآن النسخة الأصلية').waitFor();
    expect(await asks(browser, sila.url)).toBe('unsure');
  });
});

/** What a new visitor of the website is told. */
async function asks(browser: Browser, url: string): Promise<'unsure' | 'answered'> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ar-SA' });
  const page = await context.newPage();
  await page.goto(`${url}/chat`);
  await page.locator('textarea').waitFor();
  await page.locator('textarea').fill(QUESTION);
  await page.keyboard.press('Enter');
  const said = async (): Promise<string> => (await page.locator('.row.bot').allInnerTexts()).join('\n');
  await expect.poll(async () => outcomeOf(await said())).not.toBeNull();
  const outcome = outcomeOf(await said()) ?? 'unsure';
  await context.close();
  return outcome;
}

function outcomeOf(said: string): 'unsure' | 'answered' | null {
  if (said.includes(UNSURE)) return 'unsure';
  return said.includes(ANSWER) ? 'answered' : null;
}

/** Axe's rules at both widths, in both languages; with LOOK=<folder> pictures are left there. */
async function seen(page: Page, name: string): Promise<void> {
  for (const language of ['ar', 'en'] as const) {
    await page.evaluate(`localStorage.setItem('sila.language', '${language}')`);
    await page.reload();
    await page.getByText(QUESTION).first().waitFor();
    for (const width of [390, 1366]) {
      await page.setViewportSize({ width, height: 850 });
      await clean(page, `${name} ${language} ${width}`);
      const folder = process.env.LOOK;
      if (folder) {
        const main = page.locator('#main h1');
        await main.waitFor();
        await page.setViewportSize({ width, height: 1700 });
        await page.screenshot({ path: join(folder, `${name}-${language}-${width}.png`) });
      }
    }
  }
  await page.evaluate(`localStorage.setItem('sila.language', 'ar')`);
  await page.reload();
  await page.getByText(QUESTION).first().waitFor();
}

async function clean(page: Page, where: string): Promise<void> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    'axe.run(document)',
  );
  expect(
    violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`),
    where,
  ).toEqual([]);
}
