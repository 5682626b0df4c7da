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
