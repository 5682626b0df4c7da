/** Finds the one date that a message names, or says what is wrong with it. */
import { YEARS } from '../text/calendar.js';
import type { Calendar, CivilDate } from '../text/calendar.js';
import { monthOfName } from '../text/month-names.js';
import { legible, plain } from '../text/normalise.js';

export type FoundDate = { calendar: Calendar; date: CivilDate } | { wrong: string };

type Part = { kind: 'number'; value: number; width: number } | { kind: 'month'; calendar: Calendar; month: number };
interface Parts {
  readonly parts: readonly Part[];
  readonly marks: ReadonlySet<Calendar>;
}

const PIECE = /[0-9]+|[\p{L}\p{M}]+/gu;
/** The longest name of a month has three words. */
const MONTH_WORDS = 3;

/** Signs of a calendar after a year: 1447هـ, 2024م, AH, AD. */
const MARKS: ReadonlyMap<string, Calendar> = new Map([
  ...['هـ', 'هجري', 'هجرية', 'الهجري', 'ah', 'hijri'].map((mark) => [plain(mark), 'hijri'] as const),
  ...['م', 'ميلادي', 'ميلادية', 'الميلادي', 'ad', 'ce', 'gregorian'].map((mark) => [plain(mark), 'gregorian'] as const),
]);

/** Reads year/month/day, day/month/year, or a day and year around a month's name. Linear in the text. */
export function findDate(text: string): FoundDate {
  const { parts, marks } = partsOf(text);
  if (parts.length === 0) return { wrong: 'none' };
  if (parts.length > 3) return { wrong: 'several' };
  if (parts.length < 3) return { wrong: 'incomplete' };
  const months = parts.filter((part) => part.kind === 'month');
  const [named] = months;
  if (months.length > 1) return { wrong: 'several' };
  const numbers = parts.filter((part) => part.kind === 'number');
  if (numbers.some(({ width }) => width > 4)) return { wrong: 'year' };
  const read = named === undefined ? fromNumbers(numbers) : fromNamed(numbers, named.month);
  return read === undefined ? { wrong: 'year' } : settle(read, marks, named?.calendar);
}

/** Numbers and month names in order; other words only stand around them. */
function partsOf(text: string): Parts {
  const pieces = legible(text).match(PIECE) ?? [];
  const parts: Part[] = [];
  const marks = new Set<Calendar>();
  for (let at = 0; at < pieces.length;) {
    const piece = pieces[at] ?? '';
    const month = monthAt(pieces, at);
    if (month !== undefined) parts.push({ kind: 'month', ...month.found });
    else if (piece >= '0' && piece < ':') parts.push({ kind: 'number', value: Number(piece), width: piece.length });
    else {
      const mark = MARKS.get(plain(piece));
      if (mark !== undefined) marks.add(mark);
    }
    at += month?.length ?? 1;
  }
  return { parts, marks };
}

function monthAt(
  pieces: readonly string[],
  at: number,
): { found: { calendar: Calendar; month: number }; length: number } | undefined {
  for (let length = MONTH_WORDS; length > 0; length--) {
    const words = pieces.slice(at, at + length);
    const found =
      words.length === length && !/^[0-9]/.test(words[0] ?? '') ? monthOfName(plain(words.join(' '))) : undefined;
    if (found !== undefined) return { found, length };
  }
  return undefined;
}

interface Typed {
  readonly value: number;
  readonly width: number;
}

function fromNumbers([first, second, third]: readonly Typed[]): CivilDate | undefined {
  if (first === undefined || second === undefined || third === undefined) return undefined;
  if (first.width === 4 && third.width < 3) return { year: first.value, month: second.value, day: third.value };
  if (third.width === 4 && first.width < 3) return { year: third.value, month: second.value, day: first.value };
  return undefined;
}

function fromNamed([first, second]: readonly Typed[], month: number): CivilDate | undefined {
  if (first === undefined || second === undefined) return undefined;
  if (second.width === 4 && first.width < 3) return { year: second.value, month, day: first.value };
  if (first.width === 4 && second.width < 3) return { year: first.value, month, day: second.value };
  return undefined;
}

/** The year tells the calendar; a month's name or a mark that says otherwise is a contradiction, not a hint. */
function settle(date: CivilDate, marks: ReadonlySet<Calendar>, named: Calendar | undefined): FoundDate {
  const calendar = (['hijri', 'gregorian'] as const).find(
    (one) => date.year >= YEARS[one][0] && date.year <= YEARS[one][1],
  );
  if (calendar === undefined) return { wrong: 'year' };
  const said = new Set(named === undefined ? marks : [...marks, named]);
  said.delete(calendar);
  if (said.size > 0) return { wrong: 'calendar' };
  return date.month > 12 || date.month < 1 ? { wrong: 'month' } : { calendar, date };
}
