// What comes next for an entry: came or not, reached or not, a time, an answer.
import { Button, Stack, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { post } from '../api/client.js';
import type { EntryDetail } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { useSession } from '../state/session.js';
import { useDates } from '../words/dates.js';
import { useSay } from '../words/language.js';
import css from './desk.module.css';
import { NewEntry } from './new-entry.js';
import { TimeField, timeIn } from './time-field.js';

interface Props {
  entry: EntryDetail;
  put: (entry: EntryDetail) => void;
}
const TIMED: ReadonlySet<string> = new Set(['booked', 'later']);
/** Of these a person who is reached may be told; the words are proposed. */
const TOLD: ReadonlySet<string> = new Set(['booked', 'no_answer', 'later', 'cancelled']);

export function EntryActions({ entry, put }: Props) {
  const say = useSay();
  const [to, setTo] = useState<string | null>(null);
  const [answering, setAnswering] = useState(false);
  const answerable = entry.register === 'incoming' && entry.answeredBy === null;
  if (entry.next.length === 0 && !answerable) return null;
  return (
    <section className={css['card']} aria-label={say('console.desk.next')}>
      <h2 className={css['cardTitle']}>{say('console.desk.next')}</h2>
      <div className={css['nexts']}>
        {answerable && <Button onClick={() => setAnswering(true)}>{say('console.desk.answer')}</Button>}
        {entry.next.map((one, i) => (
          <Button key={one} variant={i === 0 && !answerable ? 'filled' : 'default'} onClick={() => setTo(one)}>
            {say(`console.register.to.${one}`)}
          </Button>
        ))}
      </div>
      <Dialog opened={to !== null} close={() => setTo(null)} title="console.desk.next">
        {to !== null && <Move key={to} entry={entry} put={put} to={to} close={() => setTo(null)} />}
      </Dialog>
      <NewEntry
        register="outgoing"
        opened={answering}
        close={() => setAnswering(false)}
        answers={{ id: entry.id, name: entry.name, subject: entry.subject }}
      />
    </section>
  );
}

function Move({ entry, put, to, close }: Props & { to: string; close: () => void }) {
  const say = useSay();
  const tell = useTell();
  const dates = useDates();
  const { charity } = useSession();
  const { busy, act } = useAct();
  const [time, setTime] = useState('');
  const [note, setNote] = useState('');
  const mayTell = entry.reached && TOLD.has(to);
  const [telling, setTelling] = useState(mayTell);
  const [typed, setTyped] = useState<string | null>(null);
  const timed = TIMED.has(to);
  const dueAt = timed ? timeIn(charity.zone, time) : null;
  const proposed = mayTell
    ? say(`console.register.told.${to}`, { time: dueAt === null ? '…' : dates.full(dueAt) })
    : '';
  const words = typed ?? proposed;
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const change = {
      version: entry.version,
      to,
      ...(dueAt !== null && { dueAt }),
      ...(note.trim() !== '' && { note }),
      ...(telling && words.trim() !== '' && { tell: words }),
    };
    const done = await act(async () =>
      put((await post<{ entry: EntryDetail }>(`/registers/${entry.id}/move`, change)).entry),
    );
    if (!done) return;
    tell.done('console.desk.saved');
    close();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <strong>{say(`console.register.to.${to}`)}</strong>
        {timed && <TimeField value={time} change={setTime} />}
        <Textarea
          label={say('console.desk.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          autosize
          minRows={2}
          maxRows={6}
          dir="auto"
        />
        {mayTell && (
          <Switch
            label={say('console.desk.tell')}
            checked={telling}
            onChange={(event) => setTelling(event.currentTarget.checked)}
          />
        )}
        {mayTell && telling && (
          <Textarea
            aria-label={say('console.desk.tell.words')}
            value={words}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autosize
            minRows={3}
            dir="auto"
          />
        )}
        <Button type="submit" loading={busy} disabled={timed && dueAt === null}>
          {say('console.desk.save')}
        </Button>
      </Stack>
    </form>
  );
}
