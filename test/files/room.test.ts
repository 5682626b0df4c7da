// The room of files: what is taken, what is refused and why, and that what is kept opens only for whom it should.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blobsOnDisk } from '../../src/files/disk.js';
import { FILE_LIMITS, FileRoom } from '../../src/files/room.js';
import type { KeptFile } from '../../src/files/room.js';
import { Vault } from '../../src/privacy/vault.js';
import type { Store } from '../../src/store/contract.js';
import { openModelStore } from '../store/model.js';

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_780_000_000_000;
let dir = '';
let store: Store;
let vault: Vault;
let room: FileRoom;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sila-files-'));
  store = openModelStore();
  vault = await Vault.open({ keys: store.keys, encryptionKeys: [randomBytes(32)] });
  room = new FileRoom({ blobs: blobsOnDisk(dir), files: store.files, vault, newId: randomUUID, now: () => NOW });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const pdf = (body = '') => Buffer.from(`%PDF-1.7\n${body}\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`, 'latin1');
const picture = (width = 40, height = 20) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 60 } } });
const kept = (result: Awaited<ReturnType<FileRoom['keep']>>): KeptFile => {
  if ('refused' in result) throw new Error(`refused: ${result.refused}`);
  return result;
};

describe('what is taken', () => {
  it.each([
    ['jpeg', async () => picture().jpeg().toBuffer(), 'image/jpeg'],
    ['png', async () => picture().png().toBuffer(), 'image/png'],
    ['webp', async () => picture().webp().toBuffer(), 'image/webp'],
    ['pdf', () => Promise.resolve(pdf()), 'application/pdf'],
    ['ogg', () => Promise.resolve(Buffer.from('OggS\0\x02voice')), 'audio/ogg'],
    ['m4a', () => Promise.resolve(Buffer.from('\0\0\0\x1cftypM4A voice', 'latin1')), 'audio/mp4'],
    ['mp3', () => Promise.resolve(Buffer.from('ID3\x04voice')), 'audio/mpeg'],
    ['mp3 without a tag', () => Promise.resolve(Buffer.from([0xff, 0xfb, 0x90, 0])), 'audio/mpeg'],
  ])('%s, whatever its name says', async (_, bytes, mime) => {
    const file = kept(await room.keep('a1', 'report.exe', await bytes()));
    expect(file.mime).toBe(mime);
    const read = await room.read(file.id);
    expect(read?.ref).toEqual(file);
    expect(read?.bytes).toHaveLength(file.bytes);
  });

  it('a document byte by byte', async () => {
    const bytes = pdf('x'.repeat(5_000));
    const file = kept(await room.keep('a1', 'تقرير.pdf', bytes));
    expect((await room.read(file.id))?.bytes.equals(bytes)).toBe(true);
    expect(file.name).toBe('تقرير.pdf');
  });

  it('the largest file that is allowed', async () => {
    const bytes = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(FILE_LIMITS.bytes - 4)]);
    expect(kept(await room.keep('a1', 'voice', bytes)).bytes).toBe(FILE_LIMITS.bytes);
  });
});

