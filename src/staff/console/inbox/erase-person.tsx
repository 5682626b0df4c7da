// The administrator's way to destroy what is known of a person; linked conversations go only when they are chosen.
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { ConversationDetail } from '../api/types.js';
import { Name, usePersonName } from '../parts/names.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { go } from '../state/route.js';
import { useSay } from '../words/language.js';
import { useLinkedName } from './linked.js';
import { Retain, Retained } from './retention.js';

export function EraseSure({ conversation, close }: { conversation: ConversationDetail; close: () => void }) {
  const say = useSay();
  const tell = useTell();
  const nameOf = usePersonName();
  const [sure, setSure] = useState(false);
  const [also, setAlso] = useState<string[]>([]);
  const linkedName = useLinkedName();
  const linked = conversation.linked.flatMap((one) =>
    one.conversation === null ? [] : [{ ...one, id: one.conversation }],
  );
  const { busy, act } = useAct();
  const erase = async () => {
    const done = await act(() => post(`/conversations/${conversation.id}/erase`, { sure: conversation.id, also }));
    if (!done) return;
    tell.done('console.erase.done');
    go({ at: 'inbox', id: null });
  };
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
      <Checkbox
        color="red"
        checked={sure}
        onChange={(event) => setSure(event.currentTarget.checked)}
        label={say('console.erase.sure')}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {say('console.cancel')}
        </Button>
        <Button color="red" disabled={!sure} loading={busy} onClick={() => void erase()}>
          {say('console.erase.now')}
        </Button>
      </Group>
      <Retain conversation={conversation} close={close} />
    </Stack>
  );
}
