// Sending over SMTP (channels/email/): what a mail server's answers mean, files, threads, and that a try again sends no part twice.
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Channel, Outgoing, SendResult } from '../../channels/channel.js';
import { failureOf } from '../../channels/email/errors.js';
import { email } from '../../channels/email/index.js';
import { limits } from '../../channels/email/limits.js';
import { readHere } from '../../channels/email/reading.js';
import { createReceive } from '../../channels/email/receive.js';
import { letters, OURS, wordsShown } from '../providers/mail.js';
import { createFakeHost, type FakeHost } from '../support/fake-host.js';
import { freePort } from '../support/fake-server.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';
import { ids as messageIds, outgoing } from './email-fixtures.js';

const FATIMA = 'fatima@example.com';

interface Desk {
  host: FakeHost;
  smtp: MailServer;
  channel: Channel;
  send: (more: Partial<Outgoing>) => Promise<SendResult>;
}

async function opened(url?: string): Promise<Desk> {
  const smtp = await startMailServer();
  onTestFinished(smtp.stop);
  const host = createFakeHost(() => []);
  const settings = { IMAP_URL: 'imap://a:b@127.0.0.1:1', SMTP_URL: url ?? smtp.url, MAIL_FROM: `الجمعية <${OURS}>` };
  const channel = email.create(host, settings);
  return { host, smtp, channel, send: (more) => channel.send(outgoing(more)) };
}

const codeOf = (sent: SendResult) =>
  sent.result === 'sent' ? 'sent' : `${sent.result} ${sent.error.code}${sent.error.retry ? ' again' : ''}`;

