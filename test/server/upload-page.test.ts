// The page of a one-time upload link, over real HTTP: used once, only by sending, by the person at that question.
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Harness } from '../conversation/harness.js';
import { FATIMA } from '../conversation/request.js';
import { PAPER, uploadWorld } from '../support/upload-world.js';

let png: Buffer;
beforeAll(async () => {
  png = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
});

const stepOf = async (h: Harness) => {
  const key = h.sila.house.vault.hash('address', 'main', FATIMA.user);
  const home = await h.store.addresses.conversationOf('main', key);
  return (await h.store.turns.conversation(home?.conversation ?? ''))?.step;
};

describe('a link', () => {
  it('shows the paper that is wanted, and takes it into the conversation as if it were sent there', async () => {
    const { h, url, link, send } = await uploadWorld();
    const path = await link();
    const page = await fetch(url + path);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('الهوية أو الإقامة');
    expect(html).toContain('dir="rtl"');
    const done = await send(path, [[png, 'هويتي.png']]);
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('وصل الملف');
    await h.settle();
    expect(await stepOf(h)).not.toBe(PAPER);
    expect(h.channel.said(FATIMA.user).at(-1)).toContain('التقرير الطبي');
  });

  it('is 256 random bits, kept as a hash only', async () => {
    const { h, link } = await uploadWorld();
    const path = await link();
    const token = path.slice(3);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { house } = h.sila;
    expect(await h.store.uploads.get(token)).toBeNull();
    expect(await h.store.uploads.get(house.vault.hash('upload', token))).toMatchObject({ step: PAPER, usedAt: null });
  });

  it('is not used up by looking: previews, HEAD, twenty GETs', async () => {
    const { url, link, send } = await uploadWorld();
    const path = await link();
    for (let n = 0; n < 20; n++) expect((await fetch(url + path)).status).toBe(200);
    await fetch(url + path, { method: 'HEAD' });
    await fetch(url + path, { headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } });
    expect((await send(path, [[png, 'a.png']])).status).toBe(200);
  });

  it('works once, also when it is sent fifty times at once', async () => {
    const { h, link, send } = await uploadWorld();
    const path = await link();
    const sent = await Promise.all(Array.from({ length: 12 }, () => send(path, [[png, 'a.png']])));
    const statuses = sent.map(({ status }) => status);
    expect(statuses.filter((one) => one === 200)).toHaveLength(1);
    expect(statuses.every((one) => [200, 410, 429].includes(one))).toBe(true);
    expect(await (await send(path, [[png, 'a.png']])).text()).toContain('استُخدم هذا الرابط');
    // What lost the race is not kept.
    expect(await h.store.files.ids()).toHaveLength(1);
  });

  it('ends when it runs out, when another is asked for, and when the question is over', async () => {
    const { h, url, link, send } = await uploadWorld();
    const first = await link();
    h.clock.pass(31 * 60_000);
    expect(await (await send(first, [[png, 'a.png']])).text()).toContain('انتهت مدة');
    const second = await link();
    h.clock.pass(60_000);
    const third = await link();
    expect((await send(second, [[png, 'a.png']])).status).toBe(404);
    h.clock.pass(60_000);
    await h.tell(FATIMA.user, 'تخطي');
    expect(await stepOf(h)).not.toBe(PAPER);
    const late = await send(third, [[png, 'a.png']]);
    expect(late.status).toBe(410);
    expect(await late.text()).toContain('عند سؤال آخر');
    expect((await fetch(`${url}/u/${'x'.repeat(43)}`)).status).toBe(404);
    expect(await h.store.files.ids()).toEqual([]);
  });

  it('says what cannot be taken, stays good for another try, and tells the conversation of what was left out', async () => {
    const { h, link, send } = await uploadWorld();
    const path = await link();
    const refused = await send(path, [['<svg onload="alert(1)"/>', 'photo.jpg']]);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('لا يمكننا فتح هذا النوع من الملفات');
    expect((await send(path, [])).status).toBe(400);
    const eleven = Array.from({ length: 11 }, (_, n): [Buffer, string] => [png, `${n}.png`]);
    expect(await (await send(path, eleven)).text()).toContain('عدد الملفات أكثر');
    const big = await send(path, [[Buffer.alloc(25 * 1024 * 1024 + 1), 'big.pdf']]);
    expect(await big.text()).toContain('حجم الملفات أكبر');
    expect(await h.store.files.ids()).toEqual([]);
    const mixed = await send(path, [
      [png, 'good.png'],
      ['PK\x03\x04', 'bad.docx'],
    ]);
    expect(mixed.status).toBe(200);
    expect(await mixed.text()).toContain('لا يمكننا فتح هذا النوع');
    await h.settle();
    expect(h.channel.said(FATIMA.user).slice(-2).join('\n')).toContain('لا يمكننا فتح هذا النوع');
  });

  it('opens no reply window: the channel heard nothing of it', async () => {
    const { h, link, send } = await uploadWorld();
    const path = await link();
    const key = h.sila.house.vault.hash('address', 'main', FATIMA.user);
    const home = await h.store.addresses.conversationOf('main', key);
    const before = (await h.store.turns.conversation(home?.conversation ?? ''))?.lastPersonAt;
    h.clock.pass(20 * 60_000);
    await send(path, [[png, 'a.png']]);
    await h.settle();
    expect((await h.store.turns.conversation(home?.conversation ?? ''))?.lastPersonAt).toBe(before);
  });

  it('is not given without end, and not where no paper is wanted', async () => {
    const { h, link } = await uploadWorld();
    for (let n = 0; n < 12; n++) {
      h.clock.pass(60_000);
      await link();
    }
    expect((await h.tell(FATIMA.user, 'رابط رفع آمن')).join('\n')).toContain('طُلبت روابط كثيرة');
    await h.tell('other', 'السلام عليكم');
    expect((await h.tell('other', 'رابط رفع آمن')).join('\n')).toContain('رابط الرفع الآمن يتوفر حين نطلب منك ورقة');
  });
});

