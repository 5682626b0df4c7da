/** A person who fills an aid request on the conversation page, in Arabic, step by step. */
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

export function openPhone(browser: Browser): Promise<Page> {
  return browser.newPage({
    viewport: { width: 360, height: 740 },
    locale: 'ar-SA',
    isMobile: true,
    hasTouch: true,
  });
}

/** From the first tap to the question after the number of the ID. */
export async function begin(phone: Page, url: string): Promise<void> {
  await phone.goto(`${url}/chat`);
  await tap(phone, 'طلب مساعدة');
  await tap(phone, 'أوافق');
  await tap(phone, 'توفير الدواء');
  await tap(phone, 'لي');
  await say(phone, 'خالد محمد العتيبي', 'رقم هويتك');
  await say(phone, '١٠٩٨٧٦٥٤٣٩', 'تاريخ ميلادك');
}

/** From the city to the question for the ID's picture. */
export async function tellNeed(phone: Page): Promise<void> {
  await say(phone, 'الرياض', 'وصف الحاجة');
  await say(phone, 'أحتاج دواء السكري كل شهر ولا أستطيع دفع ثمنه', 'المستشفى');
  for (const next of ['الملف الطبي', 'أفراد الأسرة', 'دخل الأسرة', 'الهوية أو الإقامة']) {
    await tap(phone, 'تخطي');
    await shows(phone, next);
  }
}

/** One picture, and no other papers: up to the review. */
export async function sendPapers(phone: Page): Promise<void> {
  await phone
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'صورة الهوية.png', mimeType: 'image/png', buffer: png() });
  await shows(phone, 'التقرير الطبي');
  for (let papers = 0; papers < 4 && !(await visible(phone, 'هل هي صحيحة')); papers++) {
    // The dots that stand for an answer to come are no words.
    const said = await phone.locator('.row.bot .words').count();
    await tap(phone, 'تخطي');
    // The next paper or the review: which of them, only its words tell.
    await expect.poll(() => phone.locator('.row.bot .words').count()).toBeGreaterThan(said);
  }
  await shows(phone, 'هل هي صحيحة');
}

/** From the review to the number of the request. */
export async function sign(phone: Page): Promise<string> {
  await tap(phone, 'نعم، صحيحة');
  await shows(phone, 'الإقرار');
  await say(phone, 'خالد محمد العتيبي', 'رقم الطلب');
  const number = /\d{4}-\d{4}-\d{4}-\d/.exec(await phone.locator('body').innerText())?.[0];
  expect(number).toBeDefined();
  return number ?? '';
}

/** Taps the newest option with this label. */
export async function tap(page: Page, label: string): Promise<void> {
  await page.getByRole('button').getByText(label, { exact: true }).last().click();
}

export async function write(page: Page, text: string): Promise<void> {
  await page.locator('textarea').fill(text);
  await page.keyboard.press('Enter');
}

export async function say(page: Page, text: string, next: string): Promise<void> {
  await write(page, text);
  await shows(page, next);
}

/** Waits until the last message of the log contains the words. */
export async function shows(page: Page, words: string): Promise<void> {
  await page.getByText(words).last().waitFor({ timeout: 60_000 });
}

function visible(page: Page, words: string): Promise<boolean> {
  return page.getByText(words).last().isVisible();
}

/** A picture of one pixel. */
function png(): Buffer {
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
}
