// The administrator's way to destroy what an entry says; its number stays.
import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { EntryDetail } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { SureToErase } from '../parts/sure-to-erase.js';
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
  return (
    <Stack>
      <Text size="sm">{say(entry.conversation === null ? 'console.desk.erase.what' : 'console.desk.erase.form')}</Text>
      <SureToErase
        erase={() => post(`/registers/${entry.id}/erase`, { sure: entry.id })}
        done={() => go({ at: 'desk', register: entry.register })}
        close={close}
      />
    </Stack>
  );
}
