// The real program with the Bot Framework switched on by its settings (channels/botframework/), killed in the middle and started again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { said } from '../providers/botframework-activities.js';
import { settingsOf, shown } from '../providers/botframework-provider.js';
import { startConnector } from '../providers/botframework.js';
import { PASSWORD } from '../providers/openid.js';
import { freePort, startSila } from '../support/sila-process.js';
import { until } from './telegram-talk.js';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sila-botframework-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it('answers, loses nothing of what it acknowledged before it was killed, and ends gracefully', async () => {
  const dir = folder();
  const fake = await startConnector();
  onTestFinished(() => fake.stop());
  const start = async () => {
    const sila = await startSila({ dir, port: await freePort(), env: settingsOf(fake) });
    fake.webhookUrl = `${sila.url}/api/messages`;
    return sila;
  };
  const write = (user: string, text: string) => fake.deliver(said('msteams', fake.service('msteams'), user, text));
  const heard = (user: string) => fake.sent.filter(({ to }) => to === user).map(({ body }) => shown(body));
  const first = await start();
  expect(await write('29:ahmad-5550007001', 'السلام عليكم')).toBe(200);
  await until(() => heard('29:ahmad-5550007001').some(({ options }) => options.length > 4));
  const others = Array.from({ length: 20 }, (_, n) => `29:person-555000800${n}`);
  const taken = await Promise.all(others.map((user) => write(user, 'السلام عليكم')));
  await first.kill();
  expect(taken).toEqual(others.map(() => 200));
  const second = await start();
  await until(() => others.every((user) => heard(user).length > 0), 60_000);
  expect(await second.stop()).toBe(0);
  for (const output of [first.output(), second.output()]) {
    expect(output).not.toMatch(/55500070|55500080/);
    expect([PASSWORD, ...fake.openId.issued].filter((secret) => output.includes(secret))).toEqual([]);
  }
});

it.each([
  ['for the world', { NODE_ENV: 'production' }],
  ['where nothing says that it is for development', {}],
])('does not start without an app id %s, and says what to do', async (_name, env: Record<string, string>) => {
  const start = startSila({ dir: folder(), port: await freePort(), env: { ...env, BOT_FRAMEWORK: 'on' } });
  await expect(start).rejects.toThrow(/it stopped with [1-9][\s\S]*MICROSOFT_APP_ID is missing/);
});
