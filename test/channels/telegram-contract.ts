// Telegram before the contract suite: the fake Bot API as its provider.
import { telegram } from '../../channels/telegram/index.js';
import { startTelegram, type FakeTelegram } from '../providers/telegram.js';
import type { ChannelContract, Provider, Shown } from './contract-types.js';

const CURRENT = 'current-Secret_0123456789abcdef';
const NEXT = 'next-Secret_fedcba9876543210';
const FIRST_USER = 5_000;

export const telegramContract: ChannelContract = {
  module: telegram,
  path: '/webhooks/telegram',
  proof: { header: 'x-telegram-bot-api-secret-token', over: 'sender' },
  start: async () => providerOf(await startTelegram()),
};

export function providerOf(fake: FakeTelegram): Provider {
  let updates = 920_000_000;
  const event = (more: object) => ({ update_id: ++updates, ...more });
  const message = (user: string, more: object) => {
    const id = Number(user);
    fake.state.chats.set(id, { id, type: 'private' });
    const from = { id, is_bot: false, first_name: 'فاطمة', language_code: 'ar' };
    return event({ message: { message_id: updates, from, chat: { id, type: 'private' }, date: 1, ...more } });
  };
  return {
    settings: settingsOf(fake, 'webhook'),
    secrets: [CURRENT, NEXT],
    account: 'telegram:123456789',
    user: (n) => {
      const id = FIRST_USER + n;
      if (!fake.state.chats.has(id)) fake.state.chats.set(id, { id, type: 'private' });
      return String(id);
    },
    say: (user, text) => message(user, { text }),
    unknownKind: (user) => message(user, { hologram: { file_id: 'x' } }),
    unknownEvent: () => event({ telepathy: { from: { id: 1 } } }),
    poison: () => event({ message: { message_id: 'x', from: 7, chat: null } }),
    bodies: (events) => events.map((one) => Buffer.from(JSON.stringify(one))),
    prove: (_body, secret) => ({ 'x-telegram-bot-api-secret-token': secret }),
    shown: (user) => fake.said(Number(user)).map(shownOf),
    requests: () => requestsOf(fake),
    stop: () => fake.stop(),
  };
}

/** Settings of the channel before a fake. */
export function settingsOf(fake: FakeTelegram, mode: 'polling' | 'webhook', publicUrl = 'https://sila.example') {
  return {
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_MODE: mode,
    TELEGRAM_API_URL: fake.url,
    TELEGRAM_WEBHOOK_SECRET: `${CURRENT},${NEXT}`,
    PUBLIC_URL: publicUrl,
  };
}

function shownOf({ text, caption, keyboard }: FakeTelegram['state']['messages'][number]): Shown {
  const options = keyboard.flat().map((button) => ({ id: button.callback_data, label: button.text }));
  return { text: text ?? caption ?? '', options };
}

/** As in fixtures/out.json: files by name and size. */
function requestsOf({ state }: FakeTelegram): unknown[] {
  return state.calls
    .filter(({ method }) => /^send(?!ChatAction)/.test(method))
    .map(({ method, payload, files }) => ({ method, payload, ...(files[0] && { file: files[0] }) }));
}
