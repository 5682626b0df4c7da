// All cases: search, by status, what is due.
import { Button, Chip as Choice, CloseButton, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { IconFolderOff, IconSearch } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { post } from '../api/client.js';
import type { CaseLine, CaseStatus } from '../api/types.js';
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
    <div className={css['page']}>
      <div className={css['head']}>
        <h1 className={css['title']}>{say('console.nav.cases')}</h1>
        <Search typed={typed} type={setTyped} />
        <StatusFilter status={status} choose={setStatus} />
      </div>
      <div className={css['body']}>
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

function Search({ typed, type }: { typed: string; type: (typed: string) => void }) {
  const say = useSay();
  return (
    <TextInput
      aria-label={say('console.cases.search')}
      placeholder={say('console.cases.search')}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={typed !== '' && <CloseButton aria-label={say('console.clear')} onClick={() => type('')} />}
      type="search"
      size="md"
    />
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
  const say = useSay();
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  return (
    <>
      {wide ? <CaseTable lines={lines} /> : <CaseCards lines={lines} />}
      {more !== null && (
        <div className={css['more']}>
          <Button variant="subtle" onClick={more}>
            {say('console.more')}
          </Button>
        </div>
      )}
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
    <Choice.Group value={status ?? 'all'} onChange={(next) => choose(next === 'all' ? null : (next as CaseStatus))}>
      <div className={css['filters']} role="group" aria-label={say('console.cases.filter')}>
        <Choice value="all" size="sm" variant="light" icon={null} styles={NO_TICK}>
          {say('console.cases.all')}
        </Choice>
        {offered.map((one) => (
          <Choice key={one} value={one} size="sm" variant="light" icon={null} styles={NO_TICK}>
            {say(`status.${one}.name`)} ({counts[one] ?? 0})
          </Choice>
        ))}
      </div>
    </Choice.Group>
  );
}

const NO_TICK = { iconWrapper: { display: 'none' }, label: { paddingInline: 13 } } as const;

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
