/** Which dates a year of two digits may mean: 5/3/47 is 1447 or 1947. */
import { dayNumber, exists } from '../text/calendar.js';
import type { Calendar } from '../text/calendar.js';
import type { MonthPart, NumberPart } from './date-parts.js';
import type { DateContext, Day } from './find-date.js';

const CENTURIES: Readonly<Record<Calendar, readonly number[]>> = {
  hijri: [1300, 1400, 1500],
  gregorian: [1900, 2000, 2100],
};
/** Nobody means a day longer ago, or plans further ahead. */
const OLDEST = 110 * 365.25;
const FARTHEST = 10 * 365.25;
const MOST_DAYS = 31;

/**
 * The existing days that the numbers may mean near today, on the side of it that is asked for. With a month's name all of
 * its calendar; of numbers alone the nearest of each calendar.
 */
export function yearsMeant(
  numbers: readonly NumberPart[],
  named: MonthPart | undefined,
  calendars: readonly Calendar[],
  context: DateContext,
): Day[] {
  const read = inOrder(numbers, named);
  if (read === undefined) return [];
  return calendars.flatMap((calendar) => {
    const days = CENTURIES[calendar]
      .map((century) => ({ calendar, date: { ...read, year: century + read.year } }))
      .filter((day) => exists(day.calendar, day.date) && isNear(day, context));
    return named === undefined ? nearest(days, context.today) : days;
  });
}

/** Day, month, year; the year first only when it cannot be a day. */
function inOrder([first, second, third]: readonly NumberPart[], named: MonthPart | undefined): Day['date'] | undefined {
  const [a, year] = named === undefined ? [first, third] : [first, second];
  if (a === undefined || year === undefined) return undefined;
  const month = named?.month ?? second?.value ?? NaN;
  return a.value > MOST_DAYS ? { year: a.value, month, day: year.value } : { year: year.value, month, day: a.value };
}

function isNear({ calendar, date }: Day, { today, past, future }: DateContext): boolean {
  const late = dayNumber(calendar, date) - today;
  if (past && late > 0) return false;
  if (future && late < 0) return false;
  return late >= -OLDEST && late <= FARTHEST;
}

function nearest(days: readonly Day[], today: number): Day[] {
  const distance = ({ calendar, date }: Day): number => Math.abs(dayNumber(calendar, date) - today);
  return [...days].sort((one, other) => distance(one) - distance(other)).slice(0, 1);
}
