// What can be done about a person: undoing a link with other channels, and erasing what is known of them.
import { ActionIcon, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { IconArrowsExchange, IconDotsVertical, IconTrash, IconUnlink } from '@tabler/icons-react';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { ConversationDetail } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { useMay } from '../state/session.js';
import { useSay } from '../words/language.js';
import { EraseSure } from './erase-person.js';
import { LinkCode } from './link-code.js';
import { LinkedList } from './linked.js';

export function PersonMenu({ conversation, reload }: { conversation: ConversationDetail; reload: () => void }) {
  const say = useSay();
  const mayErase = useMay('erase');
  const [asking, setAsking] = useState<'erase' | 'separate' | 'code' | null>(null);
  const close = () => setAsking(null);
  const linked = conversation.linked.length > 0;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say('console.menu')}>
            <IconDotsVertical size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {linked && (
            <Menu.Item leftSection={<IconUnlink size={17} />} onClick={() => setAsking('separate')}>
              {say('console.separate')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconArrowsExchange size={17} />} onClick={() => setAsking('code')}>
            {say('console.move')}
          </Menu.Item>
          {mayErase && (
            <Menu.Item color="red" leftSection={<IconTrash size={17} />} onClick={() => setAsking('erase')}>
              {say('console.erase')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={asking === 'erase'} close={close} title="console.erase">
        <EraseSure conversation={conversation} close={close} />
      </Dialog>
      <Dialog opened={asking === 'code'} close={close} title="console.move">
        <LinkCode conversation={conversation.id} />
      </Dialog>
      <Dialog opened={asking === 'separate'} close={close} title="console.separate">
        <SeparateSure conversation={conversation} close={close} reload={reload} />
      </Dialog>
    </>
  );
}

interface Sure {
  conversation: ConversationDetail;
  close: () => void;
  reload: () => void;
}

function SeparateSure({ conversation, close, reload }: Sure) {
  const say = useSay();
  const tell = useTell();
  const { busy, act } = useAct();
  const separate = async () => {
    if (!(await act(() => post(`/conversations/${conversation.id}/separate`, {})))) return;
    tell.done('console.separate.done');
    close();
    reload();
  };
  return (
    <Stack>
      <LinkedList linked={conversation.linked} />
      <Text size="sm">{say('console.separate.what')}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {say('console.cancel')}
        </Button>
        <Button loading={busy} onClick={() => void separate()}>
          {say('console.separate.now')}
        </Button>
      </Group>
    </Stack>
  );
}
