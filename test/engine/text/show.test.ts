// How values are shown: masked, shortened, as dates; and the check digit of case numbers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dateOfDay,
  dayNumber,
  exists,
  fromIso,
  isoDate,
  monthLength,
  YEARS,
} from '../../../src/engine/text/calendar.js';
import { dammDigit, dammValid, groupCaseNumber } from '../../../src/engine/text/damm.js';
import { dayIn, showDate, showDay } from '../../../src/engine/text/dates.js';
import { directionOf, languageDirection } from '../../../src/engine/text/direction.js';
import { maskEmail, maskIban, maskId, maskName, maskPhone, maskText } from '../../../src/engine/text/mask.js';
import { shorten } from '../../../src/engine/text/shorten.js';

describe('masks', () => {
  test.each([
    [maskId, '1098765439', '******5439'],
    [maskPhone, '0512345678', '05******78'],
    [maskPhone, '+966512345678', '+9665******78'],
    [maskPhone, '123', '***'],
    [maskIban, 'SA0380000000608010167519', 'SA******************7519'],
    [maskEmail, 'sara@example.org', 's***@example.org'],
    [maskName, 'سارة العلي', 'س*** ا***'],
    [maskText, 'AB-12', '**-12'],
    [maskText, 'abc', '**c'],
    [maskText, '', ''],
  ])('%o %s → %s', (mask, value, shown) => expect(mask(value)).toBe(shown));

  test('a masked text keeps its length, shows at most four letters or digits, and masking again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab1٥س -*')) }), (text) => {
        const masked = maskText(text);
        expect(masked).toHaveLength(text.length);
        expect((masked.match(/[\p{L}\p{N}]/gu) ?? []).length).toBeLessThanOrEqual(4);
        expect(maskText(masked)).toBe(masked);
      }),
    );
  });
});

describe('shorten', () => {
  test.each([
    ['a short text stays', 'نحتاج دواء', 'نحتاج دواء'],
    ['exactly 25 stays', 'a'.repeat(25), 'a'.repeat(25)],
    ['a middling text is cut at a word', 'We need help with the rent now', 'We need help with the…'],
    ['a long word is cut', 'a'.repeat(30), `${'a'.repeat(24)}…`],
    [
      'a long text shows both ends',
      'My mother needs monthly dialysis and we cannot pay for the transport to the hospital three times a week.',
      'My mother ... a week.',
    ],
    ['lines become spaces', 'سطر\nأول', 'سطر أول'],
    ['a family of emoji is not torn', '👨‍👩‍👧'.repeat(6), '👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧…'],
  ])('%s', (_name, text, expected) => expect(shorten(text)).toBe(expected));

  test('is never longer than 40 units, and well formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const short = shorten(text);
        expect(short.length).toBeLessThanOrEqual(40);
        expect(Buffer.from(short).toString()).toBe(short);
      }),
    );
  });
});

describe('dates', () => {
  test.each([
    // Days whose dates are public in both calendars.
    ['the turn of the fifteenth century', '1400-01-01', '1979-11-20'],
    ['the law on personal data, M/19', '1443-02-09', '2021-09-16'],
    ['the first day of the table', '1318-01-01', '1900-04-30'],
    ['a new year', '1447-01-01', '2025-06-26'],
  ])('%s: %s is %s', (_name, hijri, gregorian) => {
    const day = dayNumber('hijri', fromIso(hijri)!);
    expect(isoDate(dateOfDay('gregorian', day)!)).toBe(gregorian);
    expect(isoDate(dateOfDay('hijri', dayNumber('gregorian', fromIso(gregorian)!))!)).toBe(hijri);
  });

  test('agrees with Intl from 2000 to mid-2029, where its data are good', () => {
    const format = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
      timeZone: 'UTC',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    const first = dayNumber('gregorian', { year: 2000, month: 1, day: 1 });
    const last = dayNumber('gregorian', { year: 2029, month: 5, day: 1 });
    for (let day = first; day <= last; day += 7) {
      const part = Object.fromEntries(format.formatToParts(day * 86_400_000).map(({ type, value }) => [type, value]));
      expect(isoDate(dateOfDay('hijri', day)!)).toBe(`${part['year']}-${part['month']}-${part['day']}`);
    }
  });

  test('every Hijri day has one Gregorian day and back; the next day follows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: YEARS.hijri[0], max: YEARS.hijri[1] }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 30 }),
        (year, month, day) => {
          fc.pre(exists('hijri', { year, month, day }));
          const number = dayNumber('hijri', { year, month, day });
          expect(dateOfDay('hijri', number)).toEqual({ year, month, day });
          const next = dateOfDay('hijri', number + 1);
          if (next) expect([day + 1, 1]).toContain(next.day);
        },
      ),
    );
  });

  test('months have 29 or 30 days, and none outside of the table', () => {
    expect(monthLength('hijri', 1447, 2)).toBe(29);
    expect(monthLength('hijri', 1447, 3)).toBe(30);
    expect(monthLength('hijri', 1501, 1)).toBe(0);
    expect(monthLength('gregorian', 2024, 2)).toBe(29);
    expect(monthLength('gregorian', 1900, 2)).toBe(28);
    expect(dateOfDay('hijri', -1_000_000)).toBeUndefined();
    expect(dateOfDay('hijri', 1_000_000)).toBeUndefined();
  });

  test.each([
    ['2025-08-28', 'ar', 'gregorian', '28 أغسطس 2025م (5 ربيع الأول 1447هـ)'],
    ['1447-03-05', 'ar', 'hijri', '5 ربيع الأول 1447هـ (28 أغسطس 2025م)'],
    ['1447-03-05', 'en', 'hijri', '5 Rabi al-Awwal 1447 AH (28 August 2025)'],
    ['2090-01-01', 'en', 'gregorian', '1 January 2090'],
    ['2025-02-30', 'ar', 'gregorian', '2025-02-30'],
    ['soon', 'ar', 'gregorian', 'soon'],
  ] as const)('%s in %s, %s → %s', (iso, language, calendar, shown) =>
    expect(showDate(iso, language, calendar)).toBe(shown),
  );

  test('the day of a moment depends on the zone', () => {
    const late = Date.UTC(2025, 7, 27, 22);
    expect(dayIn(late, 'Asia/Riyadh')).toBe('2025-08-28');
    expect(dayIn(late, 'UTC')).toBe('2025-08-27');
    expect(showDay(late, 'Asia/Riyadh', 'ar')).toBe('28 أغسطس 2025م (5 ربيع الأول 1447هـ)');
  });
});

test('Damm digits: the published example, and grouping', () => {
  expect(dammDigit('572')).toBe('4');
  expect(dammValid('5724')).toBe(true);
  expect(dammValid('5727')).toBe(false);
  expect(dammValid('')).toBe(false);
  expect(dammValid('57٢4')).toBe(false);
  expect(groupCaseNumber('7304881520969')).toBe('7304-8815-2096-9');
});

test('directions', () => {
  expect(['ar', 'ar-SA', 'fa', 'en', 'en-GB'].map(languageDirection)).toEqual(['rtl', 'rtl', 'rtl', 'ltr', 'ltr']);
  expect(['سارة 5', '5 Sara', '123', '', '😀', 'é', 'שלום'].map(directionOf)).toEqual([
    'rtl',
    'ltr',
    undefined,
    undefined,
    undefined,
    'ltr',
    'rtl',
  ]);
});
