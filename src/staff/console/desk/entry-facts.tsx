// What an entry says, and what was done with it.
import type { ReactNode } from 'react';
import type { EntryDetail } from '../api/types.js';
import { CopiedNumber } from '../parts/case-number.js';
import { Chip } from '../parts/chip.js';
import { PlaceLink } from '../parts/link.js';
import { Ago, BothDates } from '../parts/time.js';
import { useNameOf } from '../state/people.js';
import { useDates } from '../words/dates.js';
import { useSay } from '../words/language.js';
import card from '../parts/card.module.css';
import css from './entry.module.css';
import { EntryNumber } from './entry-number.js';
import { toneOf } from './words.js';

export function EntryFacts({ entry }: { entry: EntryDetail }) {
  const say = useSay();
  return (
    <section className={card['card']} aria-label={say('console.desk.facts')}>
      <h2 className={card['title']}>{say('console.desk.facts')}</h2>
      <dl className={card['facts']}>
        <Fact name="console.desk.subject">{words(entry.subject)}</Fact>
        <Fact name="console.desk.phone">{entry.phone !== '' && <bdi dir="ltr">{entry.phone}</bdi>}</Fact>
        <Fact name="console.desk.wish">{words(entry.wish)}</Fact>
        <Fact name={`console.register.${entry.register}.day`}>
          {entry.day !== null && <bdi dir="ltr">{entry.day.iso.replaceAll('-', '/')}</bdi>}
        </Fact>
        <Fact name="console.desk.theirs">{words(entry.theirs)}</Fact>
        <Fact name="console.desk.answers">{entry.answers !== null && <Letter of={entry.answers} />}</Fact>
        <Fact name="console.desk.answered_by">{entry.answeredBy !== null && <Letter of={entry.answeredBy} />}</Fact>
        <Fact name="console.desk.case">
          {entry.caseNumber !== null && (
            <PlaceLink to={{ at: 'case', number: entry.caseNumber }} className="sila-number">
              {grouped(entry.caseNumber)}
            </PlaceLink>
          )}
        </Fact>
        <Fact name="console.desk.entered">
          <BothDates at={entry.at} stacked />
        </Fact>
        <Fact name="console.desk.note">{entry.note !== '' && <span className="sila-words">{entry.note}</span>}</Fact>
      </dl>
      <Events entry={entry} />
    </section>
  );
}

/** Nothing for what was not said. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  const say = useSay();
  if (children === false || children === null) return null;
  return (
    <>
      <dt>{say(name)}</dt>
      <dd>{children}</dd>
    </>
  );
}

function words(text: string): ReactNode {
  return text !== '' && <bdi dir="auto">{text}</bdi>;
}

function Letter({ of }: { of: NonNullable<EntryDetail['answers']> }) {
  return (
    <PlaceLink to={{ at: 'entry', id: of.id }}>
      <EntryNumber entry={of} />
    </PlaceLink>
  );
}

function Events({ entry }: { entry: EntryDetail }) {
  const say = useSay();
  const nameOf = useNameOf();
  const dates = useDates();
  return (
    <ol className={css['events']}>
      {entry.events.map((event, i) => (
        <li key={i}>
          <span className={css['eventTop']}>
            <Chip tone={toneOf(event.state)}>{say(`console.register.state.${event.state}`)}</Chip>
            {event.dueAt !== undefined && <span>{dates.full(event.dueAt)}</span>}
          </span>
          {event.note !== undefined && <span className="sila-words">{event.note}</span>}
          <span className={css['fine']}>
            <bdi dir="auto">{nameOf(event.by)}</bdi> · <Ago at={event.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

export function CaseNumber({ number }: { number: string }) {
  return <CopiedNumber grouped={grouped(number)} />;
}

/** `7304-8815-2096-4` */
export function grouped(number: string): string {
  return number.replace(/^(\d{4})(\d{4})(\d{4})(\d)$/, '$1-$2-$3-$4');
}
