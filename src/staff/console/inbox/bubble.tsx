// One message: who, what, when, and whether it arrived.
import {
  IconAlertTriangle,
  IconCheck,
  IconChecks,
  IconClock,
  IconFileText,
  IconHandClick,
  IconHourglassEmpty,
  IconLock,
  IconMapPin,
  IconMicrophone,
} from '@tabler/icons-react';
import type { Text, TranscriptLine } from '../api/types.js';
import { FileTile } from '../parts/file-tile.js';
import { useNameOf } from '../state/people.js';
import { useDates } from '../words/dates.js';
import { knows, useSay, useWords } from '../words/language.js';
import css from './transcript.module.css';

export function Bubble({ line, follows }: { line: TranscriptLine; follows: boolean }) {
  if (line.author === 'system')
    return (
      <p className={css['note']}>
        <bdi dir="auto">{line.text}</bdi>
      </p>
    );
  return (
    <div className={css['line']} data-author={line.author} data-follows={follows} data-failed={line.state === 'failed'}>
      {!follows && <Author line={line} />}
      <div className={css['bubble']} data-held={held(line)}>
        {line.template && <FromTemplate title={line.template.title} />}
        <Words line={line} />
        <Foot line={line} />
      </div>
      {line.options.length > 0 && <Options line={line} />}
    </div>
  );
}

function Author({ line }: { line: TranscriptLine }) {
  const say = useSay();
  const nameOf = useNameOf();
  if (line.author === 'person') return null;
  const name =
    line.author === 'bot'
      ? say('console.people.system')
      : line.by === null
        ? say('console.people.staff')
        : nameOf(line.by);
  return (
    <span className={css['author']}>
      <bdi>{name}</bdi>
    </span>
  );
}

function Words({ line }: { line: TranscriptLine }) {
  const say = useSay();
  if (line.confidential)
    return (
      <span className={css['secret']}>
        <IconLock size={15} aria-hidden /> {say('console.confidential')}
      </span>
    );
  return (
    <>
      {line.files.length > 0 && (
        <div className={css['files']}>
          {line.files.map((file) => (
            <FileTile key={file.id} file={file} />
          ))}
        </div>
      )}
      {line.chosen !== null ? (
        <span className={css['chosen']}>
          <IconHandClick size={15} aria-hidden />
          <span className="sila-words">{line.chosen}</span>
        </span>
      ) : (
        line.text !== '' && <div className="sila-words">{line.text}</div>
      )}
      {line.media !== null && <Media media={line.media} />}
      {line.location !== null && <Place location={line.location} />}
    </>
  );
}

/** Outside the reply window only words that the provider approved reach the person. */
function FromTemplate({ title }: { title: Text }) {
  const { say, language } = useWords();
  return (
    <span className={css['template']}>
      <IconFileText size={14} aria-hidden />
      <span>
        {say('console.template.sent')} · <bdi>{title[language] ?? ''}</bdi>
      </span>
    </span>
  );
}

function Media({ media }: { media: string }) {
  const say = useSay();
  const key = `console.media.${media}`;
  return (
    <span className={css['secret']}>
      {media === 'voice' && <IconMicrophone size={15} aria-hidden />}
      {say(knows(key) ? key : 'console.media.unknown')}
    </span>
  );
}

/** Words only: a map would tell a stranger where the person is. */
function Place({ location }: { location: NonNullable<TranscriptLine['location']> }) {
  const say = useSay();
  return (
    <span className={css['secret']}>
      <IconMapPin size={15} aria-hidden />
      <span>
        {location.label === undefined ? say('console.location') : <bdi dir="auto">{location.label}</bdi>}{' '}
        <span className="sila-number">
          {location.lat.toFixed(5)}, {location.lon.toFixed(5)}
        </span>
      </span>
    </span>
  );
}

function Options({ line }: { line: TranscriptLine }) {
  const say = useSay();
  return (
    <ul className={css['options']} aria-label={say('console.options')}>
      {line.options.map((option) => (
        <li key={option.id}>
          <bdi dir="auto">{option.label}</bdi>
        </li>
      ))}
    </ul>
  );
}

function Foot({ line }: { line: TranscriptLine }) {
  const dates = useDates();
  return (
    <span className={css['foot']}>
      <time dateTime={new Date(line.at).toISOString()} title={`${dates.full(line.at)} · ${dates.hijri(line.at)}`}>
        {dates.time(line.at)}
      </time>
      {line.author !== 'person' && <Delivery line={line} />}
    </span>
  );
}

/** It waits until the person writes. */
function held({ state, error }: TranscriptLine): boolean {
  return state === 'queued' && error === 'window_closed';
}

const deliveries = {
  queued: IconClock,
  sending: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconAlertTriangle,
  expired: IconAlertTriangle,
  ambiguous: IconClock,
} as const;

function Delivery({ line }: { line: TranscriptLine }) {
  const say = useSay();
  if (line.state === 'received') return null;
  const waits = held(line);
  const Sign = waits ? IconHourglassEmpty : deliveries[line.state];
  const words = say(waits ? 'console.delivery.held' : `console.delivery.${line.state}`);
  const loud = waits || line.state === 'failed' || line.state === 'expired';
  return (
    <span className={css['delivery']} data-state={line.state} title={words}>
      <Sign size={15} aria-hidden />
      <span className={loud ? undefined : css['unseen']}>{words}</span>
    </span>
  );
}
