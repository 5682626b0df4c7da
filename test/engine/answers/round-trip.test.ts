// Numbers and dates written out in every style are read back as themselves.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerTypes } from '../../../src/engine/answers/index.js';
import { dateOfDay, isoDate, type Calendar } from '../../../src/engine/text/calendar.js';
import { clean } from '../../../src/engine/text/clean.js';
import { monthName } from '../../../src/engine/text/month-names.js';
import { plain } from '../../../src/engine/text/normalise.js';
import type { Json, Reading } from '../../../src/engine/types.js';

const NOW = Date.UTC(2026, 0, 15, 12);
const DAY = 86_400_000;

function read(type: string, text: string, options: Record<string, Json> = {}): Reading {
  return answerTypes.get(type)!.read({ text: clean(text), plain: plain(text), files: [] }, options, NOW);
}

interface Style {
  units: readonly string[];
  teens: readonly string[];
  tens: readonly string[];
  hundreds: readonly string[];
  thousand: string;
  thousands: string;
  twoThousand: string;
  million: string;
}

const split = (words: string): string[] => words.split('|');
const standard: Style = {
  units: split('صفر|واحد|اثنان|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة'),
  teens: split('عشرة|أحد عشر|اثنا عشر|ثلاثة عشر|أربعة عشر|خمسة عشر|ستة عشر|سبعة عشر|ثمانية عشر|تسعة عشر'),
  tens: split('||عشرون|ثلاثون|أربعون|خمسون|ستون|سبعون|ثمانون|تسعون'),
  hundreds: split('|مئة|مئتان|ثلاثمئة|أربعمئة|خمسمئة|ستمئة|سبعمئة|ثمانمئة|تسعمئة'),
  thousand: 'ألف',
  thousands: 'آلاف',
  twoThousand: 'ألفان',
  million: 'مليون',
};
const saudi: Style = {
  units: split('صفر|واحد|ثنين|ثلاثه|اربعه|خمسه|سته|سبعه|ثمانيه|تسعه'),
  teens: split('عشره|احدعش|اثنعش|ثلطعش|اربعطعش|خمسطعش|ستطعش|سبعطعش|ثمنطعش|تسعطعش'),
  tens: split('||عشرين|ثلاثين|اربعين|خمسين|ستين|سبعين|ثمانين|تسعين'),
  hundreds: split('|ميه|ميتين|ثلاثميه|اربعميه|خمسميه|ستميه|سبعميه|ثمنميه|تسعميه'),
  thousand: 'الف',
  thousands: 'الاف',
  twoThousand: 'الفين',
  million: 'مليون',
};

/** Below a thousand, units before tens. */
function below(n: number, style: Style): string[] {
  const rest = n % 100;
  const hundreds = n >= 100 ? [style.hundreds[Math.floor(n / 100)]!] : [];
  if (rest === 0) return hundreds;
  if (rest < 10) return [...hundreds, style.units[rest]!];
  if (rest < 20) return [...hundreds, style.teens[rest - 10]!];
  const tens = style.tens[Math.floor(rest / 10)]!;
  return [...hundreds, ...(rest % 10 === 0 ? [] : [style.units[rest % 10]!]), tens];
}

function arabic(n: number, style: Style, and: string): string {
  if (n === 0) return style.units[0]!;
  if (n === 1_000_000) return style.million;
  const thousands = Math.floor(n / 1000);
  const counted = thousands >= 3 && thousands <= 10 ? style.thousands : style.thousand;
  const high = thousands < 3 ? ['', style.thousand, style.twoThousand][thousands]! : `${below(thousands, style).join(and)} ${counted}`;
  return [high, ...below(n % 1000, style)].filter(Boolean).join(and);
} // prettier-ignore

const enUnits = split(
  'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen',
);
const enTens = split('||twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety');

function english(n: number, and: string, hyphen: string): string {
  if (n >= 1_000_000) return 'one million';
  if (n >= 1000)
    return `${english(Math.floor(n / 1000), and, hyphen)} thousand${n % 1000 ? ` ${english(n % 1000, and, hyphen)}` : ''}`;
  if (n >= 100)
    return `${enUnits[Math.floor(n / 100)]!} hundred${n % 100 ? `${and}${english(n % 100, and, hyphen)}` : ''}`;
  return n < 20 ? enUnits[n]! : enTens[Math.floor(n / 10)]! + (n % 10 ? hyphen + enUnits[n % 10]! : '');
}

