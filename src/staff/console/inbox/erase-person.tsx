// The administrator's way to destroy what is known of a person; linked conversations go only when they are chosen.
import { Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { ConversationDetail } from '../api/types.js';
import { Name, usePersonName } from '../parts/names.js';
import { SureToErase } from '../parts/sure-to-erase.js';
import { go } from '../state/route.js';
import { useSay } from '../words/language.js';
import { useLinkedName } from './linked.js';
import { Retain, Retained } from './retention.js';

export function EraseSure({ conversation, close }: { conversation: ConversationDetail; close: () => void }) {
  const say = useSay();
  const nameOf = usePersonName();
  const [also, setAlso] = useState<string[]>([]);
  const linkedName = useLinkedName();
  const linked = conversation.linked.flatMap((one) =>
    one.conversation === null ? [] : [{ ...one, id: one.conversation }],
  );
  if (conversation.retained !== null) return <Retained conversation={conversation} close={close} />;
  return (
    <Stack>
      <Text fw={600}>
        <Name>{nameOf(conversation.name ?? conversation.cases[0]?.name ?? null, conversation.id)}</Name>
      </Text>
      <Text size="sm">{say('console.erase.what', { n: conversation.cases.length })}</Text>
      {linked.length > 0 && (
        <Checkbox.Group
          label={say('console.erase.also')}
          description={say('console.erase.also.more')}
          value={also}
          onChange={setAlso}
        >
          <Stack gap={8} mt={8} mb={10}>
            {linked.map((one) => (
              <Checkbox key={one.id} value={one.id} color="red" label={linkedName(one)} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      <SureToErase
        erase={() => post(`/conversations/${conversation.id}/erase`, { sure: conversation.id, also })}
        done={() => go({ at: 'inbox', id: null })}
        close={close}
      />
      <Retain conversation={conversation} close={close} />
    </Stack>
  );
}
