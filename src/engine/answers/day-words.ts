/** Words that name a day without its date: today, أمس, الأحد الماضي, قبل ثلاثة أيام. All in plain form. */
import { plain } from '../text/normalise.js';

function table<T>(rows: readonly (readonly [T, readonly string[]])[]): ReadonlyMap<string, T> {
  return new Map(rows.flatMap(([value, names]) => names.map((name) => [plain(name), value] as const)));
}

/** Days from today. The longest phrase has three words. */
export const NEAR_DAYS = table<number>([
  [-2, ['أول أمس', 'أول من أمس', 'قبل أمس', 'قبل البارح', 'قبل البارحة', 'أول البارح', 'أول امبارح', 'day before yesterday']],
  [-1, ['أمس', 'البارح', 'البارحة', 'مبارح', 'امبارح', 'yesterday']],
  [0, ['اليوم', 'هذا اليوم', 'النهاردة', 'الليلة', 'today', 'tonight']],
  [1, ['غدا', 'غد', 'الغد', 'بكرة', 'بكرا', 'باكر', 'tomorrow']],
  [2, ['بعد غد', 'بعد غدا', 'بعد الغد', 'بعد بكرة', 'بعد بكرا', 'day after tomorrow']],
]); // prettier-ignore

/** Sunday is 0. */
export const WEEKDAYS = table<number>([
  [0, ['الأحد', 'يوم أحد', 'sunday', 'sun']],
  [1, ['الاثنين', 'الإثنين', 'الأثنين', 'الاتنين', 'يوم اثنين', 'monday', 'mon']],
  [2, ['الثلاثاء', 'الثلاثا', 'الثلوث', 'التلات', 'يوم ثلاثاء', 'tuesday', 'tue', 'tues']],
  [3, ['الأربعاء', 'الاربعا', 'الربوع', 'يوم أربعاء', 'wednesday', 'wed', 'wendesday']],
  [4, ['الخميس', 'يوم خميس', 'thursday', 'thu', 'thurs']],
  [5, ['الجمعة', 'يوم جمعة', 'friday', 'fri']],
  [6, ['السبت', 'يوم سبت', 'saturday', 'sat']],
]);

/** Said beside a weekday, before it in English and after it in Arabic. */
export const WHICH = table<'last' | 'next'>([
  [
    'last',
    ['الماضي', 'الماضية', 'الفائت', 'الفايت', 'السابق', 'المنصرم', 'فات', 'اللي فات', 'الي فات', 'last', 'past'],
  ],
  ['next', ['القادم', 'القادمة', 'المقبل', 'الجاي', 'الجاية', 'الآتي', 'اللي جاي', 'الي جاي', 'next', 'coming']],
]);

/** Before a length of time: earlier (-1) or later (1). */
export const BEFORE_LENGTH = table<-1 | 1>([
  [-1, ['قبل', 'منذ', 'من']],
  [1, ['بعد', 'in', 'after']],
]);
/** After it. */
export const AFTER_LENGTH = table<-1 | 1>([
  [-1, ['ago', 'مضت', 'فاتت']],
  [1, ['later', 'from now', 'from today']],
]);

/** Lengths in days; NaN for a month or a year, which point to no one day. */
export const LENGTHS = table<number>([
  [1, ['يوم', 'أيام', 'يوما', 'day', 'days']],
  [2, ['يومين', 'يومان']],
  [7, ['أسبوع', 'أسابيع', 'week', 'weeks']],
  [14, ['أسبوعين', 'أسبوعان']],
  [NaN, ['شهر', 'شهرين', 'أشهر', 'شهور', 'سنة', 'سنتين', 'سنوات', 'سنين', 'عام', 'عامين', 'أعوام', 'month', 'months', 'year', 'years']],
]); // prettier-ignore

/** A stretch of time instead of a day: الأسبوع الماضي, last month. */
export const STRETCHES: ReadonlySet<string> = new Set(
  ['الأسبوع', 'الشهر', 'السنة', 'العام', 'week', 'month', 'year'].map(plain),
);

/** Ordinals of a day without their article: الخامس من محرم. */
export const ORDINALS = table<number>([
  [1, ['أول', 'حادي', 'غرة', 'first']],
  [2, ['ثاني', 'second']],
  [3, ['ثالث', 'third']],
  [4, ['رابع', 'fourth']],
  [5, ['خامس', 'fifth']],
  [6, ['سادس', 'sixth']],
  [7, ['سابع', 'seventh']],
  [8, ['ثامن', 'eighth']],
  [9, ['تاسع', 'ninth']],
  [10, ['عاشر', 'tenth']],
  [20, ['عشرين', 'عشرون']],
  [30, ['ثلاثين', 'ثلاثون']],
]);

/** Months that share their first word; alone it may mean either. */
export const HALF_MONTHS: ReadonlyMap<string, { calendar: 'hijri' | 'gregorian'; months: readonly [number, number] }> =
  new Map([
    [plain('ربيع'), { calendar: 'hijri', months: [3, 4] }],
    [plain('جمادى'), { calendar: 'hijri', months: [5, 6] }],
    [plain('جماد'), { calendar: 'hijri', months: [5, 6] }],
    [plain('كانون'), { calendar: 'gregorian', months: [12, 1] }],
    [plain('تشرين'), { calendar: 'gregorian', months: [10, 11] }],
  ]);

/** The value of the longest phrase of `most` words at a place in plain words. */
export function phraseAt<T>(
  words: readonly string[],
  at: number,
  phrases: ReadonlyMap<string, T>,
  most: number,
): { value: T; length: number } | undefined {
  for (let length = Math.min(most, words.length - at); length > 0; length--) {
    const value = phrases.get(length === 1 ? (words[at] ?? '') : words.slice(at, at + length).join(' '));
    if (value !== undefined) return { value, length };
  }
  return undefined;
}
