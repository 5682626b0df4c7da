// The conversation that a case came from, beside the case.
import { Button } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useCallback } from 'react';
import { get } from '../api/client.js';
import type { OpenedConversation } from '../api/types.js';
import { Transcript } from '../inbox/transcript.js';
import { Shown } from '../parts/states.js';
import type { Hint } from '../state/live.js';
import { go } from '../state/route.js';
import { useData } from '../state/use-data.js';
import { useSay } from '../words/language.js';
import css from './case.module.css';

export function CaseTranscript({ conversation }: { conversation: string }) {
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
