// The administrator's way to destroy what an entry says; its number stays.
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { EntryDetail } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { go } from '../state/route.js';
import { useMay } from '../state/session.js';
import { useSay } from '../words/language.js';

export function EraseEntry({ entry }: { entry: EntryDetail }) {
  const say = useSay();
  const may = useMay('erase');
  const [asking, setAsking] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {say('console.desk.erase')}
      </Button>
      <Dialog opened={asking} close={() => setAsking(false)} title="console.desk.erase">
        <Sure entry={entry} close={() => setAsking(false)} />
      </Dialog>
    </>
  );
}

function Sure({ entry, close }: { entry: EntryDetail; close: () => void }) {
  const say = useSay();
  const tell = useTell();
  const { busy, act } = useAct();
  const [sure, setSure] = useState(false);
  const erase = async () => {
    if (!(await act(() => post(`/registers/${entry.id}/erase`, { sure: entry.id })))) return;
    tell.done('console.erase.done');
    go({ at: 'desk', register: entry.register });
  };
  return (
    <Stack>
      <Text size="sm">{say(entry.conversation === null ? 'console.desk.erase.what' : 'console.desk.erase.form')}</Text>
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
