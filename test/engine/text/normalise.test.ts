// The normal form, cleaning and digits.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean, MAX_TEXT } from '../../../src/engine/text/clean.js';
import { digits, legible, plain, tokens } from '../../../src/engine/text/normalise.js';
import { stripBidi } from '../../../src/engine/text/invisible.js';

const unicode = fc.string({ unit: 'binary', maxLength: 400 });
const arabic = fc.string({ unit: fc.constantFrom(...Array.from('ابتةىئءأإآ لـًّٓٔ٥۵پک‌‏ﻻَ!')), maxLength: 60 });

describe('clean', () => {
  test.each([
    ['plain text stays', 'hello, world', 'hello, world'],
    ['spaces around it go', '  نعم \n', 'نعم'],
    ['NUL and control characters go, lines and tabs stay', 'a\0b\u0007c\u009fd\ne\tf', 'abcd\ne\tf'],
    ['lone surrogates become the replacement character', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['whole surrogate pairs stay', '😀', '😀'],
    ['eight marks stay on a letter', `a${'\u0301'.repeat(20)}b`, `a${'\u0301'.repeat(8)}b`],
    ['Arabic vowel signs stay', 'مُحَمَّد', 'مُحَمَّد'],
    ['eight of them stay on a letter', `م${'َ'.repeat(9)}ن`, `م${'َ'.repeat(8)}ن`],
  ])('%s', (_name, text, expected) => expect(clean(text)).toBe(expected));

  test('takes 4,096 units and never half a character', () => {
    expect(clean('a'.repeat(1_000_000))).toHaveLength(MAX_TEXT);
    expect(clean(`${'a'.repeat(MAX_TEXT - 1)}😀`)).toBe('a'.repeat(MAX_TEXT - 1));
  });

  test('a cleaned text is well formed, survives UTF-8 unchanged, and cleaning again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          unicode,
          fc.string({ unit: fc.constantFrom('\ud800', '\udc00', 'a', '\u0301', ' ', '\0'), maxLength: 60 }),
        ),
        (text) => {
          const cleaned = clean(text);
          expect(Buffer.from(cleaned, 'utf8').toString('utf8')).toBe(cleaned);
          expect(clean(cleaned)).toBe(cleaned);
        },
      ),
    );
  });
});

describe('plain', () => {
  test.each([
    ['ASCII already plain', 'main menu', 'main menu'],
    ['capitals, punctuation, spaces', '  Hello,   WORLD!! ', 'hello world'],
    ['three letters become one, two stay', 'noooo hello', 'no hello'],
    ['three digits stay', '1000 5555', '1000 5555'],
    ['vowel signs', 'نَعَمْ', 'نعم'],
    ['tatweel', 'نـــعـــم', 'نعم'],
    ['stretched letters', 'نعمممممم', 'نعم'],
    ['hamza on alef, waw and yaa', 'أإآٱ مسؤول شاطئ', 'اااا مسوول شاطي'.replace('اااا', 'ا')],
    ['taa marbuta and final yaa', 'جمعية هدى', 'جمعيه هدي'],
    ['combining hamza and madda', 'ا\u0653ب ا\u0654ب و\u0654', 'اب اب و'],
    ['Persian letters', 'یک پچگ', 'يك بجك'],
    ['presentation forms', 'ﻻ ﺃﻭﺍﻓﻖ', 'لا اوافق'],
    ['Arabic, Persian and full-width digits', '٠٥ ۰۵ ０５', '05 05 05'],
    ['bidi marks inside a word', 'نع\u200fم', 'نعم'],
    ['zero-width characters', 'ن\u200bع\u200dم', 'نعم'],
    ['invisible tags', 'نعم\u{e0041}\u{e007f}', 'نعم'],
    ['Arabic punctuation', 'نعم، لا؟', 'نعم لا'],
    ['emoji', 'نعم 👍🏽', 'نعم'],
    ['nothing but signs', '؟!؟', ''],
    ['full-width Latin', 'ＭＥＮＵ', 'menu'],
    ['a hamza of its own stays: ماء is not ما', 'ماء', 'ماء'],
  ])('%s', (_name, text, expected) => expect(plain(text)).toBe(expected));

  test('is idempotent, has single spaces and no capitals', () => {
    fc.assert(
      fc.property(fc.oneof(unicode, arabic, fc.string({ unit: 'grapheme' })), (text) => {
        const once = plain(text);
        expect(plain(once)).toBe(once);
        expect(once).not.toMatch(/^ | $| {2}|[A-Z٠-٩۰-۹]/);
        expect(tokens(once).join(' ')).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  test('the quick way knows every character of its blocks, also under a combining madda or hamza', () => {
    for (let code = 0; code < 0x700; code++) {
      for (const mark of ['', '\u0653', '\u0654', '\u0655']) {
        const written = `ب${String.fromCharCode(code)}${mark}ت`;
        expect(plain(`${written} \u10d0`), `${code.toString(16)} ${mark}`).toBe(`${plain(written)} \u10d0`);
      }
    }
  });

  test('the quick way for ASCII and Arabic gives what the whole way gives', () => {
    const block = fc.integer({ min: 0x5f0, max: 0x710 }).map((code) => String.fromCharCode(code));
    const letters = fc.constantFrom('a', 'A', '7', ' ', '.', 'ب', 'ا', 'ٓ', 'ّ', '٧');
    const text = fc.string({
      unit: fc.oneof(block, letters, fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 })),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, (written) => {
        // A Georgian letter is in no table, so the second text goes the whole way.
        expect(plain(`${written} ა`)).toBe(`${plain(written)} ა`.trim());
      }),
      { numRuns: 3000 },
    );
  });
});

describe('digits', () => {
  test('maps every decimal digit of the common scripts and leaves everything else', () => {
    const zeros = [
      0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
      0x17e0, 0x1810, 0xff10,
    ];
    for (const zero of zeros) {
      const row = Array.from({ length: 10 }, (_, digit) => String.fromCharCode(zero + digit)).join('');
      expect(digits(row), zero.toString(16)).toBe('0123456789');
    }
    expect(digits('رقم ٣ــ، ½ ⅔ ⑤')).toBe('رقم 3ــ، ½ ⅔ ⑤');
  });
  test('legible keeps signs and letters, drops what is not seen', () => {
    expect(legible('\u202e٠٥\u200b/٣ سـارة')).toBe('05/3 سارة');
  });
});

test('stripBidi removes every control of UAX #9 and nothing else', () => {
  const controls = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';
  expect(stripBidi(`a${controls}ب\u200d`)).toBe('aب\u200d');
});
