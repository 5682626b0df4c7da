// Long texts are cut where a reader pauses; nothing is lost, nothing torn.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBefore, splitText } from '../../channels/common/split.js';
import { quickest } from '../support/quickest.js';

const bare = (text: string) => text.replace(/\s+/g, '');
const piece = fc.constantFrom('كلمة ', 'نعم. ', 'لا؟\n', '\n\n', 'س', '👩‍👩‍👧‍👦', 'e\u0301', '12٣', '  ', 'مُحَمَّد ', '!»\n');
const text = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(''));

describe('splitText', () => {
  it('loses no letter, keeps each part within the limit, tears no letter apart', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 11, max: 90 }), (whole, most) => {
        const parts = splitText(whole, most);
        expect(bare(parts.join(''))).toBe(bare(whole));
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(most);
          expect(part).toBe(part.trim());
          expect(part).not.toBe('');
        }
        const letters = (one: string) => [...new Intl.Segmenter('ar').segment(one)].map(({ segment }) => segment);
        expect(parts.flatMap(letters).filter((one) => one.trim() !== '')).toEqual(
          letters(whole)
            .map((one) => one.trim())
            .filter((one) => one !== ''),
        );
      }),
    );
  });

  it.each([
    ['between paragraphs', 'فقرة أولى طويلة.\n\nفقرة ثانية.', 20, ['فقرة أولى طويلة.', 'فقرة ثانية.']],
    ['between lines', 'سطر أول طويل\nسطر ثان', 14, ['سطر أول طويل', 'سطر ثان']],
    ['between sentences', 'جملة أولى؟ جملة ثانية.', 14, ['جملة أولى؟', 'جملة ثانية.']],
    ['between words', 'كلمة بعد كلمة بعد كلمة', 14, ['كلمة بعد كلمة', 'بعد كلمة']],
    ['between letters', 'سسسسسسسس', 5, ['سسسسس', 'سسس']],
    ['nowhere when it fits', 'سلام', 4, ['سلام']],
    ['a blank text into nothing', ' \n ', 4, []],
  ])('cuts %s', (_name, whole, most, parts) => {
    expect(splitText(whole, most)).toEqual(parts);
  });

  it('does not shred a text because of an early pause', () => {
    expect(splitText(`أ\n\n${'ب'.repeat(60)}`, 40)[0]!.length).toBe(40);
  });

  it('stands a letter with ten thousand marks, and half a pair', () => {
    expect(splitText('e' + '\u0301'.repeat(10_000), 100).every((part) => part.length <= 100)).toBe(true);
    expect(splitText('\uD83D'.repeat(9), 2).join('')).toBe('\uD83D'.repeat(9));
  });

  it('is done with a megabyte quickly', () => {
    const split = () => expect(splitText('كلمة طويلة. '.repeat(90_000), 4_096).length).toBeGreaterThan(200);
    expect(quickest(split, 5_000)).toBeLessThan(5_000);
  });
});

describe('splitBefore', () => {
  it('ends with a part that leaves room for options', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 90 }), fc.integer({ min: 11, max: 39 }), (whole, most, atEnd) => {
        const parts = splitBefore(whole, most, atEnd);
        expect(bare(parts.join(''))).toBe(bare(whole));
        expect(parts.every((part) => part.length <= most)).toBe(true);
        expect((parts.at(-1) ?? '').length).toBeLessThanOrEqual(atEnd);
      }),
    );
  });
});
