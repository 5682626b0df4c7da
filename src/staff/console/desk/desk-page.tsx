// The desk: who came, who is to be called, letters in and out; and where something new is written down.
import { Button, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconMailDown, IconMailUp, IconPhone, IconPlus, IconUserCheck, IconNotebookOff } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { get, post } from '../api/client.js';
import type { DeskOverview, EntryLine, RegisterName } from '../api/types.js';
import { FilterChips } from '../parts/filter-chips.js';
import { PlaceLink } from '../parts/link.js';
import { MoreButton } from '../parts/more-button.js';
import { SearchField } from '../parts/search-field.js';
import { Empty, Shown } from '../parts/states.js';
import type { Hint } from '../state/live.js';
import { useData } from '../state/use-data.js';
import { useSay } from '../words/language.js';
import page from '../parts/page.module.css';
import css from './desk.module.css';
import { EntryRows } from './entry-rows.js';
import { NewEntry } from './new-entry.js';

const PAGE = 50;
const MOST = 200;
const icons: Readonly<Record<RegisterName, Icon>> = {
  visits: IconUserCheck,
  calls: IconPhone,
  incoming: IconMailDown,
  outgoing: IconMailUp,
};

export function DeskPage({ register }: { register: RegisterName }) {
  const say = useSay();
  const [adding, setAdding] = useState(false);
  const read = useCallback(() => get<DeskOverview>('/registers'), []);
  const overview = useData(read, aboutEntries);
  return (
    <div className={page['page']}>
      <div className={css['head']}>
        <h1 className={page['title']}>{say('console.nav.desk')}</h1>
        <Button leftSection={<IconPlus size={18} />} onClick={() => setAdding(true)}>
          {say(`console.register.${register}.new`)}
        </Button>
        <Shown of={overview} waiting={<Skeleton height={40} radius="md" className={css['tabs'] ?? ''} />}>
          {(data) => <Registers overview={data} register={register} />}
        </Shown>
      </div>
      <Entries key={register} register={register} />
      <NewEntry key={`new ${register}`} register={register} opened={adding} close={() => setAdding(false)} />
    </div>
  );
}

function Registers({ overview, register }: { overview: DeskOverview; register: RegisterName }) {
  const say = useSay();
  return (
    <nav className={css['tabs']} aria-label={say('console.desk.registers')}>
      {overview.registers.map(({ register: one, open }) => {
        const Sign = icons[one];
        return (
          <PlaceLink
            key={one}
            to={{ at: 'desk', register: one }}
            className={css['tab']}
            aria-current={one === register ? 'page' : undefined}
          >
            <Sign size={18} stroke={1.7} aria-hidden />
            {say(`console.register.${one}`)}
            {open > 0 && <span className={css['count']}>{open > 99 ? '+99' : open}</span>}
          </PlaceLink>
        );
      })}
    </nav>
  );
}

function Entries({ register }: { register: RegisterName }) {
  const say = useSay();
  const [open, setOpen] = useState(register !== 'outgoing');
  const [typed, setTyped] = useState('');
  const [limit, setLimit] = useState(PAGE);
  const [search] = useDebouncedValue(typed.trim(), 350);
  const read = useCallback(() => {
    // Whoever searches looks everywhere.
    const query = { register, limit, ...(search === '' ? { open } : { search }) };
    return post<{ entries: EntryLine[] }>('/registers/search', query).then((answer) => answer.entries);
  }, [register, open, search, limit]);
  const entries = useData(read, aboutEntries);
  return (
    <div className={page['body']}>
      <div className={css['tools']}>
        <SearchField label={say('console.desk.search')} typed={typed} type={setTyped} />
        {register !== 'outgoing' && search === '' && <OpenFilter open={open} choose={setOpen} />}
      </div>
      <Shown of={entries} waiting={<Ghosts />}>
        {(lines) =>
          lines.length === 0 ? (
            <Empty icon={IconNotebookOff} title={say(search === '' ? 'console.desk.none' : 'console.desk.not_found')}>
              {search === '' && say(`console.register.${register}.about`)}
            </Empty>
          ) : (
            <>
              <EntryRows lines={open && search === '' ? byDue(lines) : lines} />
              <MoreButton more={lines.length === limit && limit < MOST ? () => setLimit(limit * 2) : null} />
            </>
          )
        }
      </Shown>
    </div>
  );
}

function OpenFilter({ open, choose }: { open: boolean; choose: (open: boolean) => void }) {
  const say = useSay();
  return (
    <FilterChips
      className={css['filters']}
      label={say('console.desk.filter')}
      chosen={open ? 'open' : 'all'}
      choose={(next) => choose(next === 'open')}
      offered={(['open', 'all'] as const).map((value) => ({ value, label: say(`console.desk.filter.${value}`) }))}
    />
  );
}

/** What has a time comes first, in the order of it. */
function byDue(lines: readonly EntryLine[]): EntryLine[] {
  return [...lines].sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || (a.id < b.id ? -1 : 1));
}

function Ghosts() {
  return (
    <div className={css['rows']} aria-hidden>
      {Array.from({ length: 5 }, (_, i) => (
        <Skeleton key={i} height={68} radius="md" />
      ))}
    </div>
  );
}

function aboutEntries(hint: Hint): boolean {
  return hint.about === 'entry';
}
