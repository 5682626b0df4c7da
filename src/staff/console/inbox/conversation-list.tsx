// The live list of conversations, newest first.
import { Skeleton } from '@mantine/core';
import { IconMessageOff } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { get } from '../api/client.js';
import type { ConversationCard } from '../api/types.js';
import { HoldChip } from '../parts/chip.js';
import { FilterChips } from '../parts/filter-chips.js';
import { PlaceLink } from '../parts/link.js';
import { MoreButton } from '../parts/more-button.js';
import { ChannelIcon, Name, PersonAvatar, useChannelName, usePersonName } from '../parts/names.js';
import page from '../parts/page.module.css';
import { Empty, Shown } from '../parts/states.js';
import { Ago } from '../parts/time.js';
import { useCounts } from '../state/counts.js';
import { useSession } from '../state/session.js';
import { useData } from '../state/use-data.js';
import type { Hint } from '../state/live.js';
import { useFlowTitle } from '../words/titles.js';
import { useSay } from '../words/language.js';
import css from './inbox.module.css';

const FILTERS = ['all', 'waiting', 'mine', 'unread'] as const;
type Filter = (typeof FILTERS)[number];
const PAGE = 50;
/** The most that the API gives at once. */
const MOST = 200;

export function ConversationList({ open }: { open: string | null }) {
  const say = useSay();
  const [filter, setFilter] = useState<Filter>('all');
  const [limit, setLimit] = useState(PAGE);
  const hold = filter === 'waiting' ? 'waiting' : filter === 'mine' ? 'taken' : undefined;
  const read = useCallback(
    () => get<{ conversations: ConversationCard[] }>('/conversations', { hold, limit }).then((a) => a.conversations),
    [hold, limit],
  );
  const list = useData(read, aboutConversations);
  const { me } = useSession();
  const shown = (cards: ConversationCard[]) =>
    cards.filter((card) => (filter === 'mine' ? card.heldBy === me.id : filter !== 'unread' || card.unread > 0));
  return (
    <>
      <div className={css['head']}>
        <h1 className={page['title']}>{say('console.nav.inbox')}</h1>
        <Filters filter={filter} choose={setFilter} />
      </div>
      <Shown of={list} waiting={<Ghosts />}>
        {(cards) => (
          <Rows cards={shown(cards)} open={open} filter={filter}>
            <MoreButton more={cards.length === limit && limit < MOST ? () => setLimit(limit * 2) : null} />
          </Rows>
        )}
      </Shown>
    </>
  );
}

function Filters({ filter, choose }: { filter: Filter; choose: (filter: Filter) => void }) {
  const say = useSay();
  const waiting = useCounts()?.waiting ?? 0;
  const label = (one: Filter) => {
    const name = say(`console.inbox.filter.${one}`);
    return one === 'waiting' && waiting > 0 ? `${name} (${waiting})` : name;
  };
  return (
    <FilterChips
      className={css['filters']}
      label={say('console.inbox.filter')}
      chosen={filter}
      choose={choose}
      offered={FILTERS.map((value) => ({ value, label: label(value) }))}
    />
  );
}

interface RowsProps {
  cards: ConversationCard[];
  open: string | null;
  filter: Filter;
  children: React.ReactNode;
}

function Rows({ cards, open, filter, children }: RowsProps) {
  const say = useSay();
  if (cards.length === 0)
    return (
      <Empty icon={IconMessageOff} title={say(`console.inbox.empty.${filter}`)}>
        {filter === 'all' ? say('console.inbox.empty.more') : undefined}
      </Empty>
    );
  return (
    <ul className={css['rows']}>
      {cards.map((card) => (
        <li key={card.id}>
          <Row card={card} current={card.id === open} />
        </li>
      ))}
      <li>{children}</li>
    </ul>
  );
}

function Row({ card, current }: { card: ConversationCard; current: boolean }) {
  const say = useSay();
  const nameOf = usePersonName();
  const channelName = useChannelName();
  const title = useFlowTitle(card.flow);
  return (
    <PlaceLink
      to={{ at: 'inbox', id: card.id }}
      className={css['row']}
      aria-current={current ? 'true' : undefined}
      data-unread={card.unread > 0}
    >
      <PersonAvatar name={card.name} id={card.id} channel={card.channel} />
      <span className={css['rowBody']}>
        <span className={css['rowTop']}>
          <span className={`${css['rowName']} sila-name`}>
            <Name>{nameOf(card.name, card.id)}</Name>
          </span>
          {card.lastMessageAt !== null && <Ago at={card.lastMessageAt} className={css['rowTime']} />}
        </span>
        <span className={css['rowBottom']}>
          <span className={css['rowWhere']}>
            <ChannelIcon channel={card.channel} />
            <span className="sila-cut">
              {title === null ? channelName(card.channel) : `${channelName(card.channel)} · ${title}`}
            </span>
          </span>
          <HoldChip card={card} />
          {card.unread > 0 && (
            <span className={css['unread']} aria-label={say('console.unread', { n: card.unread })} role="img">
              {card.unread > 99 ? '+99' : card.unread}
            </span>
          )}
        </span>
      </span>
    </PlaceLink>
  );
}

function Ghosts() {
  return (
    <div className={css['rows']} aria-hidden>
      {Array.from({ length: 7 }, (_, i) => (
        <div key={i} className={css['row']}>
          <Skeleton circle height={42} />
          <span className={css['rowBody']}>
            <Skeleton height={13} width="62%" mb={5} />
            <Skeleton height={10} width="38%" />
          </span>
        </div>
      ))}
    </div>
  );
}

function aboutConversations(hint: Hint): boolean {
  return hint.about === 'conversation';
}
