/** Civil dates of the Gregorian and the Umm al-Qura calendar, as days without a clock or a zone. */
import umalqura from '@umalqura/core';

export type Calendar = 'hijri' | 'gregorian';
export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** The years that the Umm al-Qura tables cover, and those that a person may mean by a Gregorian date. */
export const YEARS: Readonly<Record<Calendar, readonly [number, number]>> = {
  hijri: [1318, 1500],
  gregorian: [1900, 2100],
};

/** How many days a month has; 0 outside of {@link YEARS}. */
export function monthLength(calendar: Calendar, year: number, month: number): number {
  const [first, last] = YEARS[calendar];
  if (year < first || year > last || month < 1 || month > 12) return 0;
  if (calendar === 'hijri') return tables.getDaysInMonth(year, month);
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Whether the date exists. */
export function exists(calendar: Calendar, { year, month, day }: CivilDate): boolean {
  return day >= 1 && day <= monthLength(calendar, year, month);
}

/** Days since 1970-01-01 (Gregorian) of an existing date. */
export function dayNumber(calendar: Calendar, date: CivilDate): number {
  if (calendar === 'gregorian') return Date.UTC(date.year, date.month - 1, date.day) / DAY;
  return (hijriMonths()[(date.year - YEARS.hijri[0]) * 12 + date.month - 1] ?? NaN) + date.day - 1;
}

/** The date of a day number; undefined when the calendar's table does not reach it. */
export function dateOfDay(calendar: Calendar, day: number): CivilDate | undefined {
  if (calendar === 'gregorian') {
    const date = new Date(day * DAY);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  }
  const starts = hijriMonths();
  const index = lastAtMost(starts, day);
  const start = starts[index];
  if (start === undefined) return undefined;
  const date = { year: YEARS.hijri[0] + Math.floor(index / 12), month: (index % 12) + 1, day: day - start + 1 };
  return exists('hijri', date) ? date : undefined;
}

/** `YYYY-MM-DD` in the date's own calendar. */
export function isoDate({ year, month, day }: CivilDate): string {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Reads `YYYY-MM-DD`; undefined for anything else. */
export function fromIso(text: string): CivilDate | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year === undefined ? undefined : { year: Number(year), month: Number(month), day: Number(day) };
}

/** A CommonJS package: Node hands over its whole `exports`, a bundler or test runner its default export alone. */
const tables = ('default' in umalqura ? umalqura.default : umalqura).$;
const DAY = 86_400_000;
/** 1 Muharram 1318 is 30 April 1900. */
const HIJRI_EPOCH = Date.UTC(1900, 3, 30) / DAY;

let starts: number[] | undefined;

/** The day number of the first of every month: the library counts in local time, which a change of clocks would shift. */
function hijriMonths(): readonly number[] {
  if (starts !== undefined) return starts;
  starts = [];
  let day = HIJRI_EPOCH;
  for (let year = YEARS.hijri[0]; year <= YEARS.hijri[1]; year++) {
    for (let month = 1; month <= 12; month++) {
      starts.push(day);
      day += monthLength('hijri', year, month);
    }
  }
  return starts;
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = -1;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle;
    else high = middle;
  }
  return low;
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
