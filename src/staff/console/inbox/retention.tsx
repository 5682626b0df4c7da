// A reason to keep a person's data: while it stands, erasing is closed.
import { Alert, Button, Group, Stack, Textarea } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { ConversationDetail } from '../api/types.js';
import { BothDates } from '../parts/time.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { useNameOf } from '../state/people.js';
import { useSay } from '../words/language.js';

/** Says why the data are kept, and lets go of them. */
export function Retained({ conversation, close }: { conversation: ConversationDetail; close: () => void }) {
  const say = useSay();
  const tell = useTell();
  const nameOf = useNameOf();
  const { busy, act } = useAct();
  const { retained } = conversation;
  if (retained === null) return null;
  const release = async () => {
    if (!(await act(() => post(`/conversations/${conversation.id}/release`)))) return;
    tell.done('console.retain.released');
    close();
  };
  return (
    <Stack>
      <Alert color="orange" variant="light" icon={<IconLock size={18} />} title={say('console.retain.stands')}>
        <div className="sila-words">{retained.reason}</div>
        <bdi dir="auto">{nameOf(retained.by)}</bdi> · <BothDates at={retained.at} />
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" loading={busy} onClick={() => void release()}>
          {say('console.retain.release')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Beside erasing: keeping, with a reason. */
export function Retain({ conversation, close }: { conversation: ConversationDetail; close: () => void }) {
  const say = useSay();
  const tell = useTell();
  const { busy, act } = useAct();
  const [reason, setReason] = useState<string | null>(null);
  const retain = async () => {
    if (!(await act(() => post(`/conversations/${conversation.id}/retain`, { reason })))) return;
    tell.done('console.retain.done');
    close();
  };
  if (reason === null)
    return (
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setReason('')}>
        {say('console.retain')}
      </Button>
    );
  return (
    <>
      <Textarea
        label={say('console.retain.reason')}
        description={say('console.retain.about')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        dir="auto"
      />
      <Button variant="default" loading={busy} disabled={reason.trim() === ''} onClick={() => void retain()}>
        {say('console.retain.save')}
      </Button>
    </>
  );
}
