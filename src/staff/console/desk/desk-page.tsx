// The desk: who came, who is to be called, letters in and out; and where something new is written down.
import { Button, Chip as Choice, CloseButton, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconMailDown,
  IconMailUp,
  IconPhone,
  IconPlus,
  IconSearch,
  IconUserCheck,
  IconNotebookOff,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { get, post } from '../api/client.js';
import type { DeskOverview, EntryLine, RegisterName } from '../api/types.js';
import { PlaceLink } from '../parts/link.js';
import { Empty, Shown } from '../parts/states.js';
import type { Hint } from '../state/live.js';
import { useData } from '../state/use-data.js';
import { useSay } from '../words/language.js';
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
    <div className={css['page']}>
      <div className={css['head']}>
        <h1 className={css['title']}>{say('console.nav.desk')}</h1>
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
    <div className={css['body']}>
      <div className={css['tools']}>
        <Search typed={typed} type={setTyped} />
        {register !== 'outgoing' && search === '' && <OpenFilter open={open} choose={setOpen} />}
      </div>
      <Shown of={entries} waiting={<Ghosts />}>
        {(lines) =>
          lines.length === 0 ? (
            <Empty icon={IconNotebookOff} title={say(search === '' ? 'console.desk.none' : 'console.desk.not_found')}>
              {search === '' && say(`console.register.${register}.about`)}
            </Empty>
          ) : (
            <Lines
              lines={open && search === '' ? byDue(lines) : lines}
              more={lines.length === limit && limit < MOST ? () => setLimit(limit * 2) : null}
            />
          )
        }
      </Shown>
    </div>
  );
}

function Lines({ lines, more }: { lines: readonly EntryLine[]; more: (() => void) | null }) {
  const say = useSay();
  return (
    <>
      <EntryRows lines={lines} />
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

function Search({ typed, type }: { typed: string; type: (typed: string) => void }) {
  const say = useSay();
  return (
    <TextInput
      aria-label={say('console.desk.search')}
      placeholder={say('console.desk.search')}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={typed !== '' && <CloseButton aria-label={say('console.clear')} onClick={() => type('')} />}
      type="search"
      size="md"
    />
  );
}

function OpenFilter({ open, choose }: { open: boolean; choose: (open: boolean) => void }) {
  const say = useSay();
  return (
    <Choice.Group value={open ? 'open' : 'all'} onChange={(next) => choose(next === 'open')}>
      <div className={css['filters']} role="group" aria-label={say('console.desk.filter')}>
        {['open', 'all'].map((one) => (
          <Choice key={one} value={one} size="sm" variant="light" icon={null} styles={NO_TICK}>
            {say(`console.desk.filter.${one}`)}
          </Choice>
        ))}
      </div>
    </Choice.Group>
  );
}

const NO_TICK = { iconWrapper: { display: 'none' }, label: { paddingInline: 13 } } as const;

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
