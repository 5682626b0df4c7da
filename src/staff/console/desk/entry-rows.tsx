// Entries as rows that open them.
import { IconAlarm, IconCalendarEvent } from '@tabler/icons-react';
import type { EntryLine } from '../api/types.js';
import { PlaceLink } from '../parts/link.js';
import { Ago } from '../parts/time.js';
import { useNow } from '../state/now.js';
import { useDates } from '../words/dates.js';
import { useSay } from '../words/language.js';
import css from './desk.module.css';
import { EntryNumber, StateChip } from './entry-number.js';

export function EntryRows({ lines }: { lines: readonly EntryLine[] }) {
  return (
    <ul className={css['rows']}>
      {lines.map((line) => (
        <li key={line.id}>{line.state === 'erased' ? <Erased line={line} /> : <Row line={line} />}</li>
      ))}
    </ul>
  );
}

function Row({ line }: { line: EntryLine }) {
  const say = useSay();
  return (
    <PlaceLink to={{ at: 'entry', id: line.id }} className={css['row']}>
      <span className={css['rowTop']}>
        <span className={`${css['rowName']} sila-name`}>
          <bdi dir="auto">{line.name === '' ? say('console.desk.unnamed') : line.name}</bdi>
        </span>
        <StateChip entry={line} />
      </span>
      <span className={`${css['rowSubject']} sila-name`}>
        <bdi dir="auto">{line.subject}</bdi>
      </span>
      <span className={css['rowFoot']}>
        <EntryNumber entry={line} />
        <Due line={line} />
        <Ago at={line.at} />
      </span>
    </PlaceLink>
  );
}

/** When it is set for; a time that has passed asks for somebody. */
function Due({ line }: { line: EntryLine }) {
  const dates = useDates();
  const now = useNow();
  if (line.dueAt === null || !WAITING.has(line.state)) return null;
  const late = line.dueAt < now;
  const Sign = late ? IconAlarm : IconCalendarEvent;
  return (
    <span className={late ? css['late'] : css['due']} title={dates.hijri(line.dueAt)}>
      <Sign size={15} aria-hidden /> {line.register === 'visits' ? dates.day(line.dueAt) : dates.full(line.dueAt)}
    </span>
  );
}

const WAITING: ReadonlySet<string> = new Set(['asked', 'booked', 'later']);

function Erased({ line }: { line: EntryLine }) {
  return (
    <div className={css['row']} data-erased>
      <span className={css['rowTop']}>
        <EntryNumber entry={line} />
        <StateChip entry={line} />
      </span>
    </div>
  );
}
