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
import card from '../parts/card.module.css';
import css from './entry.module.css';
import { NoteField } from './fields.js';
import { NewEntry } from './new-entry.js';
import { TimeField } from './time-field.js';
import { timeIn } from './zone-time.js';

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
    <section className={card['card']} aria-label={say('console.desk.next')}>
      <h2 className={card['title']}>{say('console.desk.next')}</h2>
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
  const { charity } = useSession();
  const { busy, act } = useAct();
  const [time, setTime] = useState('');
  const [note, setNote] = useState('');
  const timed = TIMED.has(to);
  const dueAt = timed ? timeIn(charity.zone, time) : null;
  const words = useTelling(entry, to, dueAt);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const said = { ...(note.trim() !== '' && { note }), ...(words.tell !== '' && { tell: words.tell }) };
    const change = { version: entry.version, to, ...(dueAt !== null && { dueAt }), ...said };
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
        <NoteField value={note} change={setNote} />
        <TellFields words={words} />
        <Button type="submit" loading={busy} disabled={timed && dueAt === null}>
          {say('console.desk.save')}
        </Button>
      </Stack>
    </form>
  );
}

interface Telling {
  /** Whether the person can be told at all. */
  may: boolean;
  on: boolean;
  turn: (on: boolean) => void;
  text: string;
  write: (text: string) => void;
  /** What will be said; empty for nothing. */
  tell: string;
}

/** Words to a person who is reached: proposed, changed, or left out. */
function useTelling(entry: EntryDetail, to: string, dueAt: number | null): Telling {
  const say = useSay();
  const dates = useDates();
  const may = entry.reached && TOLD.has(to);
  const [on, turn] = useState(may);
  const [typed, write] = useState<string | null>(null);
  const time = dueAt === null ? '…' : dates.full(dueAt);
  const text = typed ?? (may ? say(`console.register.told.${to}`, { time }) : '');
  return { may, on, turn, text, write, tell: may && on ? text.trim() : '' };
}

function TellFields({ words }: { words: Telling }) {
  const say = useSay();
  if (!words.may) return null;
  return (
    <>
      <Switch
        label={say('console.desk.tell')}
        checked={words.on}
        onChange={(event) => words.turn(event.currentTarget.checked)}
      />
      {words.on && (
        <Textarea
          aria-label={say('console.desk.tell.words')}
          value={words.text}
          onChange={(event) => words.write(event.currentTarget.value)}
          autosize
          minRows={3}
          dir="auto"
        />
      )}
    </>
  );
}
