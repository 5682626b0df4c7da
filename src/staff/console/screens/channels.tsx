// Channels whose session is opened by hand: where it stands, the code for the phone, and what to tell people when it is gone.
import { Alert, Badge, Button, CopyButton, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useCallback } from 'react';
import { get } from '../api/client.js';
import type { SessionLine } from '../api/types.js';
import { ChannelIcon, useChannelName } from '../parts/names.js';
import { QrCode } from '../parts/qr-code.js';
import { Shown } from '../parts/states.js';
import type { Hint } from '../state/live.js';
import { useNow } from '../state/now.js';
import { useData } from '../state/use-data.js';
import { useDates } from '../words/dates.js';
import { useSay } from '../words/language.js';
import css from './channels.module.css';
import { Box, Page } from './page.js';

export function ChannelsPage() {
  const say = useSay();
  const read = useCallback(() => get<{ channels: SessionLine[] }>('/channels').then((answer) => answer.channels), []);
  const channels = useData(read, concernsChannels);
  return (
    <Page title={say('console.nav.channels')} about={say('console.channels.about')}>
      <Shown of={channels}>
        {(lines) => lines.map((line) => <Channel key={line.channel} line={line} reload={channels.reload} />)}
      </Shown>
    </Page>
  );
}

function Channel({ line, reload }: { line: SessionLine; reload: () => void }) {
  const say = useSay();
  const name = useChannelName()(line.channel);
  const state = line.now?.state ?? 'none';
  return (
    <>
      <Box>
        <Stack gap="md">
          <Group gap="sm">
            <ChannelIcon channel={line.channel} size={22} />
            <Text fw={600}>{name}</Text>
            <Badge color={colours[state]} variant="light" tt="none">
              {say(`console.channels.state.${state}`)}
            </Badge>
          </Group>
          <Since line={line} />
          {line.now?.code && <Code code={line.now.code} reload={reload} />}
          <Alert color="orange" variant="light" icon={<IconAlertTriangle size={20} />}>
            {say('console.channels.unofficial')}
          </Alert>
        </Stack>
      </Box>
      <Box title={say('console.channels.moved')}>
        <Stack gap="md">
          <Text size="sm">{say('console.channels.moved.about')}</Text>
          {line.moved.map(({ language, text }) => (
            <Words key={language} language={language} text={text} />
          ))}
        </Stack>
      </Box>
    </>
  );
}

function Since({ line: { now } }: { line: SessionLine }) {
  const say = useSay();
  const dates = useDates();
  if (now === null) return <Text size="sm">{say('console.channels.none')}</Text>;
  const date = dates.full(now.since);
  const reason = now.why === undefined ? null : (reasons[now.why] ?? 'broken');
  return (
    <Text size="sm">
      {now.number === undefined
        ? say('console.channels.since', { date })
        : say('console.channels.since_as', { date, number: `+${now.number}` })}
      {reason !== null && ` ${say(`console.channels.why.${reason}`)}`}
    </Text>
  );
}

/** Live: a newer code takes its place by a hint; one that is over is not shown. */
function Code({ code, reload }: { code: { text: string; until: number }; reload: () => void }) {
  const say = useSay();
  const now = useNow();
  if (now >= code.until)
    return (
      <Group gap="sm">
        <Text size="sm">{say('console.channels.code.over')}</Text>
        <Button size="xs" variant="default" onClick={reload}>
          {say('console.channels.code.again')}
        </Button>
      </Group>
    );
  return (
    <Group gap="lg" align="flex-start">
      <QrCode text={code.text} label={say('console.channels.code')} className={css['code']} />
      <List type="ordered" size="sm" maw={360}>
        <List.Item>{say('console.channels.steps.phone')}</List.Item>
        <List.Item>{say('console.channels.steps.menu')}</List.Item>
        <List.Item>{say('console.channels.steps.scan')}</List.Item>
      </List>
    </Group>
  );
}

function Words({ language, text }: { language: string; text: string }) {
  const say = useSay();
  return (
    <Stack gap={6} align="flex-start">
      <Textarea
        value={text}
        readOnly
        autosize
        classNames={{ input: css['words'] ?? '' }}
        w="100%"
        lang={language}
        dir={language === 'ar' ? 'rtl' : 'ltr'}
        aria-label={say('console.channels.moved')}
      />
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="xs"
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            onClick={copy}
          >
            {say(copied ? 'console.channels.copied' : 'console.channels.copy')}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}

const colours = { on: 'teal', pairing: 'yellow', starting: 'gray', lost: 'red', none: 'red' } as const;

/** What the library calls it, in words for people. */
const reasons: Readonly<Record<string, 'unpaired' | 'banned' | 'taken'>> = {
  LOGOUT: 'unpaired',
  UNPAIRED: 'unpaired',
  UNPAIRED_IDLE: 'unpaired',
  AUTH_FAILURE: 'unpaired',
  TOS_BLOCK: 'banned',
  SMB_TOS_BLOCK: 'banned',
  CONFLICT: 'taken',
};

const concernsChannels = (hint: Hint): boolean => hint.about === 'channel';
