// When nobody wants a bot to speak up unasked: from 22:00 to 08:00 where the charity is.
import { wallClock } from '../engine/hours.js';

/** Minutes of the day, in the charity's zone. */
export const QUIET = { from: 22 * 60, to: 8 * 60 } as const;

/** The end of the quiet hours that `now` lies in, or null outside of them. */
export function quietUntil(zone: string, now: number): number | null {
  const { minute } = wallClock(zone, now);
  if (minute < QUIET.from && minute >= QUIET.to) return null;
  const minutes = minute >= QUIET.from ? DAY - minute + QUIET.to : QUIET.to - minute;
  return Math.floor(now / 60_000) * 60_000 + minutes * 60_000;
}

const DAY = 24 * 60;
