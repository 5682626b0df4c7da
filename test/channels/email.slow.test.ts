// The mailbox of channels/email/ on a real IMAP server: IDLE, lease, crashes, outages, UIDVALIDITY; nothing is lost, nothing comes twice.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Channel, Incoming } from '../../channels/channel.js';
import { codeOf } from '../../channels/email/errors.js';
import { openMailbox } from '../../channels/email/mailbox.js';
import { email, OURS, written } from '../providers/mail.js';
import { hasDovecot, startDovecot, type Dovecot } from '../support/dovecot.js';
import { createFakeHost, type FakeHost } from '../support/fake-host.js';

const ANNA = 'anna@example.com';

interface Desk {
  imap: Dovecot;
  host: FakeHost;
  channel: Channel;
  /** Starts to watch; ends with the test, or when the given function is called. */
  watch: () => Promise<() => Promise<void>>;
  texts: () => (string | undefined)[];
}

async function opened(): Promise<Desk> {
  const imap = await startDovecot();
  onTestFinished(imap.stop);
  const host = createFakeHost(() => []);
  const channel = email.create(host, { IMAP_URL: imap.url, SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: OURS });
  const watch = async () => {
    const stop = await channel.start!();
    onTestFinished(stop);
    return stop;
  };
  return { imap, host, channel, watch, texts: () => host.accepted.map(({ text }) => text) };
}

const says = (text: string, more: Partial<Parameters<typeof written>[0]> = {}) =>
  written({ from: ANNA, text, ...more });

describe.skipIf(!hasDovecot)('a real mailbox', () => {
  it('is read from the beginning, then as letters come; each is marked when it is kept, and stays unread for people', async () => {
    const { imap, watch, texts } = await opened();
    const names = ['الأولى', 'الثانية'].map((text) => imap.deliver(says(text)));
    await watch();
    await expect.poll(texts).toEqual(['الأولى', 'الثانية']);
    names.push(imap.deliver(says('الثالثة')));
    await expect.poll(texts).toEqual(['الأولى', 'الثانية', 'الثالثة']);
    await expect.poll(() => names.every(imap.isMarked)).toBe(true);
    expect(names.map(imap.flagsOf).join('')).not.toContain('S');
  });

  it('keeps what could not be kept here, and brings it again, in order', async () => {
    const { imap, host, watch, texts } = await opened();
    host.failing = true;
    const names = ['1', '2', '3'].map((text) => imap.deliver(says(text)));
    await watch();
    await expect.poll(() => host.logged).toContain('email.line_broken');
    expect(names.some(imap.isMarked)).toBe(false);
    host.failing = false;
    await expect.poll(texts).toEqual(['1', '2', '3']);
  });

  it('brings a letter again that was kept but not marked before a crash: the house knows it by its id', async () => {
    const { imap, host, watch, texts } = await opened();
    const accept = host.accept.bind(host);
    const outcomes: boolean[] = [];
    host.accept = async (incoming: Incoming) => {
      const accepted = await accept(incoming);
      outcomes.push(accepted.duplicate);
      if (outcomes.length === 1) throw new Error('died after it was kept');
      return accepted;
    };
    const name = imap.deliver(says('مرة واحدة'));
    await watch();
    await expect.poll(() => imap.isMarked(name)).toBe(true);
    expect([outcomes, texts()]).toEqual([[false, true], ['مرة واحدة']]);
  });

  it('that numbers its letters anew brings all of them again: none is taken twice, none is lost, files are still found', async () => {
    const { imap, host, channel, watch, texts } = await opened();
    const pdf = Buffer.from('%PDF-1.4 report');
    const files = [{ name: 'تقرير.pdf', mime: 'application/pdf', bytes: pdf }];
    imap.deliver(says('أول'));
    const name = imap.deliver(says('تقرير', { files }));
    const stop = await watch();
    await expect.poll(() => imap.isMarked(name)).toBe(true);
    await stop();
    imap.renumber();
    imap.deliver(says('جديد'));
    await watch();
    await expect.poll(() => imap.isMarked(name)).toBe(true);
    await expect.poll(texts).toEqual(['أول', 'تقرير', 'جديد']);
    const [file] = host.accepted[1]?.remote ?? [];
    expect(file?.name).toBe('تقرير.pdf');
    const { facts } = file!;
    const mailbox = await openMailbox(imap.url, true);
    expect(mailbox.validity).not.toBe(facts['validity']);
    await mailbox.close();
    expect(await channel.fetchFile?.(OURS, file!)).toEqual({ result: 'bytes', bytes: pdf });
  });

  it('gives the files of a letter side by side, and says when the letter is gone', async () => {
    const { imap, host, channel, watch } = await opened();
    const files = [1, 2, 3].map((n) => ({
      name: `${n}.pdf`,
      mime: 'application/pdf',
      bytes: Buffer.from(`%PDF-1.4 ${n}`),
    }));
    imap.deliver(says('', { files }));
    const stop = await watch();
    await expect.poll(() => host.accepted.length).toBe(1);
    const remote = host.accepted[0]!.remote!;
    const fetched = await Promise.all(remote.map((file) => channel.fetchFile!(OURS, file)));
    expect(fetched).toEqual(files.map(({ bytes }) => ({ result: 'bytes', bytes })));
    const lost = { ...remote[0]!, facts: { ...remote[0]!.facts, uid: '99' } };
    expect(await channel.fetchFile!(OURS, lost)).toEqual({ result: 'refused', refused: 'file_unreadable' });
    await stop();
    await imap.restart();
    expect(await channel.fetchFile!(OURS, remote[0]!)).toMatchObject({ result: 'bytes' });
  });

  it('that was away is found again', async () => {
    const { imap, watch, texts } = await opened();
    await watch();
    imap.deliver(says('قبل'));
    await expect.poll(texts).toEqual(['قبل']);
    await imap.restart();
    imap.deliver(says('بعد'));
    await expect.poll(texts).toEqual(['قبل', 'بعد']);
  });

  it('is left alone while another process has the lease', async () => {
    const { imap, host, watch, texts } = await opened();
    host.limited.add('receiver');
    let asked = 0;
    host.holdReceiver = () => Promise.resolve(++asked > 100);
    imap.deliver(says('انتظار'));
    const stop = await watch();
    await expect.poll(() => asked).toBeGreaterThan(0);
    await stop();
    expect(texts()).toEqual([]);
    host.holdReceiver = () => Promise.resolve(true);
    await watch();
    await expect.poll(texts).toEqual(['انتظار']);
  });

  it('is read past what no person wrote and what nobody can read; what is old is left to people, who are told', async () => {
    const { imap, host, watch, texts } = await opened();
    const old = imap.deliver(says('قديم'), 9);
    const away = imap.deliver(Buffer.from('From: a@example.com\r\nAuto-Submitted: auto-replied\r\n\r\nin leave'));
    const broken = imap.deliver(Buffer.from('Subject: from nobody\r\n\r\nx'));
    const last = imap.deliver(says('آخر'));
    await watch();
    await expect.poll(() => [away, broken, last].every(imap.isMarked)).toBe(true);
    expect(texts()).toEqual(['آخر']);
    expect([imap.isMarked(old), host.unread]).toEqual([false, ['old', 'sender']]);
    expect(host.logged.filter((event) => event === 'email.silent')).toHaveLength(1);
  });

  it('that does not take our password says so', async () => {
    const { imap } = await opened();
    const error = await openMailbox(imap.url.replace('p%40ss', 'wrong')).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(codeOf(error)).toBe('auth');
  });
});
