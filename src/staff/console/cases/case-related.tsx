// The case that a case is about, and those that are about it.
import type { MaskedCase } from '../api/types.js';
import { StatusChip } from '../parts/chip.js';
import { PlaceLink } from '../parts/link.js';
import { useSay } from '../words/language.js';
import { useFlowTitles } from '../words/titles.js';
import card from '../parts/card.module.css';
import css from './case.module.css';

/** Nothing for a case that stands alone. */
export function CaseRelated({ detail: { about, related } }: { detail: MaskedCase }) {
  const say = useSay();
  const titleOf = useFlowTitles();
  const all = [...(about === null ? [] : [about]), ...related];
  if (all.length === 0) return null;
  return (
    <section className={card['card']} aria-label={say('console.case.related')}>
      <h2 className={card['title']}>{say('console.case.related')}</h2>
      <ul className={css['entries']}>
        {all.map((one) => (
          <li key={one.number}>
            <PlaceLink to={{ at: 'case', number: one.number }}>
              {one === about && say('console.case.related.about')} {titleOf(one.kind) ?? one.kind}{' '}
              <span className="sila-number">{one.grouped}</span>
            </PlaceLink>
            <StatusChip status={one.status} />
            {!one.own && <span className={css['typed']}>{say('console.case.related.typed')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
