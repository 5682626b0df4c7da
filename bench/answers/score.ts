/** Counts the rows that a reader gets right. How that is fair, and where not: README.md beside this file. */
import { dayNumber, fromIso, isoDate, dateOfDay } from '../../src/engine/text/calendar.js';
import type { Json } from '../../src/engine/types.js';
import type { Peer } from './peers.js';
import { NOW, type Row } from './rows.js';

export interface Score {
  readonly rows: number;
  readonly right: number;
}

/** A reader's value for a row; undefined when it refuses. */
export type RowReader = (row: Row) => Json | undefined;

export function score(type: string, rows: readonly Row[], read: RowReader): Score {
  const right = rows.filter((row) => {
    const value = read(row);
    if (row.expected.startsWith('!')) return value === undefined;
    return value !== undefined && sameMeaning(type, JSON.parse(row.expected) as Json, value);
  });
  return { rows: rows.length, right: right.length };
}

/** A peer's reader of a type with our bounds after it; undefined when it does not claim the type. */
export function peerReader(peer: Peer, type: string): RowReader | undefined {
  const read = peer.readers[type];
  if (read === undefined) return undefined;
  return ({ input, options }) => {
    const values = read(input, options).filter((value) => inBounds(type, value, options));
    return values.length === 1 ? values[0] : undefined;
  };
}

/** Rows that a peer can be asked: none with options for which it has no counterpart, none that are no text. */
export function askable(row: Row): boolean {
  return !row.input.startsWith('@') && !['exact', 'yes', 'no', 'zone'].some((option) => option in row.options);
}

/** English or no words at all, in ASCII digits: what each of the peers was made for. */
export function onTheirGround(row: Row): boolean {
  return ['bare', 'english'].includes(row.language) && ['none', 'ascii'].includes(row.digits);
}

const TODAY = Math.floor(NOW / 86_400_000);

function inBounds(type: string, value: Json, options: Readonly<Record<string, Json>>): boolean {
  if (type === 'date') {
    const day = dayOf(value);
    return day !== undefined && !(options['past'] === true && day > TODAY) && !(options['future'] === true && day < TODAY);
  }
  if (type !== 'number' && type !== 'money') return value !== null;
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  const exact = type === 'number' ? 1 : 100;
  const [min, max] = [options['min'] ?? 0, options['max'] ?? 999_999_999];
  return Number.isInteger(Math.round(value * 1e6) / 1e6 * exact) && value >= Number(min) && value <= Number(max);
} // prettier-ignore

/** Ours is `{date, calendar}`, theirs a Gregorian `YYYY-MM-DD`. */
function sameMeaning(type: string, expected: Json, value: Json): boolean {
  if (type !== 'date') return JSON.stringify(expected) === JSON.stringify(value);
  const day = dayOf(expected);
  return day !== undefined && day === dayOf(value);
}

function dayOf(value: Json): number | undefined {
  const iso = typeof value === 'object' && value !== null && !Array.isArray(value) ? value['date'] : value;
  const date = typeof iso === 'string' ? fromIso(iso) : undefined;
  if (date === undefined) return undefined;
  const hijri = typeof value === 'object' && value !== null && !Array.isArray(value) && value['calendar'] === 'hijri';
  const day = dayNumber(hijri ? 'hijri' : 'gregorian', date);
  // A day that the calendar does not have (31 February) is none.
  const back = dateOfDay(hijri ? 'hijri' : 'gregorian', day);
  return back !== undefined && isoDate(back) === isoDate(date) ? day : undefined;
}
