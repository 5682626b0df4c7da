/**
 * A civil date of either calendar: 1447/03/05, 31-3-2024, ٥ محرم ١٤٤٧, March 15 2024. Options: `past` or `future` (today counts
 * for both) and `zone`, in which today is taken. The value is `{date: 'YYYY-MM-DD' in its calendar, calendar, typed}`.
 */
import { dayNumber, exists, fromIso, isoDate } from '../text/calendar.js';
import type { Calendar } from '../text/calendar.js';
import { dayIn, showDate } from '../text/dates.js';
import type { AnswerType, Json, Reading } from '../types.js';
import { findDate } from './find-date.js';
import { asText, isRecord } from './values.js';

export const date: AnswerType = {
  name: 'date',
  freeText: false,
  expects: 'date',
  read({ text }, options, now) {
    const found = findDate(text);
    if ('wrong' in found) return found;
    if (!exists(found.calendar, found.date)) return { wrong: 'impossible' };
    const late = dayNumber(found.calendar, found.date) - today(now, options);
    if (options['past'] === true && late > 0) return { wrong: 'future' };
    if (options['future'] === true && late < 0) return { wrong: 'past' };
    return { value: { date: isoDate(found.date), calendar: found.calendar, typed: text } } satisfies Reading;
  },
  show(value, language) {
    if (!isRecord(value)) return '';
    const calendar: Calendar = value['calendar'] === 'hijri' ? 'hijri' : 'gregorian';
    return showDate(asText(value['date']), language, calendar);
  },
};

function today(now: number, options: Readonly<Record<string, Json>>): number {
  const day = fromIso(dayIn(now, asText(options['zone']) || 'UTC'));
  return day === undefined ? NaN : dayNumber('gregorian', day);
}
