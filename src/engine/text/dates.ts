/** Shows civil dates to people, in both calendars side by side. */
import { dateOfDay, dayNumber, exists, fromIso } from './calendar.js';
import type { Calendar, CivilDate } from './calendar.js';
import { monthName } from './month-names.js';

/**
 * `2025-08-28` → `28 أغسطس 2025م (5 ربيع الأول 1447هـ)`: the date's own calendar first, the other one where its table reaches.
 * A text that is no existing date is shown as it is.
 */
export function showDate(iso: string, language: string, calendar: Calendar = 'gregorian'): string {
  const date = fromIso(iso);
  if (date === undefined || !exists(calendar, date)) return iso;
  const other = calendar === 'hijri' ? 'gregorian' : 'hijri';
  const same = dateOfDay(other, dayNumber(calendar, date));
  const own = showIn(calendar, date, language);
  return same === undefined ? own : `${own} (${showIn(other, same, language)})`;
}

/** The day on which a moment (UTC milliseconds) falls in a zone, shown as by {@link showDate}. */
export function showDay(ms: number, zone: string, language: string): string {
  return showDate(dayIn(ms, zone), language);
}

/** The Gregorian day (`YYYY-MM-DD`) on which a moment falls in an IANA zone. Throws RangeError for an unknown zone. */
export function dayIn(ms: number, zone: string): string {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA-u-ca-gregory-nu-latn', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(zone, format);
  }
  return format.format(ms);
}

const formats = new Map<string, Intl.DateTimeFormat>();
const ERA: Readonly<Record<Calendar, Readonly<Record<'ar' | 'en', string>>>> = {
  hijri: { ar: 'هـ', en: ' AH' },
  gregorian: { ar: 'م', en: '' },
};

function showIn(calendar: Calendar, { year, month, day }: CivilDate, language: string): string {
  return `${day} ${monthName(calendar, month, language)} ${year}${ERA[calendar][language === 'ar' ? 'ar' : 'en']}`;
}
