// An entry's number and its state, as they stand on every screen of the desk.
import type { EntryLine } from '../api/types.js';
import { Chip } from '../parts/chip.js';
import { useSay } from '../words/language.js';
import css from './desk.module.css';
import { toneOf, useEntryNumber } from './words.js';

export function EntryNumber({ entry }: { entry: Pick<EntryLine, 'register' | 'year' | 'number'> }) {
  const numberOf = useEntryNumber();
  return <bdi className={css['number']}>{numberOf(entry)}</bdi>;
}

export function StateChip({ entry }: { entry: Pick<EntryLine, 'register' | 'state'> }) {
  const say = useSay();
  return <Chip tone={toneOf(entry.state)}>{say(`console.register.state.${entry.state}`)}</Chip>;
}
