// A code for a person who can no longer write here: said to them, written by them on another channel of ours.
import { Button, Code, Stack, Text } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useState } from 'react';
import { post } from '../api/client.js';
import type { EntryCode } from '../api/types.js';
import { useAct } from '../parts/use-act.js';
import { useDates } from '../words/dates.js';
import { useWords } from '../words/language.js';

export function LinkCode({ conversation }: { conversation: string }) {
  const { say, language } = useWords();
  const dates = useDates();
  const { busy, act } = useAct();
  const [made, setMade] = useState<EntryCode | null>(null);
  const make = () =>
    void act(async () =>
      setMade((await post<{ code: EntryCode }>(`/conversations/${conversation}/code`, { language })).code),
    );
  return (
    <Stack align="flex-start">
      <Text size="sm">{say('console.move.about')}</Text>
      {made === null ? (
        <Button leftSection={<IconArrowsExchange size={18} />} loading={busy} onClick={make}>
          {say('console.move.make')}
        </Button>
      ) : (
        <>
          <Code dir="ltr" fz="xl">
            {made.code}
          </Code>
          <Text size="sm">{say('console.move.until', { time: dates.time(made.expiresAt) })}</Text>
          <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {made.places}
          </Text>
        </>
      )}
    </Stack>
  );
}
