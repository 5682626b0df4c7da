// Notices outside the console: e-mail over a real SMTP server, a webhook that checks the signature, both durable and told once by id.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { NewNotice } from '../../src/store/contract.js';
import { startNotices, type NoticeSettings, type RunningNotices } from '../../src/staff/notices/index.js';
import { signatureOf } from '../../src/staff/notices/webhook.js';
import { started, type Harness } from '../conversation/harness.js';
import { startHookReceiver, type HookReceiver } from '../support/hook-receiver.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';

const FROM = 'صلة <sila@charity.example>';
const TO = ['reception@charity.example', 'research@charity.example'];

interface Stand {
  h: Harness;
  mail: MailServer;
  hook: HookReceiver;
  notices: RunningNotices;
  /** Wakes the relay and waits until it rests. */
  tell: () => Promise<void>;
}

function open(h: Harness, settings: NoticeSettings): RunningNotices {
  const { house, desk, channels } = h.sila;
  const url = 'https://chat.charity.example';
  return startNotices({ house, desk, channels, settings, url, reachable: true, every: null });
}

async function stand(): Promise<Stand> {
  const [h, mail, hook] = await Promise.all([started(), startMailServer(), startHookReceiver()]);
  const settings = { mail: { url: mail.url, from: FROM, to: TO }, webhook: { url: hook.url, secret: hook.secret } };
  const notices = open(h, settings);
  onTestFinished(async () => {
    await notices.stop();
    await Promise.all([mail.stop(), hook.stop()]);
  });
  const tell = async () => {
    notices.relay.wake();
    await notices.relay.idle();
  };
  return { h, mail, hook, notices, tell };
}

function notice(id: string, at: number, more: Partial<NewNotice> = {}): NewNotice {
  return { id, kind: 'handoff', conversation: null, caseNumber: null, at, ...more };
}

/** The parts of a letter, decoded. */
function partsOf(raw: string): { text: string; html: string; subject: string } {
  const part = (type: string) => {
    const at = raw.search(new RegExp(`content-type: ${type}`, 'i'));
    const [head = '', ...rest] = raw.slice(at).split(/\r?\n\r?\n/);
    const body = rest.join('\n\n').split(/\r?\n--/)[0] ?? '';
    const base64 = /base64/i.test(head);
    return base64 ? Buffer.from(body, 'base64').toString('utf8') : unquoted(body);
  };
  const subject = /^subject: ((?:.*\r?\n[ \t])*.*)/im.exec(raw)?.[1] ?? '';
  return { text: part('text/plain'), html: part('text/html'), subject: wordsOf(subject) };
}
const unquoted = (text: string) =>
  Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
const wordsOf = (header: string) =>
  header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, coded: string) => Buffer.from(coded, 'base64').toString('utf8'))
    .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, coded: string) => unquoted(coded.replaceAll('_', ' ')));

describe('a hand-off', () => {
  it('reaches every way once, with words of ours, ids and a link, and nothing of the person', async () => {
    const { h, mail, hook, tell } = await stand();
    const { conversation } = await h.write('966551234567', 'أنا فاطمة الزهراني وأريد موظف', { name: 'فاطمة الزهراني' });
    await h.settle();
    await h.tell('966551234567', 'موظف');
    await tell();
    await tell();
    expect(mail.letters).toHaveLength(1);
    expect(hook.received).toHaveLength(1);
    const [letter] = mail.letters;
    const [received] = hook.received;
    const { text, html, subject } = partsOf(letter!.raw);
    expect(letter).toMatchObject({ from: 'sila@charity.example', to: TO });
    expect(subject).toBe('طلب التحدث مع موظف · جمعية العلاج الآمن');
    expect(html).toContain('<html lang="ar" dir="rtl">');
    const url = `https://chat.charity.example/staff/conversations/${conversation}`;
    for (const part of [text, html]) expect(part).toContain(url);
    expect(letter!.raw).toMatch(/^auto-submitted: auto-generated/im);
    expect(received).toMatchObject({
      proven: true,
      body: { type: 'notice.handoff', data: { conversation, case: null, url } },
    });
    expect(letter!.id).toBe(`<${received!.id}@charity.example>`);
    const everything = [text, html, subject, letter!.raw, JSON.stringify(received)].join('\n');
    for (const personal of ['فاطمة', 'الزهراني', '551234567']) expect(everything).not.toContain(personal);
  });

  it('is told by its hint, without being waited for', async () => {
    const { h, hook, notices } = await stand();
    await h.tell('p', 'السلام عليكم');
    await h.tell('p', 'موظف');
    await notices.relay.idle();
    expect(hook.received).toHaveLength(1);
  });
});

