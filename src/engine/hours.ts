/** Working hours of the charity, in its own zone. */
import type { CharityFacts } from './types.js';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** True when staff are at work at `now`; a charity without hours is always open. */
export function isOpen(charity: CharityFacts, now: number): boolean {
  if (charity.hours.length === 0) return true;
  const { day, minute } = wallClock(charity.zone, now);
  return charity.hours.some((hours) => hours.day === day && minute >= hours.from && minute < hours.to);
}

/** When staff begin next after `now`: so many days on, on which day (0 = Sunday), at which minute of it; null without hours. */
export function nextOpening(charity: CharityFacts, now: number): { days: number; day: number; minute: number } | null {
  const { day: today, minute } = wallClock(charity.zone, now);
  const openings = charity.hours.map(({ day, from }) => {
    const days = (day - today + 7) % 7;
    return { days: days === 0 && from <= minute ? 7 : days, day, minute: from };
  });
  return openings.sort((a, b) => a.days - b.days || a.minute - b.minute)[0] ?? null;
}

/** Day of the week (0 = Sunday) and minute of the day in a zone. */
export function wallClock(zone: string, now: number): { day: number; minute: number } {
  const parts = Object.fromEntries(
    format(zone)
      .formatToParts(now)
      .map((part) => [part.type, part.value]),
  );
  return { day: days.indexOf(parts.weekday ?? ''), minute: Number(parts.hour) * 60 + Number(parts.minute) };
}

function format(zone: string): Intl.DateTimeFormat {
  let known = formats.get(zone);
  if (!known) {
    known = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, known);
  }
  return known;
}
