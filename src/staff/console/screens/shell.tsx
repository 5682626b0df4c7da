// Around every screen: where one can go, what is new, and whether the line stands.
import { Indicator } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconBell, IconMenu2, IconWifiOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Mark } from '../parts/brand.js';
import { PlaceLink } from '../parts/link.js';
import { CountsProvider, useCounts } from '../state/counts.js';
import { useLive } from '../state/live.js';
import { usePlace } from '../state/route.js';
import type { Place } from '../state/route.js';
import { useSession } from '../state/session.js';
import { useWords } from '../words/language.js';
import { ITEMS, useItems } from './items.js';
import type { Item } from './items.js';
import { NoticesDrawer } from './notices.js';
import { Screen } from './screen.js';
import css from './shell.module.css';

export function Shell() {
  const [notices, setNotices] = useState(false);
  const place = usePlace();
  const { say } = useWords();
  const talking = place.at === 'inbox' && place.id !== null;
  return (
    <CountsProvider>
      <a className={css['skip']} href="#main">
        {say('console.skip')}
      </a>
      <div className={css['shell']} data-talking={talking}>
        <SideNav openNotices={() => setNotices(true)} />
        <main id="main" className={css['main']} tabIndex={-1}>
          <LineBanner />
          <Screen place={place} />
        </main>
        <BottomNav openNotices={() => setNotices(true)} />
      </div>
      <NoticesDrawer opened={notices} close={() => setNotices(false)} />
    </CountsProvider>
  );
}

function SideNav({ openNotices }: { openNotices: () => void }) {
  const { say, language } = useWords();
  const { charity, me } = useSession();
  const counts = useCounts();
  const items = useItems();
  const link = (item: Item) => (
    <NavLink key={item.key} item={item} className={css['sideLink']} count={countOf(item, counts?.waiting)} />
  );
  return (
    <nav className={css['side']} aria-label={say('console.nav')}>
      <div className={css['brand']}>
        <Mark />
        <span className={css['charity']}>{charity.name[language] ?? charity.name['ar']}</span>
      </div>
      {items.slice(0, 2).map(link)}
      <button type="button" className={css['sideLink']} onClick={openNotices}>
        <IconBell size={20} stroke={1.6} aria-hidden />
        <span>{say('console.nav.notices')}</span>
        <Count value={counts?.unseenNotices} />
      </button>
      {items.slice(2).map(link)}
      <div className={css['who']}>
        <span className="sila-name">
          <bdi dir="auto">{me.name}</bdi>
        </span>
        <span className={css['role']}>{say(`console.role.${me.role}`)}</span>
      </div>
    </nav>
  );
}

function BottomNav({ openNotices }: { openNotices: () => void }) {
  const { say } = useWords();
  const counts = useCounts();
  const more: Item = { place: { at: 'more' }, key: 'console.nav.more', icon: IconMenu2 };
  return (
    <nav className={css['bottom']} aria-label={say('console.nav')}>
      {ITEMS.slice(0, 2).map((item) => (
        <NavLink key={item.key} item={item} className={css['bottomLink']} count={countOf(item, counts?.waiting)} />
      ))}
      <button type="button" className={css['bottomLink']} onClick={openNotices}>
        <Indicator disabled={(counts?.unseenNotices ?? 0) === 0} color="red" size={9} offset={2}>
          <IconBell size={22} stroke={1.6} aria-hidden />
        </Indicator>
        <span>{say('console.nav.notices')}</span>
      </button>
      <NavLink item={more} className={css['bottomLink']} count={0} />
    </nav>
  );
}

function NavLink({ item, className, count }: { item: Item; className: string | undefined; count: number }) {
  const { say } = useWords();
  const here = isHere(item.place, usePlace());
  return (
    <PlaceLink to={item.place} className={className} aria-current={here ? 'page' : undefined}>
      <item.icon size={21} stroke={here ? 2 : 1.6} aria-hidden />
      <span>{say(item.key)}</span>
      <Count value={count} />
    </PlaceLink>
  );
}

function Count({ value = 0 }: { value?: number | undefined }) {
  return value > 0 ? <span className={css['count']}>{value > 99 ? '+99' : value}</span> : null;
}

/** Says that what is shown may be old. */
function LineBanner() {
  const { connected } = useLive();
  const { online } = useNetwork();
  const { say } = useWords();
  if (connected && online) return null;
  return (
    <div className={css['line']} role="status">
      <IconWifiOff size={16} aria-hidden />
      {say(online ? 'console.line.lost' : 'console.line.offline')}
    </div>
  );
}

function countOf(item: Item, waiting = 0): number {
  return item.place.at === 'inbox' ? waiting : 0;
}

function isHere(item: Place, now: Place): boolean {
  if (item.at === 'more') return !['inbox', 'cases', 'case'].includes(now.at);
  if (item.at === 'desk') return ['desk', 'entry', 'receipt'].includes(now.at);
  return item.at === now.at || (item.at === 'cases' && now.at === 'case');
}
