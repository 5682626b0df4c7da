// A moment to come, in the charity's zone.
import { TextInput } from '@mantine/core';
import { useSay } from '../words/language.js';
import { useSession } from '../state/session.js';

/** `value` is what a browser's own field for day and time gives: `2026-11-22T14:05`. */
export function TimeField({ value, change }: { value: string; change: (value: string) => void }) {
  const say = useSay();
  const { charity } = useSession();
  return (
    <TextInput
      type="datetime-local"
      label={say('console.desk.time')}
      description={say('console.desk.time.about', { zone: charity.zone })}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      required
      withAsterisk={false}
    />
  );
}

/** UTC milliseconds of a wall time in a zone; null while it is none. The offset is looked up at the time itself. */
export function timeIn(zone: string, value: string): number | null {
  const wall = Date.parse(`${value}Z`);
  if (Number.isNaN(wall)) return null;
  return wall - offsetOf(zone, wall - offsetOf(zone, wall));
}

function offsetOf(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  const shown = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`;
  return Date.parse(shown) - Math.floor(at / 1000) * 1000;
}
