// Case numbers: drawn at random, read in any writing, and refused when a digit is off.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawNumber, groupCaseNumber, readNumber } from '../../src/cases/number.js';

const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 }).map((list) => list.join(''));
const numbers = digits.map((twelve) => drawNumber(() => twelve));

describe('a case number', () => {
  it('is the design’s example when those digits are drawn', () => {
    const number = drawNumber((count) => '730488152096'.slice(0, count));
    expect(number).toHaveLength(13);
    expect(groupCaseNumber(number)).toMatch(/^7304-8815-2096-\d$/);
  });

  it('is read again in every writing', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.constantFrom('', ' ', '-', '–', '. '),
        fc.constantFrom(0x30, 0x660, 0x6f0, 0xff10),
        (number, gap, zero) => {
          const foreign = (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
          const written = groupCaseNumber(number).split('-').map(foreign).join(gap);
          expect(readNumber(written)).toBe(number);
          expect(readNumber(`\u200f${written}\u200f`)).toBe(number);
        },
      ),
    );
  });

  it('is refused with one digit wrong, or two neighbours swapped', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 9 }), (number, at, add) => {
        const wrong = String((Number(number[at]) + add) % 10);
        expect(readNumber(number.slice(0, at) + wrong + number.slice(at + 1))).toBeNull();
        const swapped = number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2);
        if (swapped !== number && at < 12) expect(readNumber(swapped)).toBeNull();
      }),
    );
  });

  it('is not found in what is something else', () => {
    for (const other of ['', '123', 'رقم', '7304881520964123', '1'.repeat(10_000), '+966551234567', '{"$ne":1}']) {
      expect(readNumber(other)).toBeNull();
    }
  });
});