describe('the page', () => {
  it('gives away nothing and loads nothing: headers', async () => {
    const app = await uploadWorld();
    const { headers } = await fetch(`${app.url}${await app.link()}`);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
  });

  it('speaks the conversation’s language, and the other when asked', async () => {
    const app = await uploadWorld();
    const path = await app.link();
    expect(await (await fetch(app.url + path)).text()).toContain('<html lang="ar" dir="rtl">');
    const english = await (await fetch(`${app.url}${path}?lang=en`)).text();
    expect(english).toContain('<html lang="en" dir="ltr">');
    expect(english).toContain('Send a paper safely');
    expect(english).toContain('National ID or iqama');
    const unknown = await fetch(`${app.url}/u/nothing`, { headers: { 'accept-language': 'en-GB' } });
    expect(await unknown.text()).toContain('This link is not known');
  });

  it('takes whatever stands in the place of a token for a link that is none', async () => {
    const app = await uploadWorld();
    for (const odd of ['%00', '%2e%2e%2f', 'x'.repeat(2_000), '%F0%9F%98%80', '{{7*7}}', '<script>', '__proto__']) {
      const page = await fetch(`${app.url}/u/${odd}`);
      expect([404, 400], odd).toContain(page.status);
      expect(await page.text()).not.toContain('<script>');
      const sent = await app.send(`/u/${odd}`, [[png, 'a.png']]);
      expect([404, 400], odd).toContain(sent.status);
    }
    for (const method of ['PUT', 'DELETE', 'HEAD']) {
      expect((await fetch(`${app.url}/u/token`, { method })).status).toBe(405);
    }
    const path = await app.link();
    const words = { method: 'POST', body: 'files=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    expect((await fetch(app.url + path, words)).status).toBe(400);
    const cut = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await fetch(app.url + path, { method: 'POST', body: '--x\r\nhalf', headers: cut })).status).toBe(400);
    expect((await fetch(app.url + path)).status).toBe(200);
  });

  it('is closed to a network that guesses', async () => {
    const app = await uploadWorld();
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    const statuses: number[] = [];
    for (let n = 0; n < 40; n++) statuses.push((await fetch(`${app.url}/u/guess-${n}`, { headers })).status);
    expect(statuses.slice(0, 30).every((one) => one === 404)).toBe(true);
    expect(statuses.slice(30).every((one) => one === 429)).toBe(true);
    expect((await fetch(`${app.url}${await app.link()}`)).status).toBe(200);
  });
});
