/** Takes a message apart into what can make up a date; other words only stand around it. */
import type { Calendar } from '../text/calendar.js';
import { monthOfName } from '../text/month-names.js';
import { legible, plain } from '../text/normalise.js';
import { HALF_MONTHS, ORDINALS, phraseAt } from './day-words.js';
import { isDigits, numberAt } from './number-at.js';
import { TEEN } from './number-words.js';
import { relativeAt } from './relative-day.js';
import type { RelativeDay } from './relative-day.js';

export interface NumberPart {
  readonly kind: 'number';
  readonly value: number;
  /** Digits as typed: 05 has two. */
  readonly width: number;
}
export interface MonthPart {
  readonly kind: 'month';
  readonly calendar: Calendar;
  readonly month: number;
  /** The other month that its name may mean. */
  readonly or?: number;
}
export interface DateParts {
  readonly parts: readonly (NumberPart | MonthPart)[];
  readonly marks: ReadonlySet<Calendar>;
  readonly relative: readonly RelativeDay[];
}

const PIECE = /[0-9]+|[\p{L}\p{M}]+/gu;
/** Before an hour, which is no part of a date. */
const CLOCK: ReadonlySet<string> = new Set(['الساعة', 'at'].map(plain));
/** The longest name of a month has three words. */
const MONTH_WORDS = 3;

/** Signs of a calendar after a year: 1447هـ, 2024م, AH, AD. */
const MARKS: ReadonlyMap<string, Calendar> = new Map([
  ...['هـ', 'هجري', 'هجرية', 'الهجري', 'ah', 'hijri'].map((mark) => [plain(mark), 'hijri'] as const),
  ...['م', 'ميلادي', 'ميلادية', 'الميلادي', 'ad', 'ce', 'gregorian'].map((mark) => [plain(mark), 'gregorian'] as const),
]);

interface Taken {
  readonly part?: NumberPart | MonthPart;
  readonly relative?: RelativeDay;
  readonly mark?: Calendar;
  readonly length: number;
}

/** Numbers, months, calendar marks and days named from today, in order. Linear in the text. */
export function datePartsOf(text: string): DateParts {
  const words = (legible(text).match(PIECE) ?? []).map((piece) => (isDigits(piece) ? piece : plain(piece)));
  const parts: (NumberPart | MonthPart)[] = [];
  const relative: RelativeDay[] = [];
  const marks = new Set<Calendar>();
  for (let at = 0; at < words.length;) {
    const taken = takeAt(words, at);
    if (taken.part) parts.push(taken.part);
    if (taken.relative) relative.push(taken.relative);
    // تاريخ ميلادي 5/3/1405 speaks of a birth: a calendar is said after the date.
    if (taken.mark && parts.length > 0) marks.add(taken.mark);
    at += taken.length;
  }
  return { parts, marks, relative };
}

function takeAt(words: readonly string[], at: number): Taken {
  const word = words[at] ?? '';
  const month = isDigits(word) ? undefined : monthAt(words, at);
  if (month !== undefined) return month;
  const relative = relativeAt(words, at);
  if (relative !== undefined) return { relative: relative.found, length: relative.length };
  if (isDigits(word)) return { part: { kind: 'number', value: Number(word), width: word.length }, length: 1 };
  if (CLOCK.has(word) && isDigits(words[at + 1])) return { length: 2 };
  const mark = MARKS.get(word);
  if (mark !== undefined) return { mark, length: 1 };
  return ordinalAt(words, at) ?? wordsAt(words, at) ?? { length: 1 };
}

function monthAt(words: readonly string[], at: number): Taken | undefined {
  for (let length = Math.min(MONTH_WORDS, words.length - at); length > 0; length--) {
    const found = monthOfName(length === 1 ? (words[at] ?? '') : words.slice(at, at + length).join(' '));
    if (found !== undefined) return { part: { kind: 'month', ...found }, length };
  }
  const half = HALF_MONTHS.get(words[at] ?? '');
  if (half === undefined) return undefined;
  const [month, or] = half.months;
  return { part: { kind: 'month', calendar: half.calendar, month, or }, length: 1 };
}

/** الخامس, الحادي عشر, الثالث والعشرين. */
function ordinalAt(words: readonly string[], at: number): Taken | undefined {
  const units = ORDINALS.get((words[at] ?? '').replace(/^ال/, ''));
  if (units === undefined) return undefined;
  const next = words[at + 1] ?? '';
  if (units < 10 && TEEN.has(next)) return dayOf(units + 10, 2);
  const tens = phraseAt([next.replace(/^وال/, '')], 0, ORDINALS, 1)?.value ?? 0;
  return units < 10 && next.startsWith('و') && tens >= 20 ? dayOf(units + tens, 2) : dayOf(units, 1);
}

/** خمسة محرم, ألف وأربعمئة وسبعة وأربعين. */
function wordsAt(words: readonly string[], at: number): Taken | undefined {
  const number = numberAt(words, at);
  return number?.decimals === 0 ? dayOf(number.value, number.length) : undefined;
}

function dayOf(value: number, length: number): Taken {
  return { part: { kind: 'number', value, width: String(value).length }, length };
}
