/** Finds the one day that a message names, or says what is wrong with it. */
import { dateOfDay, dayNumber, exists, YEARS } from '../text/calendar.js';
import type { Calendar, CivilDate } from '../text/calendar.js';
import { datePartsOf } from './date-parts.js';
import type { DateParts, MonthPart, NumberPart } from './date-parts.js';
import type { RelativeDay } from './relative-day.js';
import { yearsMeant } from './short-year.js';

export interface Day {
  readonly calendar: Calendar;
  readonly date: CivilDate;
}
export type FoundDate = Day | { wrong: string; values?: Record<string, string> };

/** What is known beside the message: today as a day number, and which side of it is asked for. */
export interface DateContext {
  readonly today: number;
  readonly past: boolean;
  readonly future: boolean;
}

const CALENDARS = ['hijri', 'gregorian'] as const;

/**
 * Reads year/month/day, day/month/year, a day and year around a month's name, eight digits, the same day in both calendars,
 * and days named from today. Two readings come back as `ambiguous`, both named as the person could write them.
 */
export function findDate(text: string, context: DateContext): FoundDate {
  const found = datePartsOf(text);
  if (found.parts.length === 0 && found.relative.length > 0) return fromRelative(found.relative, context);
  const written = fromParts(found, context);
  return 'wrong' in written ? written : agreed(written, found.relative, context);
}

function fromParts({ parts, marks }: DateParts, context: DateContext): FoundDate {
  if (parts.length === 0) return { wrong: 'none' };
  const [first] = parts;
  if (parts.length === 1 && first?.kind === 'number' && first.width === 8) return fromEight(first.value, marks);
  if (parts.length === 6) return fromBoth(parts, context);
  if (parts.length > 3) return { wrong: 'several' };
  return parts.length < 3 ? { wrong: 'incomplete' } : fromThree(parts, marks, context);
}

function fromThree(parts: DateParts['parts'], marks: DateParts['marks'], context: DateContext): FoundDate {
  const numbers = parts.filter((part): part is NumberPart => part.kind === 'number');
  const months = parts.filter((part): part is MonthPart => part.kind === 'month');
  const [named, other] = months;
  if (other !== undefined) return { wrong: 'several' };
  if (numbers.some(({ width }) => width > 4)) return { wrong: 'year' };
  const calendars = marks.size === 1 ? [...marks] : CALENDARS;
  if (numbers.every(({ width }) => width < 3)) {
    if (named?.or !== undefined) return { wrong: 'year' };
    return chosen(yearsMeant(numbers, named, named === undefined ? calendars : [named.calendar], context));
  }
  const read = named === undefined ? fromNumbers(numbers) : fromNamed(numbers, named.month);
  const settled = read === undefined ? ({ wrong: 'year' } as const) : settle(read, marks, named?.calendar);
  if ('wrong' in settled || named?.or === undefined) return settled;
  return ambiguous(settled, { calendar: settled.calendar, date: { ...settled.date, month: named.or } });
}

/** 20240331 or 31032024: whichever order makes a date. */
function fromEight(value: number, marks: DateParts['marks']): FoundDate {
  const text = String(value).padStart(8, '0');
  const cut = (from: number, to: number): number => Number(text.slice(from, to));
  const orders = [
    { year: cut(0, 4), month: cut(4, 6), day: cut(6, 8) },
    { year: cut(4, 8), month: cut(2, 4), day: cut(0, 2) },
  ];
  const days = orders.map((date) => settle(date, marks, undefined)).filter((one): one is Day => !('wrong' in one));
  const real = days.filter(({ calendar, date }) => exists(calendar, date));
  return real.length === 0 ? { wrong: 'incomplete' } : chosen(real);
}

/** 5/3/1447 الموافق 28/8/2025: one day in both calendars. The sighting of the moon may move it by one, which is asked. */
function fromBoth(parts: DateParts['parts'], context: DateContext): FoundDate {
  const none = new Set<Calendar>();
  const [first, second] = [parts.slice(0, 3), parts.slice(3)].map((half) => fromThree(half, none, context));
  if (first === undefined || second === undefined || 'wrong' in first || 'wrong' in second) return { wrong: 'several' };
  if (!exists(first.calendar, first.date) || !exists(second.calendar, second.date)) return { wrong: 'impossible' };
  const apart = Math.abs(dayOf(first) - dayOf(second));
  if (apart === 0) return first;
  return first.calendar !== second.calendar && apart === 1 ? ambiguous(first, second) : { wrong: 'several' };
}

