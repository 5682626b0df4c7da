// What holds for every answer type and every input.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCorpora } from '../../../bench/answers/rows.js';
import { answerTypes } from '../../../src/engine/answers/index.js';
import { isSaudiId } from '../../../src/engine/answers/saudi-id.js';
import { clean } from '../../../src/engine/text/clean.js';
import { dammDigit } from '../../../src/engine/text/damm.js';
import { digits, plain } from '../../../src/engine/text/normalise.js';
import type { AnswerType, Json, Reading } from '../../../src/engine/types.js';
import { quickest } from '../../support/quickest.js';

const NOW = Date.UTC(2026, 0, 15);
const OPTIONS = { yes: ['نعم', 'yes'], no: ['لا', 'no'], zone: 'Asia/Riyadh' };
const types = [...answerTypes.values()];
const corpora = readCorpora(new URL('../../answers/', import.meta.url));

/** Reads without the cap of `clean`, so that a slow pattern shows. */
function readRaw(type: AnswerType, text: string): Reading {
  return type.read({ text, plain: plain(text), files: [] }, OPTIONS, NOW);
}

function read(type: AnswerType, text: string): Reading {
  return readRaw(type, clean(text));
}

/** Pieces of real answers among any characters: pure noise hardly ever gets past the first test of a reader. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('1098765439', '٥', '05', '+966', 'SA03', '@', '.', '/', '-', ' ', 'محرم', '1447', 'خمسة', 'وعشرين', 'آلاف', 'لا', 'نعم', '⭐', '\u{1f468}\u200d', 'َ', '\ud800', 'من', 'RRRD', '2929', 'https://maps.google.com/?q=24.7136,46.6753', '24.7136', '°', 'قبل', 'أيام', 'الأحد', 'الماضي', 'أمس', 'ألف', 'ونص', 'مية', 'ربيع', 'مليون', 'last', 'twenty', 'hundred', 'k'),
); // prettier-ignore
const anything = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

describe.each(types.map((type) => [type.name, type] as const))('%s', (_name, type) => {
  test('never throws, gives plain JSON, and shows what it read', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom('ar', 'en'), fc.boolean(), (text, language, masked) => {
        const reading = read(type, text);
        expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
        if ('value' in reading) expect(type.show(reading.value, language, masked)).toBeTypeOf('string');
        else
          for (const run of digits(text).match(/\d{6,}/g) ?? [])
            expect(JSON.stringify(reading.values ?? {})).not.toContain(run);
      }),
      { numRuns: 300 },
    );
  });

  test('shows anything that an older set may have stored, without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(type.show(value as Json, 'ar', true)).toBeTypeOf('string');
      }),
    );
  });

  test('takes linear time: ten times the text, about ten times the time', () => {
    const hard = [
      '1',
      '1-',
      '1 ',
      ' ',
      'a',
      'a.',
      '@',
      'a@',
      'a@a.',
      'SA03',
      'عبد ',
      '.',
      '/1',
      ',1',
      '1,111',
      'و',
      'خمسة ',
      'َ',
      '⭐',
      'محرم ',
      'ربيع ',
      'قبل ',
      'قبل 3 ',
      'الأحد ',
      'last ',
      'ألف ',
      '5 ألف و',
      '5 a ',
      'مية و',
      'نعم ',
      'R',
      'RRRD2929 ',
      'R R ',
      '24.7,',
      "24°42'",
      'https://',
      'geo:',
      'x*',
      '1x',
    ];
    for (const unit of hard) {
      const small = quickest(() => readRaw(type, unit.repeat(Math.ceil(3_000 / unit.length))), 5);
      // A quadratic reader needs a hundred times as long, and seconds for the large text.
      const most = Math.max(small, 5) * 40;
      const large = quickest(() => readRaw(type, unit.repeat(Math.ceil(30_000 / unit.length))), most);
      expect(large, `${JSON.stringify(unit)}: ${small} ms, ${large} ms`).toBeLessThan(most);
    }
  });
});

describe('a reading does not change with', () => {
  const seeds = types
    .filter(({ name }) => name !== 'text')
    .flatMap((type) => seedsOf(type.name).map((seed) => [type, seed] as const));
  /** `typed` keeps what the person wrote, so it differs by design. */
  const meaning = (reading: Reading): string =>
    JSON.stringify(reading, (key, value: unknown) => (key === 'typed' ? '' : value));

  test.each([
    ['the digit set', (text: string, choose: (n: number) => number) => text.replace(/[0-9]/g, (d) => String.fromCodePoint([0x30, 0x660, 0x6f0, 0xff10][choose(4)]! + Number(d)))],
    ['tatweel', (text: string, choose: (n: number) => number) => text.replace(/(?<=[\u0628-\u063a])(?=[\u0628-\u063a])/g, () => 'ـ'.repeat(choose(3)))],
    ['zero-width characters and tags', (text: string, choose: (n: number) => number) => scattered(text, ['', '', '\u200b', '\u200d', '\ufeff', '\u{e0041}'], choose)],
    ['bidi marks', (text: string, choose: (n: number) => number) => scattered(text, ['', '', '\u200e', '\u200f', '\u202e', '\u2066', '\u061c'], choose)],
  ])('%s', (_name, change) => {
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.infiniteStream(fc.nat()), ([type, seed], numbers) => {
        const choose = (n: number): number => (numbers.next().value as number) % n;
        expect(meaning(read(type, change(seed, choose)))).toBe(meaning(read(type, seed)));
      }),
      { numRuns: 600 },
    );
  }); // prettier-ignore

  function scattered(text: string, marks: string[], choose: (n: number) => number): string {
    return Array.from(text)
      .map((letter) => letter + marks[choose(marks.length)]!)
      .join('');
  }

  function seedsOf(name: string): string[] {
    const rows = corpora.find(({ type }) => type === name)?.rows ?? [];
    return rows.map(({ input }) => input).filter((input) => input.trim() !== '' && !/^@|[\p{Cf}\n]/u.test(input));
  }
});

