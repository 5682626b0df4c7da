// Where a case stands in the registers of the desk.
import { useCallback } from 'react';
import { get } from '../api/client.js';
import type { EntryLine } from '../api/types.js';
import { EntryNumber, StateChip } from '../desk/entry-number.js';
import { PlaceLink } from '../parts/link.js';
import type { Hint } from '../state/live.js';
import { useData } from '../state/use-data.js';
import { useSay } from '../words/language.js';
import card from '../parts/card.module.css';
import css from './case.module.css';

/** Nothing for a case that stands in none. */
export function CaseEntries({ number }: { number: string }) {
  const say = useSay();
  const read = useCallback(
    () => get<{ entries: EntryLine[] }>(`/cases/${number}/entries`).then((answer) => answer.entries),
    [number],
  );
  const { data } = useData(read, aboutEntries);
  if (data === null || data.length === 0) return null;
  return (
    <section className={card['card']} aria-label={say('console.case.entries')}>
      <h2 className={card['title']}>{say('console.case.entries')}</h2>
      <ul className={css['entries']}>
        {data.map((entry) => (
          <li key={entry.id}>
            <PlaceLink to={{ at: 'entry', id: entry.id }}>
              {say(`console.register.${entry.register}`)} <EntryNumber entry={entry} />
            </PlaceLink>
            <StateChip entry={entry} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function aboutEntries(hint: Hint): boolean {
  return hint.about === 'entry';
}
