// Letters made to keep a program busy (channels/email/reader.ts): each is put aside or read while all else goes on. The channel is the built one.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChannelModule } from '../../channels/channel.js';
import type { Reader } from '../../channels/email/reader.js';
import { OURS, written } from '../providers/mail.js';
import { hasDovecot, startDovecot } from '../support/dovecot.js';
import { createFakeHost } from '../support/fake-host.js';

const built = (file: string) => import(pathToFileURL(join(resolve('dist/channels/email'), file)).href);
const { Reader: BuiltReader } = (await built('reader.js')) as { Reader: typeof Reader };
const { email } = (await built('index.js')) as { email: ChannelModule };

const HEAD = 'From: evil@example.com\r\nMessage-ID: <evil@example.com>\r\nSubject: x\r\n';
const HTML = `${HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n`;
const letter = (rest: string) => Buffer.from(`${HEAD}${rest}`);
const beside = (html: string) =>
  letter(
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\nContent-Type: text/html\r\n\r\n${html}\r\n--b--\r\n`,
  );
const plain = written({ from: 'anna@example.com', text: 'السلام عليكم' });

const lines: [string, Buffer][] = [1, 3, 6].map((n) => [
  `${n},000,000 line ends`,
  letter(`\r\n${'\n'.repeat(n * 1e6)}`),
]);
const quick: [string, Buffer][] = [
  ...lines,
  ['300,000 parts', letter(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(300_000)}`)],
  ['addresses that never end', Buffer.from(`${HTML}${'<a href="'.repeat(44_000)}`)],
  ['addresses that end at last', Buffer.from(`${HTML}${'<a href="'.repeat(44_000)}>`)],
  ['comments that never end', Buffer.from(`${HTML}${'<!--'.repeat(100_000)}`)],
  ['styles that never end', Buffer.from(`${HTML}${'<style>'.repeat(60_000)}`)],
  ['less than, again and again', Buffer.from(`${HTML}${'<'.repeat(400_000)}`)],
  ['bodies', Buffer.from(`${HTML}${'<body '.repeat(60_000)}`)],
  ['spaces', Buffer.from(`${HTML}${' \n'.repeat(45_000)}x`)],
];

/** Beats of the main thread while something is waited for: a thread that is held up has none. */
async function beats<T>(work: Promise<T>): Promise<[T, number]> {
  let count = 0;
  const beat = setInterval(() => count++, 20);
  try {
    return [await work, count];
  } finally {
    clearInterval(beat);
  }
}

describe('a letter', () => {
  it.each(quick)('of %s is done with in its time, and the next one is read', async (_name, evil) => {
    const reader = new BuiltReader();
    const reading = await reader.read(evil);
    expect(reading).not.toMatchObject({ why: 'costly' });
    expect(await reader.read(plain)).toMatchObject({ kind: 'read', words: 'السلام عليكم' });
  });

  it('that takes longer than a letter may ends its thread, not the program; those that wait behind it are read', async () => {
    const reader = new BuiltReader(2_000);
    const evil = beside('<a href="'.repeat(400_000));
    const [[reading, next], count] = await beats(Promise.all([reader.read(evil), reader.read(plain)]));
    expect(reading).toEqual({ kind: 'broken', why: 'costly' });
    expect(next).toMatchObject({ kind: 'read', words: 'السلام عليكم' });
    // Two seconds of them; a program that reads it itself would have one or two.
    expect(count).toBeGreaterThan(20);
  });

  it('that takes more memory than a letter may ends its thread, not the program', async () => {
    const reader = new BuiltReader();
    const evil = letter(`\r\n${`${'x'.repeat(60)}\n`.repeat(550_000)}`);
    expect(await reader.read(evil)).toEqual({ kind: 'broken', why: 'costly' });
    expect(await reader.read(plain)).toMatchObject({ kind: 'read' });
  });

  it('of the largest size a letter may have is read, and its files come whole', async () => {
    const bytes = Buffer.alloc(24 * 1024 * 1024, 'a paper ');
    const files = [
      { name: 'تقرير.pdf', mime: 'application/pdf', bytes },
      { name: 'small.txt', mime: 'text/csv', bytes: Buffer.from('a;b') },
    ];
    const reading = await new BuiltReader().read(written({ from: 'anna@example.com', text: 'مرفق', files }));
    if (reading.kind !== 'read') throw new Error(reading.why);
    const { attachments, head } = reading.letter;
    expect([reading.words, head('mime-version')]).toEqual(['مرفق', ['1.0']]);
    expect(attachments.map(({ name, bytes: got }, n) => [name, got.equals(files[n]!.bytes)])).toEqual([
      ['تقرير.pdf', true],
      ['small.txt', true],
    ]);
  });
});

it('the thread that reads keeps no process alive', () => {
  const url = pathToFileURL(resolve('dist/channels/email/reader.js')).href;
  const head = 'From: a@example.com';
  const program = `void import(${JSON.stringify(url)}).then(({ Reader }) => new Reader().read(Buffer.from('${head}')))`;
  const done = spawnSync(process.execPath, ['-e', program], { timeout: 30_000 });
  expect([done.status, done.signal]).toEqual([0, null]);
});

describe.skipIf(!hasDovecot)('a mailbox with such letters', () => {
  it('is read past them: they are put aside and marked, staff are told, and the letters between are taken', async () => {
    const imap = await startDovecot();
    onTestFinished(imap.stop);
    const host = createFakeHost(() => []);
    const channel = email.create(host, { IMAP_URL: imap.url, SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: OURS });
    const full = letter(`\r\n${`${'x'.repeat(60)}\n`.repeat(550_000)}`);
    const names = [...lines.map(([, evil]) => evil), full].flatMap((evil, n) => [
      imap.deliver(evil),
      imap.deliver(written({ from: 'anna@example.com', text: String(n) })),
    ]);
    const stop = await channel.start!();
    onTestFinished(stop);
    await expect.poll(() => names.every(imap.isMarked), { timeout: 60_000 }).toBe(true);
    expect(host.accepted.map(({ text }) => text)).toEqual(['0', '1', '2', '3']);
    expect(host.unread).toEqual(['letter', 'letter', 'letter', 'costly']);
  });
});
