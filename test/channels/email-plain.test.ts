// A mailbox on a server that keeps no words of a reader's own (as Exchange does), and how a mailbox is named by its address.
import { expect, it, onTestFinished } from 'vitest';
import { codeOf } from '../../channels/email/errors.js';
import { folderOf, optionsOf } from '../../channels/email/imap-url.js';
import { openMailbox } from '../../channels/email/mailbox.js';
import { watch } from '../../channels/email/receiver.js';
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

it('that does not take our password any more is told to staff and shown, until it does', async () => {
  const imap = await startPlainImap();
  onTestFinished(imap.stop);
  const host = createFakeHost(() => []);
  const facts: unknown[] = [];
  host.log = (event, more) => void facts.push([event, more?.['code']]);
  const channel = email.create(host, { IMAP_URL: imap.url, SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: OURS });
  expect(channel.hears?.()).toBe(true);
  imap.refuses = 'AUTHENTICATIONFAILED';
  onTestFinished(await channel.start!());
  await expect.poll(() => host.troubles).toBe(1);
  expect([channel.hears?.(), facts]).toEqual([false, [['email.line_broken', 'auth']]]);
  imap.refuses = null;
  imap.deliver(written({ from: 'anna@example.com', text: 'سلام' }));
  await expect.poll(() => host.accepted.map(({ text }) => text)).toEqual(['سلام']);
  await expect.poll(() => channel.hears?.()).toBe(true);
});

it.each([
  ['AUTHENTICATIONFAILED', 'auth'],
  ['AUTHORIZATIONFAILED', 'auth'],
  ['UNAVAILABLE', 'unknown'],
])('a server that refuses us with %s: %s', async (refuses, code) => {
  const imap = await startPlainImap();
  onTestFinished(imap.stop);
  imap.refuses = refuses;
  const error = await openMailbox(imap.url).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(codeOf(error)).toBe(code);
});

it('that cannot be reached is told to staff when it lasts, not at once', async () => {
  const host = createFakeHost(() => []);
  const ended = new AbortController();
  let opened = 0;
  let troubled = 0;
  let heard = true;
  const open = () => {
    opened += 1;
    return Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
  };
  host.trouble = () => {
    troubled = opened;
    ended.abort();
    return Promise.resolve();
  };
  const hears = (does: boolean) => void (heard = does);
  const receive = () => Promise.resolve();
  await watch({ host, account: OURS, open, receive, hears, waits: { first: 1, longest: 1 } }, ended.signal);
  expect([troubled, heard]).toEqual([10, false]);
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
