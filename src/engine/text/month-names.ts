/** The months of both calendars: how they are shown, and every name by which people write them. */
import type { Calendar } from './calendar.js';
import { plain } from './normalise.js';

const SHOWN: Readonly<Record<Calendar, Readonly<Record<'ar' | 'en', readonly string[]>>>> = {
  gregorian: {
    ar: ['يناير', 'فبراير', 'مارس', 'أبريل', 'مايو', 'يونيو', 'يوليو', 'أغسطس', 'سبتمبر', 'أكتوبر', 'نوفمبر', 'ديسمبر'],
    en: [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ],
  },
  hijri: {
    ar: [
      'محرم',
      'صفر',
      'ربيع الأول',
      'ربيع الآخر',
      'جمادى الأولى',
      'جمادى الآخرة',
      'رجب',
      'شعبان',
      'رمضان',
      'شوال',
      'ذو القعدة',
      'ذو الحجة',
    ],
    en: [
      'Muharram',
      'Safar',
      'Rabi al-Awwal',
      'Rabi al-Thani',
      'Jumada al-Ula',
      'Jumada al-Akhirah',
      'Rajab',
      'Shaban',
      'Ramadan',
      'Shawwal',
      'Dhu al-Qadah',
      'Dhu al-Hijjah',
    ],
  },
};

/** Further names of each month, January (or Muharram) first: the Levant's months, short forms, usual spellings. */
const ALSO: Readonly<Record<Calendar, readonly (readonly string[])[]>> = {
  gregorian: [
    ['كانون الثاني', 'jan'], ['شباط', 'feb'], ['آذار', 'mar'], ['نيسان', 'ابريل', 'إبريل', 'apr'], ['أيار', 'ماي'], ['حزيران', 'يونيه', 'jun'],
    ['تموز', 'يوليه', 'jul'], ['آب', 'اغسطس', 'aug'], ['أيلول', 'sep', 'sept'], ['تشرين الأول', 'اكتوبر', 'oct'], ['تشرين الثاني', 'نوفمير', 'nov'], ['كانون الأول', 'دسمبر', 'dec'],
  ],
  hijri: [
    ['المحرم', 'muharam', 'moharram'], ['صفر الخير'], ['ربيع أول', 'ربيع ١', 'rabi al awal', 'rabi i', 'rabi 1'], ['ربيع الثاني', 'ربيع ثاني', 'ربيع آخر', 'ربيع ٢', 'rabi al akhir', 'rabi ii', 'rabi 2'],
    ['جمادى الأول', 'جماد الأول', 'جماد أول', 'جمادى ١', 'jumada al awwal', 'jumada i', 'jumada 1'], ['جمادى الآخر', 'جمادى الثاني', 'جمادى الثانية', 'جماد الثاني', 'جماد الآخر', 'جماد ثاني', 'جمادى ٢', 'jumada al thani', 'jumada ii', 'jumada 2'],
    ['رجب الفرد', 'rajab'], ['شعبان المعظم', 'sha ban', 'shaaban'], ['رمضان المبارك', 'رمظان', 'ramadhan'], ['شوّال'], ['ذي القعدة', 'ذوالقعدة', 'القعدة', 'dhul qadah', 'dhul qada', 'zul qadah'], ['ذي الحجة', 'ذوالحجة', 'الحجة', 'dhul hijjah', 'dhul hijja', 'zul hijjah'],
  ],
}; // prettier-ignore

/** The name of a month (1 to 12) in a language; English where a language has no names of its own. */
export function monthName(calendar: Calendar, month: number, language: string): string {
  return SHOWN[calendar][language === 'ar' ? 'ar' : 'en'][month - 1] ?? '';
}

/** The month that a plain name means, in whichever calendar has such a month. */
export function monthOfName(plainName: string): { calendar: Calendar; month: number } | undefined {
  return names().get(plainName);
}

let known: Map<string, { calendar: Calendar; month: number }> | undefined;

function names(): ReadonlyMap<string, { calendar: Calendar; month: number }> {
  if (known !== undefined) return known;
  known = new Map();
  for (const calendar of ['gregorian', 'hijri'] as const) {
    for (let month = 1; month <= 12; month++) {
      const all = [
        monthName(calendar, month, 'ar'),
        monthName(calendar, month, 'en'),
        ...(ALSO[calendar][month - 1] ?? []),
      ];
      for (const name of all) known.set(plain(name), { calendar, month });
    }
  }
  return known;
}
