// One's own link to the staff group's channel: a code that the bot is shown once.
import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconBrandTelegram, IconCheck, IconCopy, IconLinkOff } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { get, post } from '../api/client.js';
import { useChannelName } from '../parts/names.js';
import { useTell } from '../parts/tell.js';
import { useAct } from '../parts/use-act.js';
import { useData } from '../state/use-data.js';
import { useDates } from '../words/dates.js';
import { useSay } from '../words/language.js';
import { Box } from './page.js';

interface Link {
  channel: string;
  /** The bot's name; null while the channel has not told. */
  bot: string | null;
  since: number | null;
}
interface Made {
  code: string;
  until: number;
}

/** Nothing where no channel has a staff group. */
export function MyLinks() {
  const read = useCallback(() => get<{ links: Link[] }>('/links').then((answer) => answer.links), []);
  const links = useData(read, never);
  return (links.data ?? []).map((link) => <Channel key={link.channel} link={link} reload={links.reload} />);
}

function Channel({ link, reload }: { link: Link; reload: () => void }) {
  const say = useSay();
  const channel = useChannelName()(link.channel);
  const [made, setMade] = useState<Made | null>(null);
  return (
    <Box title={say('console.links.title', { channel })}>
      <Stack align="flex-start" gap="sm">
        {link.since !== null && <Linked link={link} since={link.since} reload={reload} />}
        {link.since === null && <Text size="sm">{say('console.links.about', { channel })}</Text>}
        {made === null ? <Make link={link} made={setMade} /> : <Show link={link} made={made} />}
      </Stack>
    </Box>
  );
}

function Linked({ link, since, reload }: { link: Link; since: number; reload: () => void }) {
  const say = useSay();
  const tell = useTell();
  const dates = useDates();
  const { busy, act } = useAct();
  const remove = async () => {
    if (!(await act(() => post('/links/remove', { channel: link.channel })))) return;
    tell.done('console.links.removed');
    reload();
  };
  return (
    <Group gap="sm">
      <Text size="sm" fw={600}>
        {say('console.links.since', { date: dates.date(since) })}
      </Text>
      <Button
        variant="subtle"
        color="red"
        size="xs"
        leftSection={<IconLinkOff size={16} />}
        loading={busy}
        onClick={() => void remove()}
      >
        {say('console.links.remove')}
      </Button>
    </Group>
  );
}

function Make({ link, made }: { link: Link; made: (code: Made) => void }) {
  const say = useSay();
  const { busy, act } = useAct();
  const make = () => void act(async () => made(await post<Made>('/links', { channel: link.channel })));
  return (
    <Button variant="light" leftSection={<IconBrandTelegram size={18} />} loading={busy} onClick={make}>
      {say(link.since === null ? 'console.links.make' : 'console.links.again')}
    </Button>
  );
}

function Show({ link, made }: { link: Link; made: Made }) {
  const say = useSay();
  const dates = useDates();
  return (
    <>
      <Text size="sm">{say('console.links.steps', { time: dates.time(made.until) })}</Text>
      {link.bot !== null && (
        <Button
          component="a"
          href={`https://t.me/${link.bot}?start=${made.code}`}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconBrandTelegram size={18} />}
        >
          {say('console.links.open')}
        </Button>
      )}
      <Group gap="xs" wrap="nowrap" maw="100%">
        <Code dir="ltr" style={{ overflowWrap: 'anywhere' }}>
          {made.code}
        </Code>
        <CopyButton value={made.code}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="xs"
              flex="none"
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={copy}
            >
              {say(copied ? 'console.links.copied' : 'console.links.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </>
  );
}

const never = (): boolean => false;
