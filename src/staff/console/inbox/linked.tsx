// The other conversations of one person: as chips that lead there, and as a list in a question.
import { Group, Text } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import type { ConversationDetail } from '../api/types.js';
import { PlaceLink } from '../parts/link.js';
import { ChannelIcon, useChannelName } from '../parts/names.js';
import { Ago } from '../parts/time.js';
import { useSay } from '../words/language.js';
import css from './pane.module.css';

type Linked = ConversationDetail['linked'];

/** How the other side of a link is called. */
export function useLinkedName(): (one: Linked[number]) => string {
  const say = useSay();
  const channelName = useChannelName();
  return ({ channel }) => (channel === null ? say('console.linked.desk') : channelName(channel));
}

export function LinkedChips({ linked }: { linked: Linked }) {
  const say = useSay();
  const nameOf = useLinkedName();
  return linked.map((one) => {
    const name = say('console.linked.with', { channel: nameOf(one) });
    const inner = (
      <>
        <IconLink size={14} aria-hidden />
        {name}
      </>
    );
    return one.conversation === null ? (
      <span key={one.since} className={css['linked']}>
        {inner}
      </span>
    ) : (
      <PlaceLink key={one.conversation} to={{ at: 'inbox', id: one.conversation }} className={css['linked']}>
        {inner}
      </PlaceLink>
    );
  });
}

export function LinkedList({ linked }: { linked: Linked }) {
  const nameOf = useLinkedName();
  return linked.map((one) => (
    <Group key={one.conversation ?? one.since} gap={8}>
      <ChannelIcon channel={one.channel ?? ''} size={18} />
      <Text fw={600}>{nameOf(one)}</Text>
      <Text size="sm" c="dimmed">
        <Ago at={one.since} />
      </Text>
    </Group>
  ));
}
