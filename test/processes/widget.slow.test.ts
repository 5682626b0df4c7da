/** Four processes over Redis and MongoDB: one after the other is killed while somebody fills an aid request, who notices nothing. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMongoStore } from '../../src/store/mongo/open.js';
import type { Store } from '../../src/store/contract.js';
import { hasChromium, openBrowser } from '../support/browser.js';
import { freshDatabase, servers } from '../support/servers.js';
import { startStack, type Member, type Stack } from '../support/stack.js';
import { begin, openPhone, say, sendPapers, shows, sign, tellNeed, write } from '../support/widget-person.js';

const there = servers.mongo !== null && servers.redis !== null && hasChromium;

describe.skipIf(!there)('a process that is killed during an aid request', () => {
  const database = freshDatabase();
  let stack: Stack;
  let browser: Browser;
  let store: Store;

  beforeAll(async () => {
    stack = await startStack({
      mongo: database.url,
      redis: servers.redis ?? '',
      roles: ['web', 'web', 'worker', 'worker'],
    });
    browser = await openBrowser();
    store = await openMongoStore({ url: database.url, random: Math.random });
  });
  afterAll(async () => {
    await browser.close();
    await store.close();
    await stack.stop();
    await database.drop();
  });

  it('is noticed by nobody, whichever it is', async () => {
    const phone = await openPhone(browser);
    const troubles = await watch(phone);
    await begin(phone, stack.url);

    const [one, two, three, four] = stack.members as [Member, Member, Member, Member];
    await three.kill();
    await say(phone, 'تخطي', 'ما رقم جوالك');
    // The page is connected to one of these two; both go, one after the other.
    await one.kill();
    await write(phone, '٠٥٥١٢٣٤٥٦٧');
    await shows(phone, 'مدينة');
    await one.restart();
    await two.kill();
    await tellNeed(phone);
    await three.restart();
    await four.kill();
    await sendPapers(phone);
    const number = await sign(phone);

    expect(await troubles()).toEqual([]);
    await expect.poll(() => store.cases.get(number.replaceAll('-', ''))).not.toBeNull();
    const [only, ...more] = await store.cases.list({ limit: 10 });
    expect(more).toEqual([]);
    await nothingTwice(store, only?.conversation ?? '', phone);
  });
});

/** What the page ever showed that tells of trouble: that the line is down, or that something was not sent. */
async function watch(phone: Page): Promise<() => Promise<unknown>> {
  await phone.addInitScript({
    content: `
      globalThis.troubles = [];
      new MutationObserver(() => {
        for (const node of document.querySelectorAll('.banner, .failed, .notice'))
          if (!troubles.includes(node.textContent)) troubles.push(node.textContent);
      }).observe(document, { subtree: true, childList: true, attributes: true });`,
  });
  return () => phone.evaluate('globalThis.troubles');
}

/** Nothing is left to send, numbers have no gap, and no question stands there twice in a row. */
async function nothingTwice(store: Store, conversation: string, phone: Page): Promise<void> {
  const rows = () => store.messages.list(conversation, 0, 200);
  await expect.poll(async () => (await rows()).filter(({ state }) => state === 'queued')).toEqual([]);
  expect((await rows()).map(({ seq }) => seq)).toEqual((await rows()).map((_row, n) => n + 1));
  const said = await phone.locator('.row.bot .words').allInnerTexts();
  expect(said.filter((words, n) => words === said[n - 1])).toEqual([]);
}
