// The fake connector as the channel contract's suite wants a provider, for any channel behind it.
import { rowOf } from '../../channels/botframework/azure-channels.js';
import { botframework } from '../../channels/botframework/index.js';
import { parseJson } from '../../channels/common/json.js';
import type { ChannelContract, Provider, Shown } from '../channels/contract-types.js';
import { activity, BOT, conversationOf, said, type Wire } from './botframework-activities.js';
import { asJson, buttonsIn } from './botframework-checks.js';
import { startConnector, type FakeConnector } from './botframework.js';
import { APP_ID, channelToken, PASSWORD, signingKey } from './openid.js';

/** The suite for people on one channel behind the service, with what that channel carries. */
export function contractOn(channel: string): ChannelContract {
  const { text, buttons } = rowOf(channel);
  return {
    module: { ...botframework, limits: { ...botframework.limits, text, buttons } },
    path: '/api/messages',
    proof: { header: 'authorization', over: 'sender' },
    start: () => startProvider(channel),
  };
}

export function settingsOf({ openId }: FakeConnector): Record<string, string> {
  return {
    MICROSOFT_APP_ID: APP_ID,
    MICROSOFT_APP_PASSWORD: PASSWORD,
    MICROSOFT_APP_TENANT_ID: '',
    MICROSOFT_LOGIN_URL: openId.login,
    MICROSOFT_OPENID_URL: openId.url,
  };
}

async function startProvider(channel: string): Promise<Provider> {
  const fake = await startConnector();
  const service = fake.service(channel);
  return {
    settings: settingsOf(fake),
    secrets: ['key-1', 'key-2'],
    account: `${channel}:${APP_ID}`,
    user: (n) => `29:person-${n}`,
    reply: (user) => ({ channel, service, conversation: conversationOf(user), bot: BOT, user }),
    say: (user, text) => said(channel, service, user, text),
    unknownKind: (user) => said(channel, service, user, '', { attachments: [{ contentType: 'application/hologram' }] }),
    unknownEvent: () => activity(channel, service, '29:person-99', { type: 'seatTaken', seat: 7 }),
    poison: () => ({ type: 'message', channelId: channel, serviceUrl: service, from: 7, conversation: [] }),
    bodies: (events) => events.map((event) => Buffer.from(JSON.stringify(event))),
    prove: (body, kid) => ({
      authorization: `Bearer ${channelToken(serviceIn(body) ?? service, {}, signingKey(kid))}`,
    }),
    shown: (user) => fake.sent.filter(({ to }) => to === user).map(({ body }) => shown(body)),
    requests: () => fake.sent.map(({ body }) => withoutService(body)),
    stop: () => fake.stop(),
  };
}

/** A token is signed for the service that the activity names. */
function serviceIn(body: Buffer): string | undefined {
  const parsed = parseJson(body);
  const service = parsed.ok ? asJson(parsed.value)['serviceUrl'] : undefined;
  return typeof service === 'string' ? service : undefined;
}

/** The address of the fake is another one every time. */
function withoutService({ serviceUrl: _service, ...body }: Wire): Wire {
  return body;
}

/** As the person's app shows it. */
export function shown(body: Wire): Shown {
  return { text: typeof body['text'] === 'string' ? body['text'] : '', options: buttonsIn(body) };
}
