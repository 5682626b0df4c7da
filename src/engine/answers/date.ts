/**
 * A civil date of either calendar: 1447/03/05, 31-3-2024, ٥ محرم ١٤٤٧, March 15 2024, أمس, الأحد الماضي, قبل ثلاثة أيام.
 * Options: `past` or `future` (today counts for both) and `zone`, in which today is taken. The value is
 * `{date: 'YYYY-MM-DD' in its calendar, calendar, typed}`.
 */
import { dayNumber, fromIso, isoDate } from '../text/calendar.js';
import type { Calendar } from '../text/calendar.js';
import { dayIn, showDate } from '../text/dates.js';
import { hasNegation } from '../text/near.js';
import type { AnswerType, Json } from '../types.js';
import { findDate } from './find-date.js';
import { asText, isRecord } from './values.js';

export const date: AnswerType = {
  name: 'date',
  freeText: false,
  expects: 'date',
  read({ text, plain }, options, now) {
    const past = options['past'] === true;
    const future = options['future'] === true;
    const today = todayIn(now, options);
    const found = findDate(text, { today, past, future });
    if ('wrong' in found) return found;
    if (hasNegation(plain)) return { wrong: 'unclear' };
    const late = dayNumber(found.calendar, found.date) - today;
    if (past && late > 0) return { wrong: 'future' };
    if (future && late < 0) return { wrong: 'past' };
    return { value: { date: isoDate(found.date), calendar: found.calendar, typed: text } };
  },
  show(value, language) {
    if (!isRecord(value)) return '';
    const calendar: Calendar = value['calendar'] === 'hijri' ? 'hijri' : 'gregorian';
    return showDate(asText(value['date']), language, calendar);
  },
};

function todayIn(now: number, options: Readonly<Record<string, Json>>): number {
  const day = fromIso(dayIn(now, asText(options['zone']) || 'UTC'));
  return day === undefined ? NaN : dayNumber('gregorian', day);
}
