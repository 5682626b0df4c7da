// A mailbox on a server that keeps no words of a reader's own (as Exchange does), and how a mailbox is named by its address.
import { expect, it, onTestFinished } from 'vitest';
import { folderOf, optionsOf } from '../../channels/email/imap-url.js';
import { email, OURS, written } from '../providers/mail.js';
import { startPlainImap } from '../providers/plain-imap.js';
import { createFakeHost } from '../support/fake-host.js';

it('is read once, and what people answered there is left alone', async () => {
  const imap = await startPlainImap();
  onTestFinished(imap.stop);
  const host = createFakeHost(() => []);
  const channel = email.create(host, { IMAP_URL: imap.url, SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: OURS });
  for (const text of ['سلام', 'أجيب عنها']) imap.deliver(written({ from: 'anna@example.com', text }));
  imap.letters[1]?.flags.add('\\Answered');
  const texts = () => host.accepted.map(({ text }) => text);
  const stop = await channel.start!();
  await expect.poll(texts).toEqual(['سلام']);
  imap.deliver(written({ from: 'anna@example.com', text: 'جديد' }));
  await expect
    .poll(() => imap.letters.map(({ flags }) => [...flags]))
    .toEqual([['\\Answered'], ['\\Answered'], ['\\Answered']]);
  await stop();
  const again = await channel.start!();
  onTestFinished(again);
  imap.deliver(written({ from: 'anna@example.com', text: 'آخر' }));
  await expect.poll(texts).toEqual(['سلام', 'جديد', 'آخر']);
});

it.each([
  ['imaps://a%40b:p%40ss@mail.example.org', { host: 'mail.example.org', port: 993, secure: true, folder: 'INBOX' }],
  ['imap://a:b@mail.example.org:1143/Sila%2FLetters', { port: 1143, doSTARTTLS: true, folder: 'Sila/Letters' }],
  ['imap://a:b@127.0.0.1.evil.example', { port: 143, doSTARTTLS: true, folder: 'INBOX' }],
  ['imap://a:b@127.0.0.1', { host: '127.0.0.1', doSTARTTLS: false, folder: 'INBOX' }],
  ['imap://a:b@[::1]/', { host: '::1', doSTARTTLS: false, folder: 'INBOX' }],
])('%s: nothing goes over a foreign line in the clear', (url, means) => {
  expect({ ...optionsOf(url), folder: folderOf(url) }).toMatchObject(means);
});

it('a name and a password may hold any sign', () => {
  expect(optionsOf('imaps://a%40b:p%40s%2Fs@mail.example.org').auth).toEqual({ user: 'a@b', pass: 'p@s/s' });
});
