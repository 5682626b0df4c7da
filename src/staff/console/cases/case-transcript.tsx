// The conversations that a case came through, in order, beside the case.
import { Button, SegmentedControl } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { get } from '../api/client.js';
import type { MaskedCase, OpenedConversation } from '../api/types.js';
import { Transcript } from '../inbox/transcript.js';
import { useChannelName } from '../parts/names.js';
import { Shown } from '../parts/states.js';
import type { Hint } from '../state/live.js';
import { go } from '../state/route.js';
import { useData } from '../state/use-data.js';
import { useSay } from '../words/language.js';
import css from './case.module.css';

/** One after the other, the last first in sight: there it was finished. */
export function CaseTranscript({ passages }: { passages: MaskedCase['passages'] }) {
  const say = useSay();
  const channelName = useChannelName();
  const [chosen, choose] = useState(passages.at(-1)?.conversation ?? '');
  const ways = passages.map(({ conversation, channel }, index) => ({
    value: conversation,
    label: say('console.case.passage', { n: index + 1, channel: channelName(channel) }),
  }));
  return (
    <>
      {passages.length > 1 && (
        <SegmentedControl
          className={css['passages'] ?? ''}
          aria-label={say('console.case.passages')}
          data={ways}
          value={chosen}
          onChange={choose}
        />
      )}
      <Words key={chosen} conversation={chosen} />
    </>
  );
}

function Words({ conversation }: { conversation: string }) {
  const say = useSay();
  const read = useCallback(() => get<OpenedConversation>(`/conversations/${conversation}`), [conversation]);
  const wants = useCallback((hint: Hint) => hint.about === 'conversation' && hint.id === conversation, [conversation]);
  const opened = useData(read, wants);
  return (
    <Shown of={opened}>
      {({ lines, earlier }) => (
        <>
          <div className={css['transcript']}>
            <Transcript id={conversation} lines={lines} earlier={earlier} />
          </div>
          <Button
            mt={24}
            variant="light"
            leftSection={<IconMessages size={18} />}
            onClick={() => go({ at: 'inbox', id: conversation })}
          >
            {say('console.case.open_conversation')}
          </Button>
        </>
      )}
    </Shown>
  );
}