describe('a letter of ours', () => {
  it('comes under its id, from us, in Arabic from right to left, in the thread', async () => {
    const { smtp, send } = await opened();
    const reply = {
      to: 'Fatima@Example.com',
      subject: 'استفسار',
      id: '<1@example.com>',
      references: '<0@example.com> <1@example.com>',
    };
    const sent = await send({ reply, text: 'السلام عليكم\n\nرقم الطلب: \u20681000-0000-0001-0\u2069' });
    const [letter] = await letters(smtp, 'Fatima@Example.com');
    expect(sent).toEqual({ result: 'sent', providerId: letter?.id });
    expect(letter?.from).toEqual({ address: OURS, name: 'الجمعية' });
    expect([letter?.subject, letter?.thread]).toEqual([
      'Re: استفسار',
      ['<1@example.com>', '<1@example.com>', '<0@example.com>'],
    ]);
    expect(letter && wordsShown(letter)).toBe('السلام عليكم\n\nرقم الطلب: \u20681000-0000-0001-0\u2069');
    expect(letter?.html).toMatch(/<body dir="rtl"[^]*<bdi>1000-0000-0001-0<\/bdi>/);
    expect(letter?.head('auto-submitted')).toEqual(['auto-replied']);
  });

  it('brings a file under its Arabic name', async () => {
    const { host, smtp, send } = await opened();
    const pdf = Buffer.from('%PDF-1.4 قرار');
    const file = await host.keepFile(OURS, FATIMA, 'قرار اللجنة.pdf', pdf);
    if ('refused' in file) throw new Error(file.refused);
    expect((await send({ text: 'القرار مرفق', file })).result).toBe('sent');
    const [letter] = await letters(smtp, FATIMA);
    expect(letter?.attachments).toEqual([
      { name: 'قرار اللجنة.pdf', mime: 'application/pdf', within: false, bytes: pdf },
    ]);
    expect(codeOf(await send({ file: { ...file, id: 'gone' } }))).toBe('error media');
  });

  it('that is too long comes as several in order, and a try again sends no part twice', async () => {
    const { smtp, send } = await opened();
    const words = Array.from({ length: 6_000 }, (_, n) => `كلمة${n}`).join(' ');
    expect(words.length).toBeGreaterThan(2 * limits.text);
    // The first part is taken, the second refused for now.
    smtp.letters.push = (...taken) => {
      smtp.letters.push = (...more) => Array.prototype.push.apply(smtp.letters, more);
      smtp.refuse(451);
      return smtp.letters.push(...taken);
    };
    expect(codeOf(await send({ text: words }))).toBe('error rate_limited again');
    expect(smtp.letters).toHaveLength(1);
    expect((await send({ text: words })).result).toBe('sent');
    const all = await letters(smtp, FATIMA);
    expect(all.map(wordsShown).join(' ')).toBe(words);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it.each([
    [421, 'error provider_down again'],
    [450, 'error rate_limited again'],
    [452, 'error rate_limited again'],
    [530, 'error auth again'],
    [550, 'error not_found'],
    [552, 'error media'],
    [554, 'error refused'],
  ])('that is met with %i is %s', async (reply, means) => {
    const { smtp, send } = await opened();
    smtp.refuse(reply);
    expect(codeOf(await send({ text: 'س' }))).toBe(means);
  });

  it('with the wrong password waits until it is put right', async () => {
    const smtp = await startMailServer();
    onTestFinished(smtp.stop);
    const { send } = await opened(smtp.url.replace('p%40ss', 'wrong'));
    expect(codeOf(await send({ text: 'س' }))).toBe('error auth again');
  });

  it('that never left is no doubt, one whose line breaks is', async () => {
    const nobody = await opened(`smtp://127.0.0.1:${await freePort()}`);
    expect(codeOf(await nobody.send({ text: 'س' }))).toBe('error network again');
    const broken = createServer(
      (socket) => void socket.on('error', () => undefined).write('220 hello\r\n', () => socket.end()),
    );
    const port = await freePort();
    await new Promise<void>((listening) => broken.listen(port, '127.0.0.1', listening));
    onTestFinished(() => void broken.close());
    const cut = await opened(`smtp://127.0.0.1:${port}`);
    expect(codeOf(await cut.send({ text: 'س' }))).toBe('ambiguous network again');
  });
});

it.each([
  ['550 5.1.1 no such user', 550, 'not_found'],
  ['550 5.7.1 blocked by policy', 550, 'refused'],
  ['554 5.3.4 too big', 554, 'media'],
  ['553 no such mailbox', 553, 'not_found'],
])('%j: the enhanced code decides', (response, responseCode, code) => {
  const failure = failureOf(Object.assign(new Error('x'), { response, responseCode, code: 'EMESSAGE' }));
  expect(failure.error.code).toBe(code);
});

it('people reach us by a link with the code in it', async () => {
  const { channel } = await opened();
  expect(await channel.reach?.()).toBe(`mailto:${OURS}`);
  expect(await channel.reach?.('12345678')).toBe(`mailto:${OURS}?subject=12345678&body=12345678`);
});

describe('what a stranger writes into a head', () => {
  it('never becomes a field or an addressee of our letters', async () => {
    const { smtp, channel, host } = await opened();
    const evil = '\r\nBcc: victim@example.com\r\nX-Evil: 1\r\n\r\nbody';
    const word = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
    const head = [`From: ${word(`x${evil}`)} <a@example.com>`, `Subject: ${word(`x${evil}`)}`];
    const ids = ['Message-ID: <1@example.com>', 'References: <0@example.com>\t<x\r\n y@example.com>'];
    const bytes = Buffer.from([...head, ...ids, '', 'السلام عليكم'].join('\r\n'));
    await createReceive(
      host,
      { account: OURS, ids: messageIds, trusted: '' },
      readHere,
    )({
      uid: 1,
      validity: '1',
      bytes,
      whole: true,
    });
    const [{ user, reply } = { user: '', reply: {} }] = host.accepted;
    expect(user).toBe('a@example.com');
    for (const facts of [
      reply ?? {},
      { ...reply, to: `a@example.com${evil}`, id: `<1@x>${evil}`, references: `<1@x>${evil}` },
    ])
      await channel.send(outgoing({ user, reply: facts, text: 'مرحبًا' }));
    expect(smtp.letters.map(({ to }) => to)).toEqual([['a@example.com'], ['a@example.com']]);
    for (const { raw } of smtp.letters) expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^(bcc|x-evil):/im);
  });
});
