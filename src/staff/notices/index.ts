// Puts the ways out to staff together.
import type { Channel } from '../../../channels/channel.js';
import type { DeskContract } from '../../conversation/desk-types.js';
import type { House } from '../../conversation/house.js';
import { createGroup, groupListener } from './group.js';
import { StaffLinks } from './links.js';
import { createMail, type MailSettings } from './mail.js';
import { Relay } from './relay.js';
import type { Way } from './way.js';
import { createWebhook, type WebhookSettings } from './webhook.js';
import { wordOf } from './words.js';

export interface NoticeSettings {
  mail: MailSettings | null;
  webhook: WebhookSettings | null;
}

export interface NoticesDeps {
  house: House;
  desk: DeskContract;
  channels: readonly Channel[];
  settings: NoticeSettings;
  /** Where the console is reached; `reachable` when that was set, and is not merely this machine's own address. */
  url: string;
  reachable: boolean;
  /** How often what was missed is looked for, in milliseconds; null: only when woken; `never`: other processes tell. */
  every: number | null | 'never';
}

/** A channel that staff can be reached on, as the console shows it. */
export interface StaffChannel {
  name: string;
  /** The bot as people find it; null while the channel has not told. */
  bot: () => Promise<string | null>;
}

export interface RunningNotices {
  relay: Relay;
  links: StaffLinks;
  channels: readonly StaffChannel[];
  /** Ways that would not work now, with a code. */
  check: () => Promise<{ way: string; code: string }[]>;
  stop: () => Promise<void>;
}

export function startNotices({ house, desk, channels, settings, url, reachable, every }: NoticesDeps): RunningNotices {
  const { store, vault, texts, charity, now, random, owner, log } = house;
  const language = texts.languages[0] ?? 'ar';
  const hash = (value: string): string => vault.hash('staff', value);
  const links = new StaffLinks({ store, key: vault.derive('staff links'), hash, now });
  const say = (key: string, values?: Readonly<Record<string, string>>): string => texts.say(key, language, values);
  const groups = channels.flatMap((channel): Way[] => {
    if (!channel.staff) return [];
    const deps = { channel: channel.name, group: channel.staff, links, desk, say, reachable };
    channel.staff.listen(groupListener(deps));
    return [createGroup(deps)];
  });
  const ways = [
    ...groups,
    ...(settings.mail ? [createMail(settings.mail, (key, spoken) => texts.say(key, spoken))] : []),
    ...(settings.webhook ? [createWebhook(settings.webhook, now)] : []),
  ];
  const speech = { say: texts.say.bind(texts), charity: texts.render(charity.name, language), language, url, hash };
  const relay = new Relay({ store, ways, wordOf: (notice) => wordOf(notice, speech), owner, now, random, log });
  const tells = every !== 'never';
  const forget = house.hints.watch(({ kind }) => tells && kind === 'notice' && relay.wake());
  const timer = typeof every === 'number' ? setInterval(() => relay.wake(), every) : undefined;
  timer?.unref();
  if (tells) relay.wake();
  return {
    relay,
    links,
    channels: channels.flatMap(({ name, staff }) => (staff ? [{ name, bot: () => staff.bot() }] : [])),
    check: async () => {
      const found = await Promise.all(
        ways.map(async (way) => ({ way: way.name, code: (await way.check?.()) ?? null })),
      );
      return found.flatMap(({ way, code }) => (code === null ? [] : [{ way, code }]));
    },
    stop: async () => {
      forget();
      clearInterval(timer);
      await relay.stop();
    },
  };
}
