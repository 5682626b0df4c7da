// The Telegram channel: a bot of the charity's, by webhook or by long polling.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Channel, ChannelHost, ChannelModule } from '../channel.js';
import { readSecrets } from '../common/secrets.js';
import type { Bot } from './bot.js';
import { createClient } from './client.js';
import { putUpCommands } from './commands.js';
import { fetchFile } from './files.js';
import { caps, limits } from './limits.js';
import { poll } from './polling.js';
import { createReceive } from './receive.js';
import { Sending } from './send.js';
import { Staff } from './staff.js';
import { setWebhook, webhookRoute } from './webhook.js';

type Settings = Readonly<Record<string, string>>;

/**
 * Settings: TELEGRAM_BOT_TOKEN, TELEGRAM_MODE (polling, or webhook), TELEGRAM_WEBHOOK_SECRET (webhook: a comma list while rotating),
 * TELEGRAM_API_URL, PUBLIC_URL (webhook), TELEGRAM_STAFF_CHAT_ID (optional: the group that notices go to).
 */
export const telegram: ChannelModule = { limits, create };

function create(host: ChannelHost, settings: Settings): Channel {
  const bot = createBot(host, settings);
  const group = settings['TELEGRAM_STAFF_CHAT_ID'] ?? '';
  const staff = group === '' ? undefined : new Staff(bot, group);
  const receive = createReceive(bot, staff);
  const sending = new Sending(bot);
  const secrets = readSecrets(settings['TELEGRAM_WEBHOOK_SECRET']);
  const byWebhook = settings['TELEGRAM_MODE'] === 'webhook';
  return {
    name: limits.channel,
    limits,
    ...(staff && { staff }),
    routes: () => (byWebhook ? [webhookRoute(bot, secrets, receive)] : []),
    send: (message) => sending.send(message),
    reach: async (code) => {
      const name = await bot.username();
      return name === null ? null : `https://t.me/${name}${code === undefined ? '' : `?start=${code}`}`;
    },
    fetchFile: (_account, file) => fetchFile(bot, file),
    reading: ({ reply }) => {
      const payload = { chat_id: reply['chat'] ?? '', action: 'typing' };
      void bot.client.call('sendChatAction', payload, caps.callTimeout);
    },
    start: () => {
      const ended = new AbortController();
      const running = run(bot, ended.signal, () =>
        byWebhook
          ? setWebhook(bot, settings['PUBLIC_URL'] ?? '', secrets[0] ?? '', ended.signal)
          : bot.client.call('deleteWebhook', { drop_pending_updates: false }, caps.callTimeout, ended.signal),
      ).then(() => (byWebhook ? undefined : poll(bot, receive, ended.signal)));
      return Promise.resolve(async () => {
        ended.abort();
        await running;
      });
    },
  };
}

/** Tells Telegram how we want its updates, and puts up the menu; as often as it takes, for it may be down while we start. */
async function run(
  { client, host }: Bot,
  signal: AbortSignal,
  announce: () => Promise<{ ok: boolean }>,
): Promise<void> {
  const say = (key: string, language: string) => host.say(key, language);
  for (let tries = 0; !signal.aborted; tries++) {
    if ((await announce()).ok && (await putUpCommands(client, say, signal))) return;
    host.log('telegram.not_announced');
    await pause(Math.min(caps.longestWait, caps.firstWait * 2 ** tries), undefined, { signal }).catch(() => undefined);
  }
}

function createBot(host: ChannelHost, settings: Settings): Bot {
  const token = settings['TELEGRAM_BOT_TOKEN'] ?? '';
  const apiUrl = (settings['TELEGRAM_API_URL'] ?? 'https://api.telegram.org').replace(/\/+$/, '');
  const client = createClient(token, apiUrl);
  let name: string | null = null;
  return {
    host,
    client,
    account: `telegram:${token.split(':', 1)[0] ?? ''}`,
    token,
    apiUrl,
    username: async () => {
      if (name !== null) return name;
      const asked = await client.call('getMe', {}, caps.callTimeout);
      const read = z.object({ username: z.string() }).safeParse(asked.ok ? asked.result : null);
      return read.success ? (name = read.data.username) : null;
    },
  };
}
