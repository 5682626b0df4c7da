/** When staff are back, as a person reads it: "today", "tomorrow" or the day, and the hour. */
import { nextOpening } from './hours.js';
import type { CharityFacts, Language } from './types.js';

/** `say` gives the engine's texts. A charity without hours promises no hour. */
export function showOpening(
  charity: CharityFacts,
  now: number,
  language: Language,
  say: (key: string, values?: Readonly<Record<string, string>>) => string,
): string {
  const next = nextOpening(charity, now);
  if (!next) return say('engine.opens.soon');
  const time = showTime(next.minute, say);
  if (next.days === 0) return say('engine.opens.today', { time });
  if (next.days === 1) return say('engine.opens.tomorrow', { time });
  return say('engine.opens.day', { day: dayName(next.day, language), time });
}

function showTime(minute: number, say: (key: string, values: Readonly<Record<string, string>>) => string): string {
  const hour = Math.floor(minute / 60) % 24;
  const time = `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute % 60).padStart(2, '0')}`;
  return say(hour < 12 ? 'engine.opens.am' : 'engine.opens.pm', { time });
}

/** 0 = Sunday; the first of January 2023 was one. */
function dayName(day: number, language: Language): string {
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  return format.format(Date.UTC(2023, 0, 1 + day));
}
