// A moment as a civil date that people read, in the charity's zone.

/** `15 مارس 2026`, `15 March 2026`; always the Gregorian calendar and ASCII digits, as the rest of the texts have them. */
export function showDate(at: number, zone: string, language: string): string {
  const locale = language === 'ar' ? 'ar-SA-u-ca-gregory-nu-latn' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

/** `2026-03` in the zone: the month that a rating counts for. */
export function monthOf(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).formatToParts(
    at,
  );
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}`;
}
