/** Reads a day that is named from today: أمس, الأحد الماضي, قبل ثلاثة أيام, 3 days ago. */
import {
  AFTER_LENGTH,
  BEFORE_LENGTH,
  LENGTHS,
  NEAR_DAYS,
  ORDINALS,
  phraseAt,
  STRETCHES,
  WEEKDAYS,
  WHICH,
} from './day-words.js';
import { numberAt } from './number-at.js';

export type RelativeDay =
  /** Days from today. */
  | { kind: 'near'; days: number }
  | { kind: 'weekday'; weekday: number; which: 'last' | 'next' | 'any' }
  /** A month ago, last week: no one day. */
  | { kind: 'vague' };

/** A person's lifetime in days. */
const FARTHEST = 45_000;

/** The relative day that begins at a place in plain words, and how many words it takes. */
export function relativeAt(words: readonly string[], at: number): { found: RelativeDay; length: number } | undefined {
  return nearAt(words, at) ?? lengthAt(words, at) ?? stretchAt(words, at) ?? weekdayAt(words, at);
}

function nearAt(words: readonly string[], at: number): { found: RelativeDay; length: number } | undefined {
  const near = phraseAt(words, at, NEAR_DAYS, 3);
  if (near === undefined) return undefined;
  // اليوم الخامس من محرم: "the day", not today.
  const next = words[at + near.length] ?? '';
  if (near.value === 0 && ORDINALS.has(next.replace(/^ال/, ''))) return undefined;
  return { found: { kind: 'near', days: near.value }, length: near.length };
}

/** قبل ثلاثة أيام, بعد أسبوع, two days ago. */
function lengthAt(words: readonly string[], at: number): { found: RelativeDay; length: number } | undefined {
  const before = BEFORE_LENGTH.get(words[at] ?? '');
  const from = before === undefined ? at : at + 1;
  const number = numberAt(words, from);
  const unit = phraseAt(words, from + (number?.length ?? 0), LENGTHS, 1);
  if (unit === undefined) return undefined;
  const end = from + (number?.length ?? 0) + 1;
  // قبل يوم الأحد names a weekday, not a day ago.
  if (number === undefined && (weekdayAt(words, end) ?? weekdayAt(words, end - 1)) !== undefined) return undefined;
  const after = phraseAt(words, end, AFTER_LENGTH, 2);
  const side = before ?? after?.value;
  const days = (number?.value ?? 1) * unit.value * (side ?? NaN);
  if (side === undefined || Math.abs(days) > FARTHEST) return undefined;
  const length = end + (after?.length ?? 0) - at;
  return { found: Number.isInteger(days) ? { kind: 'near', days } : { kind: 'vague' }, length };
}

/** الأسبوع الماضي, last month. */
function stretchAt(words: readonly string[], at: number): { found: RelativeDay; length: number } | undefined {
  const [first = '', second = ''] = words.slice(at, at + 2);
  const named = (STRETCHES.has(first) && WHICH.has(second)) || (WHICH.has(first) && STRETCHES.has(second));
  return named ? { found: { kind: 'vague' }, length: 2 } : undefined;
}

function weekdayAt(words: readonly string[], at: number): { found: RelativeDay; length: number } | undefined {
  const before = phraseAt(words, at, WHICH, 1);
  const from = at + (before?.length ?? 0);
  const day = phraseAt(words, from, WEEKDAYS, 2);
  if (day === undefined) return undefined;
  const after = phraseAt(words, from + day.length, WHICH, 2);
  const which = before?.value ?? after?.value ?? 'any';
  return {
    found: { kind: 'weekday', weekday: day.value, which },
    length: from + day.length + (after?.length ?? 0) - at,
  };
}