describe('check digits', () => {
  const id = answerTypes.get('saudi_id')!;
  const number = answerTypes.get('case_number')!;

  test('exactly one last digit makes an ID valid', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000, max: 299_999_999 }), (front) => {
        const valid = Array.from('0123456789').filter((digit) => isSaudiId(`${front}${digit}`));
        expect(valid).toHaveLength(1);
        expect(read(id, `${front}${valid[0]!}`)).toEqual({ value: `${front}${valid[0]!}` });
      }),
    );
  });

  test('a case number survives no single wrong digit and no exchange of neighbours', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 999_999_999_999 }),
        fc.nat({ max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        (random, at, add) => {
          const front = String(random).padStart(12, '0');
          const whole = front + dammDigit(front);
          expect(read(number, whole)).toEqual({ value: whole });
          const typed = Array.from(whole);
          const wrong = typed.with(at, String((Number(typed[at]) + add) % 10)).join('');
          expect(read(number, wrong)).toEqual({ wrong: 'check' });
          const next = (at + 1) % 13;
          if (next === 0 || typed[at] === typed[next]) return;
          const swapped = typed
            .with(at, typed[next] ?? '')
            .with(next, typed[at] ?? '')
            .join('');
          expect(read(number, swapped)).toEqual({ wrong: 'check' });
        },
      ),
    );
  });

  test('the short way for Saudi mobiles agrees with the library', () => {
    const phone = answerTypes.get('phone')!;
    fc.assert(
      fc.property(fc.nat({ max: 99_999_999 }), (rest) => {
        const local = `05${String(rest).padStart(8, '0')}`;
        expect(read(phone, local)).toEqual(read(phone, `+966${local.slice(1)}`));
      }),
    );
  });
});