function fromNumbers([first, second, third]: readonly NumberPart[]): CivilDate | undefined {
  if (first === undefined || second === undefined || third === undefined) return undefined;
  if (first.width === 4 && third.width < 3) return { year: first.value, month: second.value, day: third.value };
  if (third.width === 4 && first.width < 3) return { year: third.value, month: second.value, day: first.value };
  return undefined;
}

function fromNamed([first, second]: readonly NumberPart[], month: number): CivilDate | undefined {
  if (first === undefined || second === undefined) return undefined;
  if (second.width === 4 && first.width < 3) return { year: second.value, month, day: first.value };
  if (first.width === 4 && second.width < 3) return { year: first.value, month, day: second.value };
  return undefined;
}

/** The year tells the calendar; a month's name or a mark that says otherwise is a contradiction, not a hint. */
function settle(date: CivilDate, marks: ReadonlySet<Calendar>, named: Calendar | undefined): FoundDate {
  const calendar = CALENDARS.find((one) => date.year >= YEARS[one][0] && date.year <= YEARS[one][1]);
  if (calendar === undefined) return { wrong: 'year' };
  const said = new Set(named === undefined ? marks : [...marks, named]);
  said.delete(calendar);
  if (said.size > 0) return { wrong: 'calendar' };
  return date.month > 12 || date.month < 1 ? { wrong: 'month' } : { calendar, date };
}

/** أمس, الأحد الماضي; several of them must name one day. */
function fromRelative(relative: readonly RelativeDay[], context: DateContext): FoundDate {
  if (relative.some(({ kind }) => kind === 'vague')) return { wrong: 'vague' };
  const near = [...new Set(relative.flatMap((one) => (one.kind === 'near' ? [one.days] : [])))];
  const weekdays = [...new Set(relative.flatMap((one) => (one.kind === 'weekday' ? [one.weekday] : [])))];
  const [days, otherDays] = near;
  if (otherDays !== undefined || weekdays.length > 1) return { wrong: 'several' };
  if (days !== undefined) return agreed(gregorian(context.today + days), relative, context);
  return fromWeekday(relative, context);
}

function fromWeekday(relative: readonly RelativeDay[], { today, past, future }: DateContext): FoundDate {
  const day = relative.find((one) => one.kind === 'weekday');
  if (day === undefined) return { wrong: 'none' };
  const ahead = (day.weekday - weekdayOf(today) + 7) % 7;
  const last = today + ahead - 7;
  const next = today + (ahead === 0 ? 7 : ahead);
  if (day.which !== 'any') return gregorian(day.which === 'last' ? last : next);
  if (ahead === 0) return future ? between(today, next) : between(last, today);
  if (past !== future) return gregorian(past ? last : next);
  return between(last, next);
}

/** A written date may say its weekday too, or that it is today: then both must be right. */
function agreed(found: Day, relative: readonly RelativeDay[], { today }: DateContext): FoundDate {
  if (!exists(found.calendar, found.date)) return { wrong: 'impossible' };
  const day = dayOf(found);
  for (const one of relative) {
    if (one.kind === 'near' && today + one.days !== day) return { wrong: 'several' };
    if (one.kind === 'weekday' && one.weekday !== weekdayOf(day)) return { wrong: 'weekday' };
  }
  return found;
}

/** The one of the readings, both when there are two, and the question for the whole year otherwise. */
function chosen(days: readonly Day[]): FoundDate {
  const [first, second, third] = days;
  if (first === undefined || third !== undefined) return { wrong: 'year' };
  return second === undefined ? first : ambiguous(first, second);
}

function ambiguous(first: Day, second: Day): FoundDate {
  return { wrong: 'ambiguous', values: { first: typed(first), second: typed(second) } };
}

function between(first: number, second: number): FoundDate {
  return ambiguous(gregorian(first), gregorian(second));
}

function typed({ date: { day, month, year } }: Day): string {
  return `${day}/${month}/${year}`;
}

function gregorian(day: number): Day {
  return { calendar: 'gregorian', date: dateOfDay('gregorian', day) ?? { year: NaN, month: NaN, day: NaN } };
}

function dayOf({ calendar, date }: Day): number {
  return dayNumber(calendar, date);
}

/** Sunday is 0; day 0 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
