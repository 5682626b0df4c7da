// Arabic letters under a wrong charset (channels/email/charset.ts): read as what they are; those of other languages stay as they stand.
import { describe, expect, it } from 'vitest';
import { mended } from '../../channels/email/charset.js';
import { readHere } from '../../channels/email/reading.js';

const TEXT = 'السلام عليكم، أحتاج مساعدة';
const latin = new TextDecoder('windows-1252');

function windows(text: string): Buffer {
  const read = new TextDecoder('windows-1256');
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [read.decode(Uint8Array.of(byte)), byte]));
  return Buffer.from(Array.from(text, (letter) => bytes.get(letter)!));
}

const names = [
  ...['windows-1256', 'cp1256', 'x-windows-1256', 'windows1256', 'us-ascii', 'unknown-8bit', 'x-unknown', 'default'],
  ...['binary', 'iso-8859-1', 'windows-1252', 'ansi_x3.110-1983'],
];

describe.each(names)('Arabic under the name %s', (name) => {
  const written: [string, Buffer][] = [['of Windows', windows(TEXT)]];
  if (!name.includes('1256')) written.push(['in UTF-8', Buffer.from(TEXT)]);
  it.each(written)('%s is Arabic in words, subject, name and the names of files', async (_, bytes) => {
    const word = `=?${name}?B?${bytes.toString('base64')}?=`;
    for (const kind of ['plain', 'html']) {
      const head = `From: ${word} <a@example.com>\r\nSubject: ${word}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n`;
      const text = `--b\r\nContent-Type: text/${kind}; charset=${name}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
      const [before, after] = kind === 'html' ? ['<html><body><p class="MsoNormal">', '</p></body></html>'] : ['', ''];
      const file = `\r\n--b\r\nContent-Type: application/pdf; name="${word}"\r\n\r\n%PDF\r\n--b--\r\n`;
      const letter = Buffer.concat([Buffer.from(`${head}${text}${before}`), bytes, Buffer.from(`${after}${file}`)]);
      const reading = await readHere(letter);
      expect(reading).toMatchObject({
        words: TEXT,
        letter: { subject: TEXT, from: { name: TEXT }, attachments: [{ name: TEXT }] },
      });
    }
  });
});

it.each([
  'Ça a été créé à l’école : « où ? »',
  'Þýðing er góð, ætíð',
  'ÄÖÜ, äöü und ß',
  'İyi günler, şükür',
  'Déjà',
  '50 € – “good”…',
  '½ °',
  'مرحبا',
  'Ça va? مرحبا',
  '',
])('%j stays as it is', (text) => expect(mended(text)).toBe(text));

it('a short subject of Arabic alone, and Arabic beside an address and a name in Latin letters, are mended', () => {
  expect(mended(latin.decode(windows('من')))).toBe('من');
  const signed = 'أرجو مساعدتي في علاج والدتي\nMohammed Ahmed, Hospital of King Fahd <mohammed@example.com>';
  expect(mended(latin.decode(windows(signed)))).toBe(signed);
});

describe('Arabic of Windows whose part names no charset', () => {
  const from = 'From: a@example.com\r\n';
  const type = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n';
  const file = (head: string, body: Buffer): Buffer =>
    Buffer.concat([Buffer.from(`\r\n--b\r\n${head}\r\n\r\n`), body, Buffer.from('\r\n--b--\r\n')]);
  const base64 = Buffer.from('QUJD'.repeat(19).concat('\r\n').repeat(26_000));
  const pdf = 'Content-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64';

  it.each([
    ['beside a large file', '', file(pdf, base64)],
    [
      'beside a file that names one',
      'Content-Type: text/plain\r\n',
      file('Content-Type: text/csv; charset=utf-8; name="a.csv"', Buffer.from('a,b')),
    ],
  ])('is read %s', async (_, head, rest) => {
    const letter = Buffer.concat([Buffer.from(`${from}${type}${head}\r\n`), windows(TEXT), rest]);
    expect(await readHere(letter)).toMatchObject({ words: TEXT });
  });

  it('is read where its words speak of one', async () => {
    const letter = Buffer.concat([Buffer.from(`${from}\r\n`), windows(`${TEXT} charset=utf-8`)]);
    expect(await readHere(letter)).toMatchObject({ words: `${TEXT} charset=utf-8` });
  });

  it('leaves the bytes of a file as they are', async () => {
    const bytes = Buffer.from([0x80, 0xc7, 0xff, 0x00]);
    const rest = file('Content-Type: image/png; name="a.png"\r\nContent-Transfer-Encoding: binary', bytes);
    const reading = await readHere(Buffer.concat([Buffer.from(`${from}${type}\r\n`), windows(TEXT), rest]));
    expect(reading).toMatchObject({ words: TEXT, letter: { attachments: [{ name: 'a.png' }] } });
    if (reading.kind === 'read') expect(reading.letter.attachments[0]?.bytes.subarray(0, 4)).toEqual(bytes);
  });
});
