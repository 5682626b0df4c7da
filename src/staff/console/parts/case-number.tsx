// A case number that can be copied with one tap.
import { ActionIcon, CopyButton, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useSay } from '../words/language.js';

export function CopiedNumber({ grouped }: { grouped: string }) {
  const say = useSay();
  return (
    <Group gap={4} wrap="nowrap">
      <span className="sila-number">{grouped}</span>
      <CopyButton value={grouped}>
        {({ copied, copy }) => (
          <Tooltip label={say(copied ? 'console.copied' : 'console.copy_number')} {...(copied && { opened: true })}>
            <ActionIcon
              variant="subtle"
              color={copied ? 'sila' : 'gray'}
              onClick={copy}
              aria-label={say('console.copy_number')}
            >
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
