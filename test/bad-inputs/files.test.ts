// Hostile files through the whole program: refused with a courteous word, or kept harmless; never run, never under a name of theirs.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRealApp, type Answer, type Clerk, type RealApp, type Visitor } from '../support/real-app.js';
import { expectSound } from '../support/sound.js';

let app: RealApp;
let clerk: Clerk;
let png: Buffer;
beforeAll(async () => {
  app = await startRealApp();
  clerk = await app.clerk('administrator');
  png = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
});
afterAll(() => app.stop());

const upload = (visitor: Visitor, files: [Buffer | string, string][]): Promise<Answer> => {
  const body = new FormData();
  for (const [bytes, name] of files) body.append('file', new Blob([new Uint8Array(Buffer.from(bytes))]), name);
  return visitor.ask('/upload', { method: 'POST', body });
};
const onDisk = (): string[] => readdirSync(join(app.dir, 'files'));

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join('');

describe('what is refused', () => {
  it.each<[string, Buffer | string, string, string]>([
    ['12: svg as jpg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'photo.jpg', 'kind'],
    ['12: html as png', '<!doctype html><script>alert(1)</script>', 'photo.png', 'kind'],
    ['12: a script as pdf', 'alert(1)//%PDF-', 'report.pdf', 'kind'],
    ['13: GIF and archive in one', Buffer.from('GIF89a\x01PK\x03\x04', 'latin1'), 'x.jpg', 'kind'],
    ['14: an archive', Buffer.from('PK\x03\x04\x14\x00', 'latin1'), 'report.docx', 'kind'],
    ['14: another archive', Buffer.from('Rar!\x1a\x07\x00', 'latin1'), 'report.pdf', 'kind'],
    ['16: half a document', '%PDF-1.7\nhalf', 'report.pdf', 'unreadable'],
    ['16: a locked document', '%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF\n', 'report.pdf', 'locked'],
    [
      '13: a document with a script',
      '%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS (app.alert) >> >>\nendobj\n%%EOF\n',
      'report.pdf',
      'active',
    ],
    ['16: nothing', '', 'report.pdf', 'empty'],
    ['17: the test virus', EICAR, 'photo.jpg', 'kind'],
    [
      '13: a picture in its first bytes only',
      Buffer.from('\x89PNG\r\n\x1a\n<script>', 'latin1'),
      'x.png',
      'unreadable',
    ],
  ])('%s', async (name, bytes, label, reason) => {
    const visitor = await app.visitor();
    const before = onDisk().length;
    const answer = await upload(visitor, [[bytes, label]]);
    expectSound(answer, name);
    expect(answer.status).toBe(200);
    const wanted = app.sila.host('website').say(`edge.file_${reason}`, 'ar');
    const heard = await visitor.heard(2);
    expect(heard.some(({ text }) => text.includes(wanted))).toBe(true);
    expect(onDisk()).toHaveLength(before);
  });

  it('18: the fifty-first file, for this person only', async () => {
    const [visitor, other] = [await app.visitor(), await app.visitor()];
    const ten = Array.from({ length: 10 }, (_, i): [string, string] => [`OggS voice ${i}`, 'voice.ogg']);
    for (let i = 0; i < 5; i += 1) expect((await upload(visitor, ten)).status).toBe(200);
    const before = onDisk().length;
    expect((await upload(visitor, ten.slice(0, 2))).status).toBe(200);
    expect(onDisk()).toHaveLength(before);
    const wanted = app.sila.host('website').say('edge.file_quota', 'ar', { max: 50 });
    await expect.poll(async () => (await visitor.heard(6)).some(({ text }) => text.includes(wanted))).toBe(true);
    expect((await upload(other, ten.slice(0, 1))).status).toBe(200);
    expect(onDisk()).toHaveLength(before + 1);
  });
});

describe('names', () => {
  it.each([
    ['11: up and out', '../../../etc/passwd.png', 'passwd.png'],
    ['11: the other way up', '..\\..\\boot.ini.png', 'boot.ini.png'],
    ['11: a device', 'CON', 'CON.png'],
    ['11: a hidden one', '.htaccess', 'htaccess.png'],
    ['11: three hundred letters', `${'x'.repeat(300)}.png`, null],
    ['19: a line of a header', 'x.png"\r\nSet-Cookie: a=1', null],
    ['19: right to left', 'gnp.\u202Egpj.exe', null],
    ['33: markup', '<img src=x onerror=alert(1)>.png', null],
    ['84: an object', '__proto__', '__proto__.png'],
  ])('%s', async (name, given, shown) => {
    const visitor = await app.visitor();
    expectSound(await upload(visitor, [[png, given]]), name);
    const heard = (await visitor.heard(2)) as unknown as { attachments?: { name: string; contentUrl: string }[] }[];
    const file = heard.flatMap((one) => one.attachments ?? [])[0]!;
    expect(file.name.length).toBeLessThanOrEqual(100);
    expect(file.name).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069/\\<>"]/u);
    if (shown !== null) expect(file.name).toBe(shown);
    for (const at of onDisk()) expect(at).toMatch(/^[0-9a-f-]{36}$/);
    const got = await fetch(file.contentUrl);
    expect(got.headers.get('content-disposition')).toMatch(
      /^attachment; filename="file"; filename\*=UTF-8''[\w.%~!&+^`|#$-]+$/,
    );
    expect(got.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(got.headers.get('set-cookie')).toBeNull();
  });
});

it('11: NUL in a name is a broken upload', async () => {
  const answer = await upload(await app.visitor(), [[png, 'a\u0000b.png']]);
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BadUpload' } } });
});

it('52: a file opens for its own person and for staff, by no other id, token or way', async () => {
  const [mine, other] = [await app.visitor(), await app.visitor()];
  await upload(mine, [[png, 'report.png']]);
  await upload(other, [[png, 'other.png']]);
  const link = async (visitor: Visitor): Promise<URL> => {
    const heard = (await visitor.heard(2)) as unknown as { attachments?: { contentUrl: string }[] }[];
    return new URL(heard.flatMap((one) => one.attachments ?? [])[0]?.contentUrl ?? '');
  };
  const [own, foreign] = [await link(mine), await link(other)];
  expect((await app.ask(own.pathname + own.search)).status).toBe(200);
  const crossed = await app.ask(foreign.pathname + own.search);
  const unknown = await app.ask(own.pathname.replace(/.$/, '0') + own.search.replace('t=', 'x='));
  expect([crossed.status, unknown.status]).toEqual([404, 401]);
  expect((await app.ask(own.pathname, { headers: { authorization: `Bearer ${mine.token}` } })).status).toBe(401);
  const id = own.pathname.split('/').at(-1) ?? '';
  const seen = await clerk.ask(`/files/${id}?show=1`);
  expect(seen.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(seen.headers.get('cache-control')).toBe('no-store');
});

it('1, 18: an upload without an end is cut off, and the next one goes on', async () => {
  const visitor = await app.visitor();
  const head =
    `POST /v3/directline/conversations/${visitor.id}/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${visitor.token}\r\n` +
    `X-Forwarded-For: ${visitor.ip}\r\nContent-Type: multipart/form-data; boundary=b\r\n`;
  expect(await app.raw(`${head}Content-Length: 999999999\r\n\r\n--b\r\n`, 2_000)).toMatch(/^HTTP\/1.1 413/);
  const broken = [
    '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nabc',
    '--b\r\n\r\n\r\n--b--',
    '--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nx\r\n--b--\r\n',
    `--b\r\n${'X: y\r\n'.repeat(3_000)}\r\n--b--`,
    `--b\r\nContent-Disposition: form-data; name="file"; filename*=UTF-8''%ff%00\r\n\r\nx\r\n--b--\r\n`,
    '',
  ];
  for (const body of broken) {
    const answer = await app.raw(`${head}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`, 3_000);
    expect([body.slice(0, 60), Number(answer.slice(9, 12)) < 500]).toEqual([body.slice(0, 60), true]);
  }
  expect((await upload(visitor, [[png, 'ok.png']])).status).toBe(200);
});

it('nothing was put aside and nothing failed', () => {
  expect(app.log.filter((line) => /failed|quarantined|lost|not_kept|not_accepted/.test(line)).slice(0, 3)).toEqual([]);
});
