// Dates and times as staff read them: in the charity's zone, in both calendars where it matters, and how long ago.
import { useMemo } from 'react';
import { useSession } from '../state/session.js';
import { useNow } from '../state/now.js';
import { useWords } from './language.js';

export interface Dates {
  /** 14:05 */
  time: (at: number) => string;
  /** Sunday 22 November */
  day: (at: number) => string;
  /** 22 November 2026 */
  date: (at: number) => string;
  /** 12 Jumada II 1448 AH */
  hijri: (at: number) => string;
  /** Date and time. */
  full: (at: number) => string;
  /** 3 minutes ago; yesterday. */
  ago: (at: number) => string;
  /** In 3 hours; in 20 minutes. */
  left: (at: number) => string;
  /** A key that two moments of one day share. */
  dayKey: (at: number) => string;
}

export function useDates(): Dates {
  const { language, say } = useWords();
  const { charity } = useSession();
  const now = useNow();
  return useMemo(() => {
    const latin = language === 'ar' ? 'ar-SA-u-nu-latn' : 'en-GB-u-nu-latn';
    const gregorian = `${latin}-ca-gregory`;
    const timeZone = charity.zone;
    const format = (locale: string, options: Intl.DateTimeFormatOptions) => {
      const made = new Intl.DateTimeFormat(locale, { timeZone, ...options });
      return (at: number) => made.format(at);
    };
    const relative = new Intl.RelativeTimeFormat(latin, { numeric: 'auto' });
    const justNow = say('console.time.now');
    return {
      time: format(gregorian, { hour: 'numeric', minute: '2-digit' }),
      day: format(gregorian, { weekday: 'long', day: 'numeric', month: 'long' }),
      date: format(gregorian, { day: 'numeric', month: 'long', year: 'numeric' }),
      hijri: format(`${latin}-ca-islamic-umalqura`, { day: 'numeric', month: 'long', year: 'numeric' }),
      full: format(gregorian, { day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' }),
      ago: (at: number) => ago(relative, now - at, justNow),
      left: (at: number) => left(relative, at - now),
      dayKey: format('en-CA-u-ca-gregory', { dateStyle: 'short' }),
    };
  }, [language, say, charity.zone, now]);
}

const MINUTE = 60_000;
const steps: readonly [below: number, unit: Intl.RelativeTimeFormatUnit, size: number][] = [
  [60 * MINUTE, 'minute', MINUTE],
  [24 * 60 * MINUTE, 'hour', 60 * MINUTE],
  [30 * 24 * 60 * MINUTE, 'day', 24 * 60 * MINUTE],
  [365 * 24 * 60 * MINUTE, 'month', 30 * 24 * 60 * MINUTE],
];

/** Rounded down: nobody is promised more time than there is. */
function left(format: Intl.RelativeTimeFormat, ahead: number): string {
  const minutes = Math.max(1, Math.floor(ahead / MINUTE));
  return minutes < 60 ? format.format(minutes, 'minute') : format.format(Math.floor(minutes / 60), 'hour');
}

function ago(format: Intl.RelativeTimeFormat, past: number, justNow: string): string {
  if (past < MINUTE) return justNow;
  const step = steps.find(([below]) => past < below);
  if (step === undefined) return format.format(-Math.floor(past / (365 * 24 * 60 * MINUTE)), 'year');
  return format.format(-Math.floor(past / step[2]), step[1]);
}
