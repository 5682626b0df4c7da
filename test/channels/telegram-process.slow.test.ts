// The real program with Telegram switched on by its settings (channels/telegram/), killed in the middle and started again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import * as people from '../providers/telegram-people.js';
import { startTelegram } from '../providers/telegram.js';
import { freePort, startSila } from '../support/sila-process.js';
import { until } from './telegram-talk.js';

it('polls, answers, loses nothing of what was written while it was killed, and ends gracefully', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-telegram-'));
  const fake = await startTelegram();
  onTestFinished(async () => {
    await fake.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const env = { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_URL: fake.url };
  const start = async () => startSila({ dir, port: await freePort(), env });
  const first = await start();
  const ahmad = { id: 5_550_007_001, language: 'ar' };
  people.write(fake, ahmad, 'السلام عليكم');
  await until(() => fake.said(ahmad.id).some(({ keyboard }) => keyboard.length > 4));
  const others = Array.from({ length: 20 }, (_, n) => ({ id: 5_550_008_000 + n, language: 'ar' }));
  for (const [n, person] of others.entries()) {
    people.write(fake, person, 'السلام عليكم');
    // In the middle of them.
    if (n === 10) await first.kill();
  }
  const second = await start();
  await until(() => others.every(({ id }) => fake.said(id).length > 0), 60_000);
  await until(() => fake.state.waiting.length === 0);
  const [label] = fake.said(ahmad.id).at(-1)!.keyboard.flat();
  people.tap(fake, ahmad, label!.text);
  const before = fake.said(ahmad.id).length;
  await until(() => fake.said(ahmad.id).length > before);
  expect(await second.stop()).toBe(0);
  for (const output of [first.output(), second.output()]) {
    expect(output).not.toContain(fake.token.split(':')[1]);
    expect(output).not.toMatch(/55500(07001|08010)/);
  }
});
