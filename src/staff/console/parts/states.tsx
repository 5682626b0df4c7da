// What a screen shows when there is nothing, not yet anything, or no way to read it.
import { Button, Center, Loader, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconCloudOff, IconMoodEmpty } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Fault } from '../api/client.js';
import type { Data } from '../state/use-data.js';
import { useSay } from '../words/language.js';

export function Empty({
  icon: Shown = IconMoodEmpty,
  title,
  children,
}: {
  icon?: Icon;
  title: string;
  children?: ReactNode;
}) {
  return (
    <Center p="xl" mih={220}>
      <Stack align="center" gap="xs" maw={360}>
        <ThemeIcon size={56} radius="xl" variant="light" color="gray">
          <Shown size={28} stroke={1.5} />
        </ThemeIcon>
        <Text fw={600} ta="center">
          {title}
        </Text>
        {children !== undefined && (
          <Text c="dimmed" size="sm" ta="center" component="div">
            {children}
          </Text>
        )}
      </Stack>
    </Center>
  );
}

export function Loading() {
  const say = useSay();
  return (
    <Center p="xl" mih={220} role="status" aria-label={say('console.loading')}>
      <Loader type="dots" />
    </Center>
  );
}

export function Problem({ fault, retry }: { fault: Fault; retry: () => void }) {
  const say = useSay();
  return (
    <Empty icon={IconCloudOff} title={say(`console.error.${fault}`)}>
      {fault !== 'not_found' && (
        <Button variant="light" mt="xs" onClick={retry}>
          {say('console.retry')}
        </Button>
      )}
    </Empty>
  );
}

/** Shows what was read; old data stay while a new reading fails (the banner on top says that the line is down). */
export function Shown<T>({
  of,
  children,
  waiting,
}: {
  of: Data<T>;
  children: (data: T) => ReactNode;
  waiting?: ReactNode;
}) {
  if (of.data !== null) return children(of.data);
  if (of.fault !== null) return <Problem fault={of.fault} retry={of.reload} />;
  return waiting ?? <Loading />;
}
