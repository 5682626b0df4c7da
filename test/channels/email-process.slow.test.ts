// The real program with e-mail switched on by its settings (channels/email/), killed in the middle and started again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OURS, written } from '../providers/mail.js';
import { hasDovecot, startDovecot } from '../support/dovecot.js';
import { startMailServer } from '../support/mail-server.js';
import { freePort, startSila } from '../support/sila-process.js';
import { until } from './telegram-talk.js';

describe.skipIf(!hasDovecot)('the program', () => {
  it('answers letters, loses none that came while it was killed, answers none twice, and ends gracefully', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sila-email-'));
    const imap = await startDovecot();
    const smtp = await startMailServer();
    onTestFinished(async () => {
      await imap.stop();
      await smtp.stop();
      rmSync(dir, { recursive: true, force: true });
    });
    const env = { IMAP_URL: imap.url, SMTP_URL: smtp.url, MAIL_FROM: `Sila <${OURS}>` };
    const start = async () => startSila({ dir, port: await freePort(), env });
    const answered = (user: string) =>
      new Set(smtp.letters.filter(({ to }) => to.includes(user)).map(({ id }) => id)).size;
    const first = await start();
    imap.deliver(written({ from: 'ahmad@example.com', text: 'السلام عليكم' }));
    await until(() => answered('ahmad@example.com') > 0);
    const others = Array.from({ length: 20 }, (_, n) => `person-${n}@example.com`);
    const names: string[] = [];
    for (const [n, from] of others.entries()) {
      names.push(imap.deliver(written({ from, text: 'السلام عليكم' })));
      // In the middle of them.
      if (n === 10) await until(() => names.some(imap.isMarked)).then(() => first.kill());
    }
    const second = await start();
    await until(() => others.every((user) => answered(user) > 0), 60_000);
    await until(() => names.every(imap.isMarked));
    // A letter that was under way when it was killed may come again: under the same id.
    expect(others.map(answered)).toEqual(others.map(() => 1));
    expect(await second.stop()).toBe(0);
    for (const output of [first.output(), second.output()]) expect(output).not.toMatch(/person-\d|ahmad|p@ss|p%40ss/);
  });

  it('survives a letter of six million line ends with little memory, and answers the one behind it', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sila-email-'));
    const imap = await startDovecot();
    const smtp = await startMailServer();
    onTestFinished(async () => {
      await imap.stop();
      await smtp.stop();
      rmSync(dir, { recursive: true, force: true });
    });
    const evil = `From: evil@example.com\r\nSubject: x\r\n\r\n${'\n'.repeat(6_000_000)}`;
    const names = [Buffer.from(evil), written({ from: 'ahmad@example.com', text: 'السلام عليكم' })].map((one) =>
      imap.deliver(one),
    );
    const settings = { IMAP_URL: imap.url, SMTP_URL: smtp.url, MAIL_FROM: `Sila <${OURS}>` };
    const env = { ...settings, NODE_OPTIONS: '--max-old-space-size=1024' };
    const sila = await startSila({ dir, port: await freePort(), env });
    await until(() => names.every(imap.isMarked), 60_000);
    await until(() => smtp.letters.some(({ to }) => to.includes('ahmad@example.com')));
    expect(sila.output()).toContain('"why":"letter"');
    expect(await sila.stop()).toBe(0);
  });
});