describe('what is refused', () => {
  const script = '<script>alert(1)</script>';
  it.each([
    ['nothing', Buffer.alloc(0), 'file_empty'],
    ['one byte too many', Buffer.alloc(FILE_LIMITS.bytes + 1), 'file_too_big'],
    ['svg', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`), 'file_kind'],
    ['html', Buffer.from(`<!doctype html>${script}`), 'file_kind'],
    ['xml', Buffer.from('<?xml version="1.0"?><a/>'), 'file_kind'],
    ['a script', Buffer.from('alert(1)'), 'file_kind'],
    ['zip or docx', Buffer.from('PK\x03\x04'), 'file_kind'],
    ['a program', Buffer.from('MZ\x90\x00'), 'file_kind'],
    ['gif', Buffer.from('GIF89a'), 'file_kind'],
    ['video', Buffer.from('\0\0\0\x18ftypisom', 'latin1'), 'file_kind'],
    ['a few bytes', Buffer.from([0xff]), 'file_kind'],
    ['a cut document', Buffer.from('%PDF-1.7\nhalf'), 'file_unreadable'],
    ['a locked document', pdf('<< /Encrypt 5 0 R >>'), 'file_locked'],
    ['a picture in name only', Buffer.from('\xff\xd8\xff\xe0 not really', 'latin1'), 'file_unreadable'],
  ])('%s', async (_, bytes, reason) => {
    expect(await room.keep('a1', 'photo.jpg', bytes)).toMatchObject({ refused: reason });
    expect(await readdir(dir)).toEqual([]);
    expect(await store.files.ids()).toEqual([]);
  });

  it('a cut picture', async () => {
    const noise = sharp(randomBytes(300 * 300 * 3), { raw: { width: 300, height: 300, channels: 3 } });
    const whole = await noise.jpeg().toBuffer();
    expect(await room.keep('a1', 'x.jpg', whole.subarray(0, whole.length / 2))).toEqual({ refused: 'file_unreadable' });
  });

  it('a flood of pixels, by its header', async () => {
    const bomb = whitePng(9_000, 9_000);
    expect(await sharp(bomb).metadata()).toMatchObject({ format: 'png', width: 9_000, height: 9_000 });
    expect(bomb.length).toBeLessThan(FILE_LIMITS.bytes);
    expect(await room.keep('a1', 'x.png', bomb)).toEqual({ refused: 'file_pixels', values: { max: 40 } });
  });

  it('the file after the quota, for this person only, also when all come at once', async () => {
    const voice = Buffer.from('OggS voice');
    const results = await Promise.all(
      Array.from({ length: FILE_LIMITS.filesOfOwner + 3 }, () => room.keep('a1', 'voice', voice)),
    );
    expect(results.filter((result) => 'refused' in result)).toEqual(
      Array.from({ length: 3 }, () => ({ refused: 'file_quota', values: { max: 50 } })),
    );
    expect(await room.keep('a1', 'voice', voice)).toMatchObject({ refused: 'file_quota' });
    expect(kept(await room.keep('a2', 'voice', voice)).mime).toBe('audio/ogg');
  });

  it('what is more than one may have in all, however few files it is', async () => {
    const { bytesOfOwner } = FILE_LIMITS;
    const row = { owner: 'a1', mime: 'audio/ogg', digestKey: 'd', at: 1, caseNumber: null, caseSealed: null };
    await store.files.add({ ...row, id: 'big', bytes: bytesOfOwner - 100, sealed: new Uint8Array() });
    const half = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(56)]);
    const both = await Promise.all([room.keep('a1', 'voice', half), room.keep('a1', 'voice', half)]);
    expect(both.filter((result) => 'refused' in result)).toEqual([{ refused: 'file_room', values: { max: 250 } }]);
    expect(kept(await room.keep('a2', 'voice', half)).bytes).toBe(60);
  });

  it('has words in both languages for every reason', async () => {
    for (const language of ['ar', 'en']) {
      const texts = await readFile(new URL(`../../flows/texts/${language}.yaml`, import.meta.url), 'utf8');
      for (const key of ['kind', 'empty', 'too_big', 'pixels', 'unreadable', 'locked', 'quota', 'room']) {
        expect(texts).toMatch(new RegExp(`^edge\\.file_${key}: ".+"$`, 'm'));
      }
    }
  });
});

describe('pictures', () => {
  it('lose place and device, and stand upright', async () => {
    const exif = { IFD0: { Make: 'SecretPhone' }, IFD3: { GPSLatitude: '24/1 42/1 0/1', GPSLatitudeRef: 'N' } };
    const taken = await picture(40, 20).jpeg().withMetadata({ orientation: 6, exif }).toBuffer();
    expect(taken.includes('SecretPhone')).toBe(true);
    const file = kept(await room.keep('a1', 'IMG.jpg', taken));
    const bytes = (await room.read(file.id))?.bytes ?? Buffer.alloc(0);
    const facts = await sharp(bytes).metadata();
    expect(facts).toMatchObject({ format: 'jpeg', width: 20, height: 40 });
    expect(facts.exif).toBeUndefined();
    expect(bytes.includes('SecretPhone')).toBe(false);
  });

  it('lose what is hidden behind them', async () => {
    const polyglot = Buffer.concat([await picture().png().toBuffer(), Buffer.from('<script>alert(1)</script>')]);
    const file = kept(await room.keep('a1', 'x.png', polyglot));
    expect((await room.read(file.id))?.bytes.includes('script')).toBe(false);
  });
});

describe('names', () => {
  it.each([
    ['../../etc/passwd', 'passwd.pdf'],
    ['..\\..\\win.ini', 'win.ini.pdf'],
    ['تقرير طبي.PDF', 'تقرير طبي.pdf'],
    ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie x.pdf'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe.pdf'],
    ['a\u0000b\u200B\u2066c.pdf', 'abc.pdf'],
    ['"quoted".pdf', 'quoted.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['\ud800lone.pdf', 'lone.pdf'],
    ['', 'file.pdf'],
    ['...', 'file.pdf'],
    ['x'.repeat(300), `${'x'.repeat(94)}.pdf`],
    ['😀'.repeat(100), `${'😀'.repeat(47)}.pdf`],
  ])('%j becomes %j', async (name, label) => {
    expect(kept(await room.keep('a1', name, pdf())).name).toBe(label);
  });
});

describe('on disk', () => {
  it('lies nothing readable, under a name of ours', async () => {
    const file = kept(await room.keep('a1', 'secret-name.pdf', pdf('هوية 1012345678')));
    expect(await readdir(dir)).toEqual([file.id]);
    const bytes = await readFile(join(dir, file.id));
    expect(bytes.includes('1012345678')).toBe(false);
    expect(bytes.includes('%PDF')).toBe(false);
    const row = await store.files.get(file.id);
    expect(Buffer.from(row?.sealed ?? []).includes('secret-name')).toBe(false);
  });

  it('a changed file is not handed out', async () => {
    const file = kept(await room.keep('a1', 'x.pdf', pdf()));
    const bytes = await readFile(join(dir, file.id));
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    await writeFile(join(dir, file.id), bytes);
    await expect(room.read(file.id)).rejects.toMatchObject({ code: 'tampered' });
  });

  it('orphans go after a day, everything else stays', async () => {
    const file = kept(await room.keep('a1', 'x.pdf', pdf()));
    const old = new Date(NOW - DAY - 1);
    for (const name of ['orphan-old', 'orphan-new']) await writeFile(join(dir, name), 'x');
    await utimes(join(dir, 'orphan-new'), new Date(NOW - DAY + 1), new Date(NOW - DAY + 1));
    for (const name of ['orphan-old', file.id]) await utimes(join(dir, name), old, old);
    expect(await room.sweepOrphans(NOW)).toBe(1);
    expect((await readdir(dir)).sort()).toEqual([file.id, 'orphan-new'].sort());
  });

  it('a removed file is gone, and gone again', async () => {
    const file = kept(await room.keep('a1', 'x.pdf', pdf()));
    await room.remove(file.id);
    await room.remove(file.id);
    expect(await room.read(file.id)).toBeNull();
    expect(await readdir(dir)).toEqual([]);
  });

  it('a file that disappeared is no file', async () => {
    const file = kept(await room.keep('a1', 'x.pdf', pdf()));
    await rm(join(dir, file.id));
    expect(await room.read(file.id)).toBeNull();
    expect(await room.read('unknown')).toBeNull();
  });
});

describe('erasure', () => {
  it('closes the file of an erased person', async () => {
    const file = kept(await room.keep('a1', 'x.pdf', pdf()));
    await vault.destroy('address:a1', NOW);
    expect(await room.read(file.id)).toBeNull();
    await expect(room.keep('a1', 'x.pdf', pdf())).rejects.toMatchObject({ code: 'erased' });
    expect(await readdir(dir)).toEqual([file.id]);
  });

  it('leaves it to a case that holds it, until that is erased too', async () => {
    const file = kept(await room.keep('a1', 'x.pdf', pdf()));
    await room.attach(file.id, '730488152096');
    await vault.destroy('address:a1', NOW);
    expect((await room.read(file.id))?.ref.name).toBe('x.pdf');
    await vault.destroy('case:730488152096', NOW);
    expect(await room.read(file.id)).toBeNull();
  });
});

/** A whole PNG of one bit a pixel, made without drawing it. */
function whitePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    return Buffer.concat([uint32(data.length), named, uint32(crc32(named))]);
  };
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([1, 0, 0, 0, 0])]);
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
