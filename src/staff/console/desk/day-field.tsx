// A civil date in three small fields; its calendar is told by its year.
import { Fieldset, TextInput } from '@mantine/core';
import { plain } from '../../../engine/text/normalise.js';
import type { WrittenDay } from '../api/types.js';
import { useSay } from '../words/language.js';
import css from './entry.module.css';

export interface TypedDay {
  day: string;
  month: string;
  year: string;
}

export const emptyDay: TypedDay = { day: '', month: '', year: '' };
const PARTS = ['day', 'month', 'year'] as const;
/** Years from here on are Gregorian. */
const GREGORIAN = 1800;

export function DayField({
  label,
  value,
  change,
  required = false,
}: {
  label: string;
  value: TypedDay;
  change: (value: TypedDay) => void;
  required?: boolean;
}) {
  const say = useSay();
  return (
    <Fieldset legend={label} variant="unstyled" className={css['day'] ?? ''}>
      {PARTS.map((part) => (
        <TextInput
          key={part}
          aria-label={say(`console.desk.day.${part}`)}
          placeholder={say(`console.desk.day.${part}`)}
          value={value[part]}
          onChange={(event) => change({ ...value, [part]: event.currentTarget.value })}
          maxLength={part === 'year' ? 4 : 2}
          inputMode="numeric"
          autoComplete="off"
          required={required}
        />
      ))}
      <span className={css['fine']}>{say('console.desk.day.about')}</span>
    </Fieldset>
  );
}

/** As the API takes it; null while it is no date. Any digits. */
export function dayOf(typed: TypedDay): WrittenDay | null {
  const [day, month, year] = PARTS.map((part) => Number(plain(typed[part])));
  if (!isIn(day, 1, 31) || !isIn(month, 1, 12) || !isIn(year, 1300, 2100)) return null;
  const iso = [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  return { iso, calendar: (year ?? 0) < GREGORIAN ? 'hijri' : 'gregorian' };
}

/** As it is said to a flow: year first, which reads in one way only. */
export function dayWords({ day, month, year }: TypedDay): string {
  return [year, month, day].map((part) => plain(part)).join('/');
}

function isIn(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && Number.isInteger(value) && value >= least && value <= most;
}
