// Fields that several forms of the desk share.
import { TextInput, Textarea } from '@mantine/core';
import { useSay } from '../words/language.js';

interface LineProps {
  /** Key of a text. */
  label: string;
  value: string;
  change: (value: string) => void;
  most: number;
  required?: boolean;
  telephone?: boolean;
  /** It is written in at once when the form opens. */
  first?: boolean;
}

/** One line of words. */
export function Line({ label, value, change, most, required = false, telephone = false, first = false }: LineProps) {
  const say = useSay();
  return (
    <TextInput
      label={say(label)}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      maxLength={most}
      dir={telephone ? 'ltr' : 'auto'}
      inputMode={telephone ? 'tel' : 'text'}
      autoComplete="off"
      required={required}
      withAsterisk={false}
      {...(first && { 'data-autofocus': true })}
    />
  );
}

export function NoteField({ value, change }: { value: string; change: (value: string) => void }) {
  const say = useSay();
  return (
    <Textarea
      label={say('console.desk.note')}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      autosize
      minRows={2}
      maxRows={6}
      dir="auto"
    />
  );
}