const upToMillion = fc.oneof(fc.nat({ max: 1_000_000 }), fc.nat({ max: 1100 }), fc.nat({ max: 1000 }).map((k) => k * 1000)); // prettier-ignore

test.each([
  ['standard Arabic', (n: number) => arabic(n, standard, ' و')],
  ['standard Arabic with و apart', (n: number) => arabic(n, standard, ' و ')],
  ['Saudi speech', (n: number) => arabic(n, saudi, ' و')],
  ['English', (n: number) => english(n, ' and ', '-')],
  ['English without and', (n: number) => english(n, ' ', ' ')],
])('numbers to a million, written in %s', (_style, write) => {
  fc.assert(
    fc.property(upToMillion, (n) => {
      expect(read('number', write(n)), write(n)).toEqual({ value: n });
      expect(read('money', `${write(n)} ريال`), write(n)).toEqual({ value: n });
    }),
    { numRuns: 1500 },
  );
});

test('two numbers side by side are never taken for one of them, nor for their sum', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (a, b) => {
      expect(read('number', `${standard.units[a]!} أو ${standard.units[b]!}`)).toEqual({ wrong: 'several' });
      expect(read('number', `${standard.units[a]!} و${standard.units[b]!}`)).toEqual({ wrong: 'several' });
    }),
  );
});

/** From 1 January 1930 to 16 November 2077, the last day of the Umm al-Qura table. */
const anyDay = fc.integer({ min: -14_610, max: 39_401 });
const styles: readonly (readonly [string, (c: Calendar, y: number, m: number, d: number) => string])[] = [
  ['year/month/day', (_c, y, m, d) => `${y}/${m}/${d}`],
  ['day-month-year', (_c, y, m, d) => `${d}-${m}-${y}`],
  ['eight digits', (_c, y, m, d) => `${y}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}`],
  ['a month by name in Arabic', (c, y, m, d) => `${d} ${monthName(c, m, 'ar')} ${y}`],
  ['a month by name in English', (c, y, m, d) => `${monthName(c, m, 'en')} ${d}, ${y}`],
  ['its calendar beside it', (c, y, m, d) => `${d}/${m}/${y}${c === 'hijri' ? 'هـ' : 'م'}`],
];

test.each(styles)('dates of both calendars, written as %s', (_style, write) => {
  fc.assert(
    fc.property(anyDay, fc.constantFrom('hijri', 'gregorian'), (day, calendar) => {
      const date = dateOfDay(calendar, day)!;
      const text = write(calendar, date.year, date.month, date.day);
      expect(read('date', text), text).toEqual({ value: { date: isoDate(date), calendar, typed: text } });
    }),
    { numRuns: 400 },
  );
});

test('days ago, in figures and words, and every weekday of the week', () => {
  const gregorian = (back: number): string => new Date(NOW - back * DAY).toISOString().slice(0, 10);
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 900 }), (days) => {
      for (const text of [`قبل ${days} أيام`, `قبل ${arabic(days, standard, ' و')} يوم`, `${days} days ago`]) {
        expect(read('date', text)).toEqual({ value: { date: gregorian(days), calendar: 'gregorian', typed: text } });
      }
    }),
  );
  const week = split('الخميس|الأربعاء|الثلاثاء|الاثنين|الأحد|السبت|الجمعة');
  week.forEach((name, back) => {
    const text = `${name} الماضي`;
    expect(read('date', text)).toMatchObject({ value: { date: gregorian(back === 0 ? 7 : back) } });
  });
});

test('the readings of a date that means two are both dates that can be sent back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), fc.nat({ max: 99 }), (d, m, y) => {
      const reading = read('date', `${d}/${m}/${String(y).padStart(2, '0')}`, { past: true });
      if ('value' in reading || reading.wrong !== 'ambiguous') return;
      const readings = ['first', 'second'].map((which) =>
        read('date', String(reading.values?.[which]), { past: true }),
      );
      for (const one of readings) expect(one).toHaveProperty('value');
    }),
  );
});
