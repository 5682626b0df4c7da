// The registers of the desk as pure rules: which states an entry may have, where it may go from each, and which year it counts in.
import { dateOfDay, dayNumber, fromIso, type Calendar } from '../engine/text/calendar.js';
import { dayIn } from '../engine/text/dates.js';

/** `calls`: to be made and taken; `incoming` and `outgoing`: letters. Texts: `register.<name>` and `register.<name>.<state>`. */
export type Register = 'visits' | 'calls' | 'incoming' | 'outgoing';
export const REGISTERS: readonly Register[] = ['visits', 'calls', 'incoming', 'outgoing'];

/** What may follow a state. `answered` of a letter comes with the outgoing one that answers it, `erased` with an erasure. */
const MOVES: Readonly<Record<Register, Readonly<Record<string, readonly string[]>>>> = {
  visits: {
    asked: ['booked', 'came', 'missed', 'cancelled'],
    booked: ['booked', 'came', 'missed', 'cancelled'],
    came: [],
    missed: ['booked', 'came', 'cancelled'],
    cancelled: ['booked'],
  },
  calls: {
    to_call: ['reached', 'no_answer', 'later', 'given_up'],
    no_answer: ['reached', 'no_answer', 'later', 'given_up'],
    later: ['reached', 'no_answer', 'later', 'given_up'],
    reached: [],
    given_up: ['to_call'],
  },
  incoming: { open: ['filed'], filed: ['open'], answered: [] },
  outgoing: { sent: [] },
};

/** What still waits for somebody. */
const OPEN: Readonly<Record<Register, readonly string[]>> = {
  visits: ['asked', 'booked'],
  calls: ['to_call', 'no_answer', 'later'],
  incoming: ['open'],
  outgoing: [],
};

/** States in which a new entry may begin: the first when a person asked, all when staff write it down. */
const FIRST: Readonly<Record<Register, readonly [string, ...string[]]>> = {
  visits: ['asked', 'came', 'booked'],
  calls: ['to_call', 'reached', 'later'],
  incoming: ['open'],
  outgoing: ['sent'],
};

/** States that name a time. */
const TIMED: ReadonlySet<string> = new Set(['booked', 'later']);

export const openStates = (register: Register): readonly string[] => OPEN[register];
export const firstStates = (register: Register): readonly [string, ...string[]] => FIRST[register];
export const nextStates = (register: Register, state: string): readonly string[] => MOVES[register][state] ?? [];

/** Whether a state is said with the time it is set for. */
export function isTimed(state: string): boolean {
  return TIMED.has(state);
}

/** The year of the register at a moment, in the zone's day. */
export function registerYear(at: number, zone: string, calendar: Calendar): number {
  const today = fromIso(dayIn(at, zone));
  if (!today) return 0;
  return (dateOfDay(calendar, dayNumber('gregorian', today)) ?? today).year;
}

/**
 * Reads an entry's number as it is written on paper or typed, digits already ASCII: `1448-00012`, `1448/12`, with or without a letter before
 * it. Null for anything else.
 */
export function readEntryNumber(plain: string): { year: number; number: number } | null {
  const [, year, number] = /^\D{0,4}(1[34]\d\d|20\d\d)[\s/\-–]+0*(\d{1,6})$/.exec(plain.trim()) ?? [];
  return year === undefined || number === undefined ? null : { year: Number(year), number: Number(number) };
}
