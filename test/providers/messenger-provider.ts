// The fake Send API as the channel contract's suite wants a provider.
import { messenger } from '../../channels/messenger/index.js';
import type { ChannelContract, Provider, Shown } from '../channels/contract-types.js';
import { asJson } from './graph-checks.js';
import { signature } from './graph-webhooks.js';
import { startMessenger } from './messenger.js';
import { event, PAGE, said, webhook, type Happening } from './messenger-webhooks.js';

export const VERIFY_TOKEN = 'verify-token-of-this-test';

export const messengerContract: ChannelContract = {
  module: messenger,
  path: '/webhooks/messenger',
  proof: { header: 'x-hub-signature-256', over: 'body' },
  start: startProvider,
};

async function startProvider(): Promise<Provider> {
  const fake = await startMessenger();
  fake.window = Infinity;
  const secrets = [fake.secret, 'app-secret-before-this-one'] as const;
  return {
    settings: {
      META_API_URL: fake.url,
      MESSENGER_PAGE_TOKEN: fake.token,
      META_APP_SECRET: secrets.join(','),
      META_VERIFY_TOKEN: VERIFY_TOKEN,
    },
    secrets,
    account: PAGE,
    user: (n) => String(24_000_000_000 + n),
    say: (user, text): Happening => ({ event: said(user, { text }) }),
    unknownKind: (user): Happening => ({
      event: said(user, { attachments: [{ type: 'hologram', payload: { id: '1' } }] }),
    }),
    unknownEvent: (): Happening => ({ event: event('24000000099', { seat_taken: { seat: 7 } }) }),
    poison: (): Happening => ({ event: { sender: { id: {} }, message: 7 } }),
    status: (providerId): Happening => ({
      event: event('24000000001', { delivery: { mids: [providerId], watermark: 1 } }),
    }),
    bodies: (happenings) => [Buffer.from(JSON.stringify(webhook(happenings as Happening[])))],
    prove: (body, secret) => ({ 'x-hub-signature-256': signature(body, secret) }),
    shown: (user) => fake.sent.filter(({ to }) => to === user).map(({ body }) => shown(body)),
    requests: () => fake.taken,
    stop: () => fake.stop(),
  };
}

/** As the person's app shows it. */
export function shown(body: Record<string, unknown>): Shown {
  const message = asJson(body['message']) ?? {};
  const replies = (message['quick_replies'] ?? []) as { title: string; payload: string }[];
  return {
    text: typeof message['text'] === 'string' ? message['text'] : '',
    options: replies.map(({ title, payload }) => ({ id: payload, label: title })),
  };
}
