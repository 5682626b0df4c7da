// The real program is killed in the middle of telling staff, and started again: every notice is told, and known by its id where it comes twice.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startHookReceiver } from '../support/hook-receiver.js';
import { startMailServer } from '../support/mail-server.js';
import { freePort, startSila, type SilaProcess } from '../support/sila-process.js';

const PEOPLE = 30;
const KILLS = 4;

it('loses no notice over kill -9, and repeats none under another id', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-notices-'));
  const [mail, hook, port] = await Promise.all([startMailServer(), startHookReceiver(), freePort()]);
  const env = {
    ...{ SMTP_URL: mail.url, MAIL_FROM: 'sila@charity.example', STAFF_NOTIFY_EMAIL: 'staff@charity.example' },
    ...{ STAFF_WEBHOOK_URL: hook.url, STAFF_WEBHOOK_SECRET: hook.secret },
  };
  const start = () => startSila({ dir, port, env });
  let sila = await start();
  onTestFinished(async () => {
    await sila.kill();
    await Promise.all([mail.stop(), hook.stop()]);
    rmSync(dir, { recursive: true, force: true });
  });
  // Some tries fail as well: what is told late is told under its own id.
  hook.answer({ status: 500 }, 3);
  mail.refuse(451, 2);
  for (let n = 0; n < PEOPLE; n++) {
    await askForStaff(sila, n);
    if (n % Math.ceil(PEOPLE / KILLS) !== 3) continue;
    await sila.kill();
    sila = await start();
  }
  const ids = () => new Set(hook.received.map(({ id }) => id));
  const told = () => [ids().size, new Set(mail.letters.map(({ id }) => id)).size];
  await expect.poll(told, { timeout: 90_000, interval: 200 }).toEqual([PEOPLE, PEOPLE]);
  // A little longer: nothing comes after it under another id.
  await pause(6_000);
  expect(told()).toEqual([PEOPLE, PEOPLE]);
  expect(hook.received.every(({ proven, body }) => proven && body.type === 'notice.handoff')).toBe(true);
  expect(new Set(hook.received.map(({ body }) => body.data['conversation'])).size).toBe(PEOPLE);
  expect(new Set(mail.letters.map(({ id }) => id))).toEqual(new Set([...ids()].map((id) => `<${id}@charity.example>`)));
  // Doubles are the tries that were under way at a kill, or that the receiver itself refused.
  expect(hook.received.length - PEOPLE).toBeLessThanOrEqual(KILLS + 3);
  expect(mail.letters.length - PEOPLE).toBeLessThanOrEqual(KILLS);
}, 240_000);

it('says at the start what is set up and does not work, with its cure and without the password', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sila-notices-'));
  const [mail, port] = await Promise.all([startMailServer(), freePort()]);
  const wrong = mail.url.replace('p%40ss', 'wrong-password');
  const env = { SMTP_URL: wrong, MAIL_FROM: 'sila@charity.example', STAFF_NOTIFY_EMAIL: 'staff@charity.example' };
  const sila = await startSila({ dir, port, env });
  onTestFinished(async () => {
    await mail.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  await expect.poll(() => sila.output(), { timeout: 30_000 }).toMatch(/smtp_535[^]*SMTP_URL/);
  expect(sila.output()).not.toContain('wrong-password');
  expect(await sila.stop()).toBe(0);
}, 120_000);

/** A visitor of the website greets and asks for staff; both messages are accepted when it resolves. */
async function askForStaff({ url }: SilaProcess, n: number): Promise<void> {
  const headers = { origin: url };
  const post = async (path: string, more: Record<string, string>, body?: object) => {
    const response = await fetch(`${url}/v3/directline${path}`, {
      method: 'POST',
      headers: { ...headers, ...more, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.ok, `${path} ${response.status}`).toBe(true);
    return (await response.json()) as { token: string; conversationId: string };
  };
  const { token } = await post('/tokens/generate', {});
  const opened = await post('/conversations', { authorization: `Bearer ${token}` });
  for (const text of ['السلام عليكم', 'موظف']) {
    const activity = { type: 'message', from: { id: 'u' }, text, channelData: { clientActivityID: `${n} ${text}` } };
    const authorization = `Bearer ${opened.token}`;
    await post(`/conversations/${opened.conversationId}/activities`, { authorization }, activity);
  }
}