describe('what is told', () => {
  it('leaves out what waits in the console, what somebody saw, and what is old', async () => {
    const { h, hook, tell } = await stand();
    const now = h.clock.at;
    await h.store.notices.add(notice('a', now, { kind: 'unanswered' }));
    await h.store.notices.add(notice('b', now, { kind: 'new_case', caseNumber: '7304881520964' }));
    await h.store.notices.add(notice('c', now));
    await h.store.notices.seen('c', now);
    await h.store.notices.add(notice('d', now - 4 * 24 * 3_600_000));
    await tell();
    expect(hook.received.map(({ body }) => body.data['url'])).toEqual([
      'https://chat.charity.example/staff/cases/7304881520964',
    ]);
  });

  it('goes in order, many at once', async () => {
    const { h, hook, mail, tell } = await stand();
    for (let n = 0; n < 12; n++) await h.store.notices.add(notice(`n${n}`, h.clock.at - 100 + n));
    await tell();
    expect(hook.received.map(({ body }) => Date.parse(body.timestamp))).toEqual(
      Array.from({ length: 12 }, (_, n) => h.clock.at - 100 + n),
    );
    expect(new Set(mail.letters.map(({ id }) => id)).size).toBe(12);
  });
});

describe('a way in trouble', () => {
  it('is tried again under the same id, later each time, and keeps no other waiting', async () => {
    const { h, mail, hook, tell } = await stand();
    mail.refuse(451, 2);
    await h.store.notices.add(notice('n', h.clock.at));
    await tell();
    expect([mail.letters.length, hook.received.length]).toEqual([0, 1]);
    await tell();
    expect(mail.letters).toHaveLength(0);
    h.clock.pass(5_000);
    await tell();
    h.clock.pass(5_000);
    await tell();
    expect(mail.letters).toHaveLength(0);
    h.clock.pass(5_000);
    await tell();
    expect(mail.letters).toHaveLength(1);
    expect(hook.received).toHaveLength(1);
    const troubles = h.logged.filter(({ event }) => event === 'notices.not_told').map(({ facts }) => facts);
    expect(troubles).toEqual([
      { way: 'mail', kind: 'handoff', code: 'smtp_451', tries: 1 },
      { way: 'mail', kind: 'handoff', code: 'smtp_451', tries: 2 },
    ]);
  });

  it.each([
    [{ status: 500 }, 'status_500'],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'status_302'],
    [{ status: 401 }, 'status_401'],
  ])('a webhook that answers %j has it again', async (answer, code) => {
    const { h, hook, tell } = await stand();
    hook.answer(answer);
    await h.store.notices.add(notice('n', h.clock.at));
    await tell();
    h.clock.pass(5_000);
    await tell();
    expect(hook.received.map(({ id, proven }) => [id, proven])).toEqual([
      [hook.received[0]?.id, true],
      [hook.received[0]?.id, true],
    ]);
    expect(h.logged.find(({ event }) => event === 'notices.not_told')?.facts).toMatchObject({ code });
  });

  it('rests as long as it asks for', async () => {
    const { h, hook, tell } = await stand();
    hook.answer({ status: 503, headers: { 'retry-after': '120' } });
    await h.store.notices.add(notice('n', h.clock.at));
    await tell();
    h.clock.pass(119_000);
    await tell();
    expect(hook.received).toHaveLength(1);
    h.clock.pass(1_000);
    await tell();
    expect(hook.received).toHaveLength(2);
  });

  it('that is not there at all loses nothing', async () => {
    const { h, mail, tell } = await stand();
    await mail.stop();
    await h.store.notices.add(notice('n', h.clock.at));
    await tell();
    const port = Number(new URL(mail.url).port);
    const back = await startMailServer(port);
    onTestFinished(back.stop);
    h.clock.pass(5_000);
    await tell();
    expect(back.letters).toHaveLength(1);
  });
});

describe('a restart', () => {
  it('tells what was not told, and nothing twice', async () => {
    const { h, mail, hook, notices, tell } = await stand();
    await h.store.notices.add(notice('told', h.clock.at));
    await tell();
    await notices.stop();
    await h.store.notices.add(notice('untold', h.clock.at));
    const next = open(h, {
      mail: { url: mail.url, from: FROM, to: TO },
      webhook: { url: hook.url, secret: hook.secret },
    });
    await next.relay.idle();
    await next.stop();
    expect(new Set(hook.received.map(({ id }) => id)).size).toBe(2);
    expect(hook.received).toHaveLength(2);
    expect(mail.letters).toHaveLength(2);
  });

  it('leaves the telling to one process at a time', async () => {
    const { h, hook, tell } = await stand();
    h.clock.pass(60_000);
    await h.store.leases.hold('notices:webhook', 'another process', h.clock.at, h.clock.at + 60_000);
    await h.store.notices.add(notice('n', h.clock.at));
    await tell();
    expect(hook.received).toHaveLength(0);
    h.clock.pass(60_000);
    await tell();
    expect(hook.received).toHaveLength(1);
  });
});

describe('a look at the ways out', () => {
  it('finds nothing wrong, and says what is, by a code', async () => {
    const { h, mail, hook, notices } = await stand();
    expect(await notices.check()).toEqual([]);
    const webhook = { url: hook.url, secret: hook.secret };
    const wrong = open(h, { mail: { url: mail.url.replace('p%40ss', 'other'), from: FROM, to: TO }, webhook });
    expect(await wrong.check()).toEqual([{ way: 'mail', code: 'smtp_535' }]);
    await wrong.stop();
    await mail.stop();
    expect(await notices.check()).toEqual([{ way: 'mail', code: expect.stringMatching(/ECONN|ESOCKET/) as string }]);
  });
});

it('signs as the published example of Standard Webhooks', () => {
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const signature = signatureOf(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}');
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
