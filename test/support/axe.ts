/** axe-core's rules of accessibility, asked of a page as it stands. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Colours are judged when they have come to rest; what turns for ever is left turning. */
const AT_REST = `Promise.allSettled(
  document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity).map((one) => one.finished),
).then(() => undefined)`;

/** Fails with each rule that is broken and where; `where` names the screen. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(AT_REST);
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    'axe.run(document)',
  );
  expect(
    violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`),
    where,
  ).toEqual([]);
}
