/**
 * The learning loop in a real browser: a question is unsure, staff teach it, the candidate answers, one click takes it back; a question that
 * no article answers is answered by one that staff write, until one click takes that back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.js';
import { hasChromium, openBrowser } from '../support/browser.js';
import { freePort, startSila, type SilaProcess } from '../support/sila-process.js';

const password = 'correct-horse-battery-staple';
const QUESTION = 'هل توصلون طرود تمور رمضانية؟';
/** Said to whoever wants to give, by the article and by the flow that begins: which of them hangs on what the question is taught to mean. */
const ANSWER = 'لا نستقبل أي مبلغ';
const OTHER = 'هل تقيمون دورات خياطة للأمهات؟';
const WRITTEN = 'تُفتح دورات الخياطة في شهر رجب';
/** Training and comparing, beside other work. */
const TRAINED_WITHIN = 420_000;
/** The page may hear of a version while it is still being put to work. */
const AT_WORK_WITHIN = 60_000;

describe.skipIf(!hasChromium)('the learning loop in the browser', () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-learn-'));
  let browser: Browser;
  let sila: SilaProcess;
  let desk: Page;

  beforeAll(async () => {
    sila = await startSila({ dir, port: await freePort(), env: { STAFF_ADMIN_PASSWORD: password } });
    browser = await openBrowser();
    desk = await browser.newPage({ viewport: { width: 1366, height: 850 }, locale: 'ar-SA', reducedMotion: 'reduce' });
    await desk.goto(`${sila.url}/staff/`);
    await desk.locator('input').first().fill('admin');
    await desk.locator('input[type=password]').fill(password);
    await desk.keyboard.press('Enter');
    await desk.getByRole('link', { name: 'الأسئلة' }).waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await sila.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  it('goes from doubt to an answer and back', { timeout: 700_000 }, async () => {
    await expect.poll(() => sila.output().includes('questions.ready'), { timeout: 100_000 }).toBe(true);
    const asked = (): Promise<boolean> => isTold(browser, sila.url, QUESTION, ANSWER);
    expect(await asked()).toBe(false);
    await desk.getByRole('link', { name: 'الأسئلة' }).click();
    await desk.getByText(QUESTION).waitFor();
    await seen(desk, 'open', /تمور رمضانية/);

    await desk.locator('input[aria-haspopup=listbox]').first().fill('التبرع');
    await desk.getByRole('option', { name: 'التبرع للجمعية' }).first().click();
    await desk.getByRole('button', { name: 'هذا جوابه' }).click();
    await desk.getByText('لم يُعتمد بعد').waitFor();
    await desk.getByRole('button', { name: 'تجربة نسخة جديدة' }).click();
    const promote = desk.getByRole('button', { name: 'اعتماد النسخة الجديدة' });
    await promote.waitFor({ timeout: TRAINED_WITHIN });
    await seen(desk, 'candidate', /تمور رمضانية/);
    await promote.click();
    const back = desk.getByRole('button', { name: 'الرجوع إلى النسخة السابقة' });
    await back.waitFor();
    await expect.poll(asked, { timeout: AT_WORK_WITHIN }).toBe(true);

    await back.click();
    await desk.getByText('تعمل الآن النسخة الأصلية').waitFor();
    await expect.poll(asked, { timeout: AT_WORK_WITHIN }).toBe(false);
  });

  it('goes from no answer to one that staff write, and back', async () => {
    const asked = (): Promise<boolean> => isTold(browser, sila.url, OTHER, WRITTEN);
    expect(await asked()).toBe(false);
    await desk.getByRole('link', { name: 'الأسئلة' }).click();
    const group = desk.getByRole('listitem').filter({ hasText: OTHER });
    await group.getByRole('button', { name: 'كتابة جواب' }).click();
    await expect.poll(() => desk.getByLabel('كيف يسأل الناس عنها').first().inputValue()).toBe(OTHER);
    await fill(desk, ['دورات الخياطة', null, `- **${WRITTEN}**`]);
    await desk.getByText('نص الإجابة ناقص (الإنجليزية)').waitFor();
    await pictures(desk, 'article-fault ar');
    await desk.getByRole('tab', { name: 'الإنجليزية' }).click();
    await fill(desk, ['Sewing classes', 'Do you give sewing classes?', 'Classes open in Rajab.']);
    await desk.getByText(`• ${WRITTEN}`, { exact: true }).first().waitFor();
    await pictures(desk, 'article-new ar');
    await desk.getByRole('button', { name: 'حفظ ونشر' }).click();
    const back = desk.getByRole('button', { name: 'سحب الإجابة' });
    await back.waitFor();
    await seen(desk, 'article', /الخياطة|Sewing/);
    expect(await asked()).toBe(true);
    await back.click();
    await desk.getByRole('button', { name: 'إعادة الإجابة' }).waitFor();
    expect(await asked()).toBe(false);
    await desk.getByRole('link', { name: 'الإجابات' }).first().click();
    await seen(desk, 'articles', /من أنتم|Who are you/);
  });
});

/** The three fields of the language that is shown; null leaves one as it is. */
async function fill(page: Page, values: readonly (string | null)[]): Promise<void> {
  const panel = page.getByRole('tabpanel');
  for (const [at, value] of values.entries())
    if (value !== null) await panel.locator('input, textarea:not([aria-hidden])').nth(at).fill(value);
}

/** Whether a new visitor of the website is told these words, once the answer to the question has come whole. */
async function isTold(browser: Browser, url: string, question: string, words: string): Promise<boolean> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ar-SA' });
  const page = await context.newPage();
  await page.goto(`${url}/chat`);
  await page.locator('textarea').waitFor();
  await page.locator('textarea').fill(question);
  await page.keyboard.press('Enter');
  // Whatever is said, it ends with something to choose from.
  await page.locator('.choices button').first().waitFor();
  const said = (await page.locator('.row.bot').allInnerTexts()).join('\n');
  await context.close();
  return said.includes(words);
}

/** The page, as it is loaded anew, in both languages. */
async function seen(page: Page, name: string, words: RegExp): Promise<void> {
  for (const language of ['en', 'ar'] as const) {
    await page.evaluate(`localStorage.setItem('sila.language', '${language}')`);
    await page.reload();
    await page.locator('#main h1').waitFor();
    await page.locator('#main').getByText(words).first().waitFor();
    await pictures(page, `${name} ${language}`);
  }
}

/** Axe's rules at both widths; with LOOK=<folder> pictures are left there. */
async function pictures(page: Page, name: string): Promise<void> {
  const folder = process.env.LOOK;
  for (const width of [390, 1366]) {
    await page.setViewportSize({ width, height: 850 });
    await expectAccessible(page, `${name} ${width}`);
    if (!folder) continue;
    await page.setViewportSize({ width, height: 1700 });
    await page.screenshot({ path: join(folder, `${name} ${width}.png`.replaceAll(' ', '-')) });
  }
  await page.setViewportSize({ width: 1366, height: 850 });
}
