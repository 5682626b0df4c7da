// Writes a new entry down: who it is about, what about, and what stands on the letter.
import { Button, Select, Stack } from '@mantine/core';
import { useRef, useState } from 'react';
import type { SyntheticEvent } from 'react';
import { newClientId, post } from '../api/client.js';
import type { EntryDetail, RegisterName } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { useAct } from '../parts/use-act.js';
import { go } from '../state/route.js';
import { useSession } from '../state/session.js';
import { useSay } from '../words/language.js';
import { DayField, dayOf, emptyDay } from './day-field.js';
import type { TypedDay } from './day-field.js';
import { Line, NoteField } from './fields.js';
import { TimeField } from './time-field.js';
import { timeIn } from './zone-time.js';

/** In which states staff may begin an entry; the first is proposed. */
const BEGINS: Readonly<Record<RegisterName, readonly string[]>> = {
  visits: ['came', 'booked'],
  calls: ['reached', 'to_call', 'later'],
  incoming: ['open'],
  outgoing: ['sent'],
};
const TIMED: ReadonlySet<string> = new Set(['booked', 'later']);

interface Props {
  register: RegisterName;
  opened: boolean;
  close: () => void;
  /** The incoming letter that the new one answers. */
  answers?: { id: string; name: string; subject: string };
}

export function NewEntry({ register, opened, close, answers }: Props) {
  return (
    <Dialog opened={opened} close={close} title={`console.register.${register}.new`}>
      <Form register={register} {...(answers && { answers })} />
    </Dialog>
  );
}

interface Fields {
  state: string;
  time: string;
  name: string;
  phone: string;
  subject: string;
  theirs: string;
  note: string;
  day: TypedDay;
}

interface FieldsProps {
  register: RegisterName;
  fields: Fields;
  change: (change: Partial<Fields>) => void;
}

function Form({ register, answers }: Pick<Props, 'register' | 'answers'>) {
  const say = useSay();
  const { charity } = useSession();
  const { busy, act } = useAct();
  const clientId = useRef(newClientId());
  const [fields, setFields] = useState<Fields>(() => ({
    state: BEGINS[register][0] ?? '',
    time: '',
    name: answers?.name ?? '',
    phone: '',
    subject: answers ? say('console.desk.answer_to', { subject: answers.subject }) : '',
    theirs: '',
    note: '',
    day: emptyDay,
  }));
  const props = { register, fields, change: (next: Partial<Fields>) => setFields({ ...fields, ...next }) };
  const dueAt = TIMED.has(fields.state) ? timeIn(charity.zone, fields.time) : null;
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const links = { ...(dueAt !== null && { dueAt }), ...(answers && { answers: answers.id }) };
    const body = { clientId: clientId.current, register, ...given(fields), ...links };
    await act(async () => {
      const { entry } = await post<{ entry: EntryDetail }>('/registers', body);
      go({ at: 'entry', id: entry.id });
    });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Begins {...props} />
        <Who {...props} />
        {isLetter(register) && <OnTheLetter {...props} />}
        <NoteField value={fields.note} change={(note) => props.change({ note })} />
        <Button type="submit" loading={busy} disabled={TIMED.has(fields.state) && dueAt === null}>
          {say('console.desk.save')}
        </Button>
      </Stack>
    </form>
  );
}

/** As the API takes it: what was left empty is left out. */
function given({ state, name, subject, phone, note, theirs, day }: Fields): object {
  const filled = Object.entries({ phone, note, theirs }).filter(([, text]) => text.trim() !== '');
  const written = dayOf(day);
  return { state, name, subject, ...Object.fromEntries(filled), ...(written !== null && { day: written }) };
}

function Begins({ register, fields, change }: FieldsProps) {
  const say = useSay();
  return (
    <>
      {BEGINS[register].length > 1 && (
        <Select
          label={say('console.desk.state')}
          data={BEGINS[register].map((one) => ({ value: one, label: say(`console.register.begins.${one}`) }))}
          value={fields.state}
          onChange={(state) => change(state === null ? {} : { state })}
          allowDeselect={false}
        />
      )}
      {TIMED.has(fields.state) && <TimeField value={fields.time} change={(time) => change({ time })} />}
    </>
  );
}

function Who({ register, fields, change }: FieldsProps) {
  const letter = isLetter(register);
  return (
    <>
      <Line
        label={`console.register.${register}.name`}
        value={fields.name}
        change={(name) => change({ name })}
        most={200}
        required={letter}
        first
      />
      {!letter && (
        <Line
          label="console.desk.phone"
          value={fields.phone}
          change={(phone) => change({ phone })}
          most={40}
          telephone
        />
      )}
      <Line
        label="console.desk.subject"
        value={fields.subject}
        change={(subject) => change({ subject })}
        most={300}
        required
      />
    </>
  );
}

function OnTheLetter({ register, fields, change }: FieldsProps) {
  const say = useSay();
  return (
    <>
      <DayField label={say(`console.register.${register}.day`)} value={fields.day} change={(day) => change({ day })} />
      <Line label="console.desk.theirs" value={fields.theirs} change={(theirs) => change({ theirs })} most={60} />
    </>
  );
}

function isLetter(register: RegisterName): boolean {
  return register === 'incoming' || register === 'outgoing';
}
