// The administrator's way to destroy what is known of a person.
import { ActionIcon, Button, Checkbox, Group, Menu, Stack, Text } from '@mantine/core';
import { IconDotsVertical, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { ConversationDetail } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { Name, usePersonName } from '../parts/names.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { go } from '../state/route.js';
import { useSay } from '../words/language.js';

export function ErasePerson({ conversation }: { conversation: ConversationDetail }) {
  const say = useSay();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say('console.menu')}>
            <IconDotsVertical size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconTrash size={17} />} onClick={() => setAsking(true)}>
            {say('console.erase')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={asking} close={() => setAsking(false)} title="console.erase">
        <Sure conversation={conversation} close={() => setAsking(false)} />
      </Dialog>
    </>
  );
}

function Sure({ conversation, close }: { conversation: ConversationDetail; close: () => void }) {
  const say = useSay();
  const tell = useTell();
  const nameOf = usePersonName();
  const [sure, setSure] = useState(false);
  const { busy, act } = useAct();
  const erase = async () => {
    const done = await act(() => post(`/conversations/${conversation.id}/erase`, { sure: conversation.id }));
    if (!done) return;
    tell.done('console.erase.done');
    go({ at: 'inbox', id: null });
  };
  return (
    <Stack>
      <Text fw={600}>
        <Name>{nameOf(conversation.name ?? conversation.cases[0]?.name ?? null, conversation.id)}</Name>
      </Text>
      <Text size="sm">{say('console.erase.what', { n: conversation.cases.length })}</Text>
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
    </Stack>
  );
}
