// Day, month and year as three numbers: quicker than a calendar for a birth date, and right for Hijri and Gregorian alike.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Say } from './config.js';
import { send } from './outbox.js';

const fields = [
  { key: 'day', size: 2 },
  { key: 'month', size: 2 },
  { key: 'year', size: 4 },
] as const;

/** Sends `day/month/year`; whether it can be a date is decided where all answers are. */
export function DateRow({ say }: { say: Say }): JSX.Element {
  const [values, setValues] = useState(['', '', '']);
  const form = useRef<HTMLFormElement>(null);
  const full = values.every((value) => value !== '') && (values[2] ?? '').length === 4;
  const change = (i: number, size: number, text: string): void => {
    const digits = latin(text).slice(0, size);
    setValues(values.map((value, at) => (at === i ? digits : value)));
    if (digits.length === size && i < 2) form.current?.querySelectorAll('input')[i + 1]?.focus();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (full) send(values.map(Number).join('/'));
  };
  return (
    <form class="date" ref={form} onSubmit={submit}>
      {fields.map(({ key, size }, i) => (
        <label key={key}>
          <span>{say(`date.${key}`)}</span>
          <input
            inputMode="numeric"
            autoComplete="off"
            dir="ltr"
            value={values[i]}
            placeholder={say(`date.${key}.example`)}
            onInput={(event) => change(i, size, event.currentTarget.value)}
          />
        </label>
      ))}
      <button type="submit" class="solid" disabled={!full}>
        {say('date.send')}
      </button>
    </form>
  );
}

/** Digits only, in any of the sets that phones in the region type. */
function latin(text: string): string {
  return text
    .replace(/[٠-٩]/g, (c) => String(c.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/g, (c) => String(c.charCodeAt(0) - 0x06f0))
    .replace(/[^0-9]/g, '');
}
