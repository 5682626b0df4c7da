// All cases: search, by status, what is due.
import { Skeleton } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { IconFolderOff } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { post } from '../api/client.js';
import type { CaseLine, CaseStatus } from '../api/types.js';
import { FilterChips } from '../parts/filter-chips.js';
import { MoreButton } from '../parts/more-button.js';
import page from '../parts/page.module.css';
import { SearchField } from '../parts/search-field.js';
import { Empty, Shown } from '../parts/states.js';
import { useCounts } from '../state/counts.js';
import type { Hint } from '../state/live.js';
import { useData } from '../state/use-data.js';
import { useSay } from '../words/language.js';
import { CaseCards, CaseTable } from './case-lists.js';
import css from './cases.module.css';

const PAGE = 50;
const MOST = 200;

export function CasesPage() {
  const say = useSay();
  const [status, setStatus] = useState<CaseStatus | null>(null);
  const [typed, setTyped] = useState('');
  const [limit, setLimit] = useState(PAGE);
  const [search] = useDebouncedValue(typed.trim(), 350);
  const read = useCallback(() => {
    const query = { limit, ...(status === null ? {} : { status }), ...(search === '' ? {} : { search }) };
    return post<{ cases: CaseLine[] }>('/cases/search', query).then((answer) => answer.cases);
  }, [status, search, limit]);
  const cases = useData(read, aboutCases);
  const more = () => setLimit(limit * 2);
  return (
    <div className={page['page']}>
      <div className={css['head']}>
        <h1 className={page['title']}>{say('console.nav.cases')}</h1>
        <SearchField label={say('console.cases.search')} typed={typed} type={setTyped} />
        <StatusFilter status={status} choose={setStatus} />
      </div>
      <div className={page['body']}>
        <Shown of={cases} waiting={<Ghosts />}>
          {(lines) =>
            lines.length === 0 ? (
              <NoCases searched={search !== ''} />
            ) : (
              <Lines lines={lines} more={lines.length === limit && limit < MOST ? more : null} />
            )
          }
        </Shown>
      </div>
    </div>
  );
}

function NoCases({ searched }: { searched: boolean }) {
  const say = useSay();
  return (
    <Empty icon={IconFolderOff} title={say(searched ? 'console.cases.not_found' : 'console.cases.none')}>
      {searched && say('console.cases.not_found.more')}
    </Empty>
  );
}

function Lines({ lines, more }: { lines: CaseLine[]; more: (() => void) | null }) {
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  return (
    <>
      {wide ? <CaseTable lines={lines} /> : <CaseCards lines={lines} />}
      <MoreButton more={more} />
    </>
  );
}

const OFFERED: readonly CaseStatus[] = [
  'submitted',
  'incomplete',
  'under_research',
  'committee',
  'approved',
  'partly_approved',
  'deferred',
  'declined',
  'in_service',
  'closed',
  'withdrawn',
];

function StatusFilter({ status, choose }: { status: CaseStatus | null; choose: (status: CaseStatus | null) => void }) {
  const say = useSay();
  const counts = useCounts()?.cases ?? {};
  const offered = OFFERED.filter((one) => one === status || (counts[one] ?? 0) > 0);
  return (
    <FilterChips
      className={css['filters']}
      label={say('console.cases.filter')}
      chosen={status ?? 'all'}
      choose={(next) => choose(next === 'all' ? null : next)}
      offered={[
        { value: 'all', label: say('console.cases.all') },
        ...offered.map((value) => ({ value, label: `${say(`status.${value}.name`)} (${counts[value] ?? 0})` })),
      ]}
    />
  );
}

function Ghosts() {
  return (
    <div className={css['cards']} aria-hidden>
      {Array.from({ length: 6 }, (_, i) => (
        <Skeleton key={i} height={64} radius="md" />
      ))}
    </div>
  );
}

function aboutCases(hint: Hint): boolean {
  return hint.about === 'case';
}
