// What adapters share: reading JSON, cleaning words, counting addresses.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipKey } from '../../channels/common/http.js';
import { parseJson } from '../../channels/common/json.js';
import { cleanFileName, cleanText } from '../../channels/common/text.js';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value);
        if (/__proto__|constructor|prototype/.test(text)) return;
        expect(parseJson(bytes(text))).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });
  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (raw) => typeof parseJson(raw).ok === 'boolean'));
  });
  it.each([
    ['a broken text', '{"a":', 'syntax'],
    ['trailing garbage', '{"a":1} x', 'syntax'],
    ['nesting of 10,000', '['.repeat(10_000) + ']'.repeat(10_000), 'depth'],
    ['a list of 1,001', JSON.stringify(Array.from({ length: 1_001 }, () => 0)), 'items'],
  ])('refuses %s', (_name, text, why) => {
    expect(parseJson(bytes(text))).toEqual({ ok: false, why });
  });
  it('refuses bytes that are not UTF-8', () => {
    expect(parseJson(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ ok: false, why: 'utf8' });
  });
  it('takes nesting of 32 and a list of 1,000, brackets inside texts not counted', () => {
    expect(parseJson(bytes('['.repeat(32) + ']'.repeat(32))).ok).toBe(true);
    expect(parseJson(bytes(JSON.stringify(Array.from({ length: 1_000 }, () => 0)))).ok).toBe(true);
    expect(parseJson(bytes(JSON.stringify({ text: '[{'.repeat(500) + '\\"' + ','.repeat(2_000) }))).ok).toBe(true);
  });
  it('passes over a byte order mark, lets the last duplicate win, drops keys that reach into prototypes', () => {
    expect(parseJson(bytes('\uFEFF{"a":1,"a":2,"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}'))).toEqual({
      ok: true,
      value: { a: 2 },
    });
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

describe('cleanText', () => {
  it('keeps words, line breaks and tabs; drops controls; replaces lone surrogates', () => {
    expect(cleanText('أهلًا\r\nبك\rهنا\tنعم\u0000\u0007\u009f\u001b[31m')).toBe('أهلًا\nبك\nهنا\tنعم[31m');
    expect(cleanText('a\ud83d b')).toBe('a\uFFFD b');
    expect(cleanText('👨‍👩‍👧 نعم‌نعم')).toBe('👨‍👩‍👧 نعم‌نعم');
  });
  it('is well-formed, not longer, and final', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = cleanText(text);
        expect(clean.length).toBeLessThanOrEqual(text.length);
        expect(cleanText(clean)).toBe(clean);
        expect(Buffer.from(clean, 'utf8').toString('utf8')).toBe(clean);
      }),
    );
  });
});

it.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\x\\تقرير.pdf', 'تقرير.pdf'],
  ['a\u202Egpj.exe', 'agpj.exe'],
  ['x\r\nSet-Cookie: a.png', 'xSet-Cookie: a.png'],
  ['n\u0000ul.png', 'nul.png'],
  ['', ''],
  [`${'م'.repeat(300)}.pdf`, `${'م'.repeat(116)}.pdf`],
])('a file called %j is labelled %j', (name, label) => {
  expect(cleanFileName(name)).toBe(label);
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff::9', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
])('limits count %s as %s', (ip, key) => {
  expect(ipKey(ip)).toBe(key);
});
