// What cannot be undone is done only after a tick that says so.
import { Button, Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../words/language.js';
import { useTell } from './tell.js';
import { useAct } from './use-act.js';

interface Props {
  erase: () => Promise<unknown>;
  /** After it is done, and said. */
  done: () => void;
  close: () => void;
}

export function SureToErase({ erase, done, close }: Props) {
  const say = useSay();
  const tell = useTell();
  const { busy, act } = useAct();
  const [sure, setSure] = useState(false);
  const now = async () => {
    if (!(await act(erase))) return;
    tell.done('console.erase.done');
    done();
  };
  return (
    <>
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
        <Button color="red" disabled={!sure} loading={busy} onClick={() => void now()}>
          {say('console.erase.now')}
        </Button>
      </Group>
    </>
  );
}
