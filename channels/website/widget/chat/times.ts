// Times and days as people write them. Digits are Latin in both languages, as case numbers are.
const locale = (language: string): string => (language === 'ar' ? 'ar-SA-u-ca-gregory-nu-latn' : language);

export function timeOf(at: number, language: string): string {
  return new Intl.DateTimeFormat(locale(language), { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** Days from today back: 0 is today, 1 yesterday. */
export function daysAgo(at: number, now: number): number {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

export function dayName(at: number, language: string): string {
  return new Intl.DateTimeFormat(locale(language), { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}

/** A size with its unit, in megabytes from half a megabyte on. */
export function sizeOf(bytes: number, language: string): string {
  const big = bytes >= 500_000;
  const unit = big ? 'megabyte' : 'kilobyte';
  const value = big ? bytes / 1_048_576 : Math.max(1, bytes / 1_024);
  return new Intl.NumberFormat(locale(language), { style: 'unit', unit, maximumFractionDigits: big ? 1 : 0 }).format(
    value,
  );
}
