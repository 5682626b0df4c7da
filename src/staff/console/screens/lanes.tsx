// The queues of several processes in the words of staff: what waits where, since when, and whether anybody is at it.
import { Button } from '@mantine/core';
import { IconListDetails, IconRefresh } from '@tabler/icons-react';
import { useCallback, useEffect } from 'react';
import { get } from '../api/client.js';
import type { LaneState } from '../api/types.js';
import { Chip } from '../parts/chip.js';
import type { Tone } from '../parts/chip.js';
import { useChannelName } from '../parts/names.js';
import { Shown } from '../parts/states.js';
import { Ago } from '../parts/time.js';
import { useNow } from '../state/now.js';
import { useData } from '../state/use-data.js';
import { useSay } from '../words/language.js';
import { laneWord, type LaneWord } from './lane-word.js';
import { Box, Page } from './page.js';
import css from './page.module.css';

/** Milliseconds between two looks. */
const OFTEN = 5_000;

export function LanesPage() {
  const say = useSay();
  const read = useCallback(() => get<{ lanes: LaneState[] }>('/lanes').then(({ lanes }) => lanes), []);
  const lanes = useData(read, never);
  const { reload } = lanes;
  useEffect(() => {
    const timer = setInterval(reload, OFTEN);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <Page
      title={say('console.lanes')}
      about={say('console.lanes.about')}
      aside={
        <Button variant="default" leftSection={<IconRefresh size={18} />} onClick={reload}>
          {say('console.lanes.look')}
        </Button>
      }
    >
      <Shown of={lanes}>
        {(all) => (
          <Box>
            <ul className={css['rows']}>
              {all.map((lane) => (
                <Lane key={lane.name} lane={lane} />
              ))}
            </ul>
          </Box>
        )}
      </Shown>
      <Box title={say('console.lanes.technical')}>
        <p className={css['about']}>{say('console.lanes.technical.about')}</p>
        <Button
          component="a"
          href="/staff/queues"
          variant="default"
          mt="sm"
          leftSection={<IconListDetails size={19} />}
        >
          {say('console.queues.open')}
        </Button>
      </Box>
    </Page>
  );
}

const TONES: Readonly<Record<LaneWord, Tone>> = { nobody: 'red', again: 'orange', slow: 'orange', calm: 'green' };

function Lane({ lane }: { lane: LaneState }) {
  const say = useSay();
  const titleOf = useLaneTitle();
  const word = laneWord(lane, useNow());
  const { waiting, active, later, again, since, handlers } = lane;
  return (
    <li className={css['rowLink']}>
      <span className={css['rowWords']}>
        <span className={css['rowTitle']}>{titleOf(lane.name)}</span>
        <span className={css['rowMore']}>{say('console.lanes.counts', { waiting, active, later, handlers })}</span>
        {again > 0 && <span className={css['rowMore']}>{say('console.lanes.failed', { n: again })}</span>}
        {since !== null && (
          <span className={css['rowMore']}>
            {say('console.lanes.since')} <Ago at={since} />
          </span>
        )}
        {word !== 'calm' && <span className={css['rowMore']}>{say(`console.lanes.${word}.cure`)}</span>}
      </span>
      <Chip tone={TONES[word]}>{say(`console.lanes.${word}`)}</Chip>
    </li>
  );
}

/** `delivery-telegram` is said with the channel's name; what nobody gave a title keeps its own name. */
function useLaneTitle(): (name: string) => string {
  const say = useSay();
  const channelName = useChannelName();
  return (name) => {
    const [kind = '', ...rest] = name.split('-');
    const key = `console.lane.${kind}`;
    const title = say(key, { channel: channelName(rest.join('-')) });
    return title === key ? name : title;
  };
}

/** Nothing tells of a queue: it is looked at again and again. */
function never(): boolean {
  return false;
}
