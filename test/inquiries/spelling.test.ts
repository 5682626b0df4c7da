// Slips of the thumb are mended where a common word is near; what is known, short or turned around stays as it was typed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Spelling } from '../../src/inquiries/classifier/spelling.js';

const often = (word: string): string[] => Array.from({ length: 5 }, () => word);
const spelling = new Spelling([
  ...['رفض', 'اعترض', 'انسحب', 'سحب', 'طلبي', 'اوافق', 'receipt'].flatMap(often),
  ...often('طلبي'),
  ...['طلبه', 'طلبه', 'نادر'],
]);

const LETTERS = ['ا', 'ع', 'ت', 'ر', 'ض', 'ص', 'ن', 'س', 'ح', 'ب', 'ط', 'ل', 'ي', 'و', 'ف', 'ق', 'e', ' '];

describe('a slip', () => {
  test.each([
    ['a wrong key', 'اعترص', 'اعترض'],
    ['a letter too few', 'اعتض', 'اعترض'],
    ['a letter too many', 'انسحبب', 'انسحب'],
    ['two letters in the wrong order', 'اعتضر', 'اعترض'],
    ['in English', 'reciept', 'receipt'],
  ])('is mended: %s', (_what, typed, meant) => {
    expect(spelling.meant(typed)).toBe(meant);
  });

  test.each([
    ['is known itself', 'طلبه'],
    ['is short', 'رفظ'],
    ['is near no common word', 'نادي'],
    ['would turn the meaning around', 'لاوافق'],
    ['is two slips away', 'اعترصو'],
    ['is nothing', ''],
  ])('is none where a word %s', (_what, typed) => {
    expect(spelling.meant(typed)).toBeUndefined();
  });

  test('that is near several words is meant as the one that is written most', () => {
    expect(new Spelling([...often('سلام'), ...often('كلام'), 'كلام']).meant('ءلام')).toBe('كلام');
  });
});

test('any text is met by a common word or by none', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 12 }), (typed) => {
      expect([undefined, 'اعترض', 'انسحب', 'طلبي', 'اوافق', 'receipt']).toContain(spelling.meant(typed));
    }),
  );
});
