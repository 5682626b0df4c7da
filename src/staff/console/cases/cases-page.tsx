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
  return (
    <div className={css['page']}>
      <div className={css['head']}>
        <h1 className={css['title']}>{say('console.nav.cases')}</h1>
        <TextInput
          className={css['search'] ?? ''}
          aria-label={say('console.cases.search')}
          placeholder={say('console.cases.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          leftSection={<IconSearch size={18} aria-hidden />}
          rightSection={typed !== '' && <CloseButton aria-label={say('console.clear')} onClick={() => setTyped('')} />}
          type="search"
          size="md"
        />
        <StatusFilter status={status} choose={setStatus} />
      </div>
      <div className={css['body']}>
        <Shown of={cases} waiting={<Ghosts />}>
          {(lines) =>
            lines.length === 0 ? (
              <Empty icon={IconFolderOff} title={say(search === '' ? 'console.cases.none' : 'console.cases.not_found')}>
                {search !== '' && say('console.cases.not_found.more')}
              </Empty>
            ) : (
              <Lines lines={lines}>
                {lines.length === limit && limit < MOST && (
                  <Button variant="subtle" onClick={() => setLimit(limit * 2)}>
                    {say('console.more')}
                  </Button>
                )}
              </Lines>
            )
          }
        </Shown>
      </div>
    </div>
  );
}

function Lines({ lines, children }: { lines: CaseLine[]; children: React.ReactNode }) {
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  return (
    <>
      {wide ? <CaseTable lines={lines} /> : <CaseCards lines={lines} />}
      <div className={css['more']}>{children}</div>
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
