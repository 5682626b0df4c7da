// Words that came from people: always isolated, so that their direction disturbs nothing around them.
import { Avatar } from '@mantine/core';
import {
  IconBrandMessenger,
  IconBrandTeams,
  IconBrandTelegram,
  IconBrandWhatsapp,
  IconClipboardList,
  IconMail,
  IconMessageCircle,
  IconWorld,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useSay } from '../words/language.js';

export function Name({ children }: { children: string }) {
  return <bdi dir="auto">{children}</bdi>;
}

/** The name that the channel gave, or a plain word with the end of an id: visitors without names stay tellable apart. */
export function usePersonName(): (name: string | null, id: string) => string {
  const say = useSay();
  return (name, id) => {
    if (name !== null && name.trim() !== '') return name;
    return say('console.person.unnamed', { tag: id.slice(-4).toUpperCase() });
  };
}

const icons: Readonly<Record<string, Icon>> = {
  website: IconWorld,
  whatsapp: IconBrandWhatsapp,
  'whatsapp-web': IconBrandWhatsapp,
  telegram: IconBrandTelegram,
  messenger: IconBrandMessenger,
  botframework: IconBrandTeams,
  email: IconMail,
  desk: IconClipboardList,
};
const known: ReadonlySet<string> = new Set([
  'website',
  'whatsapp',
  'whatsapp-web',
  'telegram',
  'messenger',
  'instagram',
  'botframework',
  'email',
  'desk',
]);

export function ChannelIcon({ channel, size = 14 }: { channel: string; size?: number }) {
  const Shown = icons[channel] ?? IconMessageCircle;
  return <Shown size={size} stroke={1.6} aria-hidden />;
}

export function useChannelName(): (channel: string) => string {
  const say = useSay();
  return (channel) => (known.has(channel) ? say(`console.channel.${channel}`) : channel);
}

const colours = ['blue', 'grape', 'orange', 'teal', 'indigo', 'pink', 'cyan'] as const;

/** First letter on a colour of its own; an icon of the channel for somebody without a name. */
export function PersonAvatar({
  name,
  id,
  channel,
  size = 42,
}: {
  name: string | null;
  id: string;
  channel: string;
  size?: number;
}) {
  const sum = Array.from(id, (letter) => letter.charCodeAt(0)).reduce((a, b) => a + b, 0);
  const letter =
    name
      ?.trim()
      .normalize('NFC')
      .match(/^\p{L}/u)?.[0] ?? null;
  return (
    <Avatar size={size} radius="xl" color={colours[sum % colours.length] ?? 'blue'} variant="light" aria-hidden>
      {letter ?? <ChannelIcon channel={channel} size={size / 2} />}
    </Avatar>
  );
}
