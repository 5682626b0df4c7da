// Writes a new entry down: who it is about, what about, and what stands on the letter.
import { Button, Select, Stack, TextInput, Textarea } from '@mantine/core';
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
import { TimeField, timeIn } from './time-field.js';

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

function Form({ register, answers }: Pick<Props, 'register' | 'answers'>) {
  const say = useSay();
  const { busy, act } = useAct();
  const clientId = useRef(newClientId());
  const letter = register === 'incoming' || register === 'outgoing';
  const [state, setState] = useState(BEGINS[register][0] ?? '');
  const [name, setName] = useState(answers?.name ?? '');
  const [phone, setPhone] = useState('');
  const [subject, setSubject] = useState(answers ? say('console.desk.answer_to', { subject: answers.subject }) : '');
  const [theirs, setTheirs] = useState('');
  const [day, setDay] = useState(emptyDay);
  const [time, setTime] = useState('');
  const [note, setNote] = useState('');
  const timed = TIMED.has(state);
  const { charity } = useSession();
  const dueAt = timed ? timeIn(charity.zone, time) : null;
  const written = dayOf(day);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const optional = {
      ...(phone.trim() !== '' && { phone }),
      ...(note.trim() !== '' && { note }),
      ...(theirs.trim() !== '' && { theirs }),
      ...(written !== null && { day: written }),
      ...(dueAt !== null && { dueAt }),
      ...(answers && { answers: answers.id }),
    };
    const fields = { clientId: clientId.current, register, state, name, subject, ...optional };
    await act(async () => {
      const { entry } = await post<{ entry: EntryDetail }>('/registers', fields);
      go({ at: 'entry', id: entry.id });
    });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        {BEGINS[register].length > 1 && (
          <Select
            label={say('console.desk.state')}
            data={BEGINS[register].map((one) => ({ value: one, label: say(`console.register.begins.${one}`) }))}
            value={state}
            onChange={(next) => setState(next ?? state)}
            allowDeselect={false}
          />
        )}
        {timed && <TimeField value={time} change={setTime} />}
        <TextInput
          label={say(`console.register.${register}.name`)}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          dir="auto"
          required={letter}
          withAsterisk={false}
          data-autofocus
        />
        {!letter && (
          <TextInput
            label={say('console.desk.phone')}
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
            maxLength={40}
            dir="ltr"
            inputMode="tel"
            autoComplete="off"
          />
        )}
        <TextInput
          label={say('console.desk.subject')}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          maxLength={300}
          dir="auto"
          required
          withAsterisk={false}
        />
        {letter && (
          <>
            <DayField label={say(`console.register.${register}.day`)} value={day} change={setDay} />
            <TextInput
              label={say('console.desk.theirs')}
              value={theirs}
              onChange={(event) => setTheirs(event.currentTarget.value)}
              maxLength={60}
              dir="auto"
            />
          </>
        )}
        <Textarea
          label={say('console.desk.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          autosize
          minRows={2}
          maxRows={6}
          dir="auto"
        />
        <Button type="submit" loading={busy} disabled={timed && dueAt === null}>
          {say('console.desk.save')}
        </Button>
      </Stack>
    </form>
  );
}
