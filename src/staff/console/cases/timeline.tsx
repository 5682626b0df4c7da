// What happened to a case, newest first.
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconFileCheck,
  IconNote,
  IconSend,
  IconUserCheck,
} from '@tabler/icons-react';
import type { CaseEventLine } from '../api/types.js';
import { StatusChip } from '../parts/chip.js';
import { Ago } from '../parts/time.js';
import { useNameOf } from '../state/people.js';
import { useDates } from '../words/dates.js';
import { useSay } from '../words/language.js';
import css from './timeline.module.css';

const signs = {
  opened: IconFileCheck,
  status_changed: IconArrowsExchange,
  note_added: IconNote,
  assigned: IconUserCheck,
  message_sent: IconSend,
  look_up_failed: IconAlertTriangle,
} as const;

export function Timeline({ events }: { events: CaseEventLine[] }) {
  const newest = events.toSorted((a, b) => b.version - a.version);
  return (
    <ol className={css['timeline']}>
      {newest.map((event) => (
        <Happened key={`${event.version}-${event.type}`} event={event} />
      ))}
    </ol>
  );
}

function Happened({ event }: { event: CaseEventLine }) {
  const nameOf = useNameOf();
  const Sign = signs[event.type];
  return (
    <li className={css['event']} data-type={event.type}>
      <span className={css['sign']}>
        <Sign size={17} stroke={1.7} aria-hidden />
      </span>
      <div className={css['eventBody']}>
        <Title event={event} />
        {event.reason !== undefined && <Words label="console.event.reason" text={event.reason} />}
        {event.text !== undefined && <Words text={event.text} />}
        <span className={css['eventFoot']}>
          {event.type !== 'opened' && event.type !== 'look_up_failed' && (
            <>
              <bdi>{nameOf(event.by)}</bdi> ·{' '}
            </>
          )}
          <Ago at={event.at} /> · <When at={event.at} />
        </span>
      </div>
    </li>
  );
}

function When({ at }: { at: number }) {
  const dates = useDates();
  return <span title={dates.hijri(at)}>{dates.full(at)}</span>;
}

function Title({ event }: { event: CaseEventLine }) {
  const say = useSay();
  const nameOf = useNameOf();
  if (event.type === 'status_changed' && event.to !== undefined)
    return (
      <span className={css['eventTitle']}>
        {say('console.event.status_changed')}
        <StatusChip status={event.to} />
      </span>
    );
  if (event.type === 'assigned') {
    const assignee = event.assignee ?? null;
    return (
      <span className={css['eventTitle']}>
        {assignee === null
          ? say('console.event.unassigned')
          : say('console.event.assigned', { name: nameOf(assignee) })}
      </span>
    );
  }
  return <span className={css['eventTitle']}>{say(`console.event.${event.type}`)}</span>;
}

function Words({ label, text }: { label?: string; text: string }) {
  const say = useSay();
  return (
    <div className={css['eventWords']}>
      {label !== undefined && <strong>{say(label)} </strong>}
      <div className="sila-words">{text}</div>
    </div>
  );
}
