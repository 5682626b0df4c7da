// A paper of the person: scanned or photographed at the desk, kept under the same rules as one that is sent.
import { Button, FileButton, Group, Stack } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { send } from '../api/client.js';
import type { FileRefused } from '../api/types.js';
import type { FileRef } from '../api/types.js';
import { useAct } from '../parts/use-act.js';
import { useSay } from '../words/language.js';
import { ACCEPTED } from './entry-files.js';
import { Skip } from './question-field.js';
import type { Given, Question } from './question-field.js';
import { Refused } from '../parts/refused.js';

interface Props {
  entry: string;
  question: Question;
  busy: boolean;
  answer: (given: Given) => Promise<unknown>;
}

export function PaperField({ entry, question, busy, answer }: Props) {
  const say = useSay();
  const { busy: sending, act } = useAct();
  const [refused, setRefused] = useState<FileRefused | null>(null);
  const give = (files: File[]) =>
    act(async () => {
      setRefused(null);
      const kept: string[] = [];
      for (const file of files) {
        const one = await send<{ file: FileRef } | { refused: FileRefused }>(`/registers/${entry}/papers`, file);
        if ('refused' in one) {
          setRefused(one.refused);
          return;
        }
        kept.push(one.file.id);
      }
      if (kept.length > 0) await answer({ files: kept });
    });
  return (
    <Stack>
      <Refused of={refused} />
      <Group>
        <FileButton onChange={(files) => void give(files)} accept={ACCEPTED} multiple>
          {(props) => (
            <Button {...props} loading={sending || busy} leftSection={<IconUpload size={18} />}>
              {say('console.desk.paper')}
            </Button>
          )}
        </FileButton>
        <Skip question={question} busy={busy || sending} answer={answer} />
      </Group>
    </Stack>
  );
}
