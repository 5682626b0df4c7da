// How entries of the registers are called on the screen.
import type { EntryLine } from '../api/types.js';
import type { Tone } from '../parts/chip.js';
import { useWords } from '../words/language.js';

/** `و-1448-00012` */
export function useEntryNumber(): (entry: Pick<EntryLine, 'register' | 'year' | 'number'>) => string {
  const { say } = useWords();
  return ({ register, year, number }) =>
    `${say(`console.register.${register}.letter`)}-${year}-${String(number).padStart(5, '0')}`;
}

const tones: Readonly<Record<string, Tone>> = {
  asked: 'orange',
  booked: 'blue',
  came: 'green',
  missed: 'red',
  cancelled: 'gray',
  to_call: 'orange',
  no_answer: 'red',
  later: 'blue',
  reached: 'green',
  given_up: 'gray',
  open: 'orange',
  answered: 'green',
  filed: 'gray',
  sent: 'green',
  erased: 'gray',
};

export function toneOf(state: string): Tone {
  return tones[state] ?? 'gray';
}
