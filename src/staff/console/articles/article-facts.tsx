// What is to be known of an article at a glance: where it comes from, whether it is given, until when, and who wrote it.
import type { ReactNode } from 'react';
import type { ArticleLine } from '../api/types.js';
import { Chip } from '../parts/chip.js';
import type { Tone } from '../parts/chip.js';
import { Ago } from '../parts/time.js';
import { useNameOf } from '../state/people.js';
import { useDates } from '../words/dates.js';
import { useSay } from '../words/language.js';
import css from './articles.module.css';

const tones: Readonly<Record<ArticleLine['origin'], Tone>> = {
  pack: 'gray',
  changed: 'violet',
  own: 'green',
  gone: 'red',
};

export function ArticleFacts({ line, children }: { line: ArticleLine; children?: ReactNode }) {
  const say = useSay();
  const nameOf = useNameOf();
  const dates = useDates();
  const { origin, over, by, at, draft } = line;
  const until = draft.validUntil === null ? null : dates.date(Date.parse(draft.validUntil));
  return (
    <span className={css['facts']}>
      <Chip tone={tones[origin]}>{say(`console.articles.origin.${origin}`)}</Chip>
      {until !== null && (
        <Chip tone={over ? 'red' : 'blue'}>
          {say(over ? 'console.articles.over' : 'console.articles.until', { day: until })}
        </Chip>
      )}
      {draft.placeholder && <Chip tone="orange">{say('console.articles.placeholder')}</Chip>}
      {children !== undefined && <span>{children}</span>}
      {by !== null && at !== null && (
        <span>
          <bdi dir="auto">{nameOf(by)}</bdi> · <Ago at={at} />
        </span>
      )}
    </span>
  );
}
