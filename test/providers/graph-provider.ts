// The fake Graph API as the channel contract's suite wants a provider.
import { whatsapp } from '../../channels/whatsapp/index.js';
import type { ChannelContract, Provider, Shown } from '../channels/contract-types.js';
import { startGraph } from './graph.js';
import { asJson } from './graph-checks.js';
import { ACCOUNT, message, signature, status, text, webhook, type Change, type Person } from './graph-webhooks.js';

export const VERIFY_TOKEN = 'verify-token-of-this-test';

export const whatsappContract: ChannelContract = {
  module: whatsapp,
  path: '/webhooks/whatsapp',
  proof: { header: 'x-hub-signature-256', over: 'body' },
  start: startProvider,
};

async function startProvider(): Promise<Provider> {
  const graph = await startGraph();
  graph.window = Infinity;
  const secrets = [graph.secret, 'app-secret-before-this-one'] as const;
  const of = (user: string, make: (person: Person) => unknown): Change => {
    const person = { user_id: user };
    return { people: [person], messages: [make(person)] };
  };
  return {
    settings: {
      WHATSAPP_API_URL: graph.url,
      WHATSAPP_TOKEN: graph.token,
      WHATSAPP_PHONE_NUMBER_ID: ACCOUNT,
      WHATSAPP_APP_SECRET: secrets.join(','),
      WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
    },
    secrets,
    account: ACCOUNT,
    user: (n) => `SA.${1_000_000 + n}`,
    say: (user, words) => of(user, (person) => text(person, words)),
    unknownKind: (user) => of(user, (person) => message(person, 'hologram', { id: '1' })),
    unknownEvent: () => ({ field: 'phone_number_quality_update', messages: [] }) satisfies Change,
    poison: () => ({ messages: [{ timestamp: {}, type: 'text', text: 7 }, null, 'x'] }) satisfies Change,
    status: (providerId) => ({ statuses: [status(providerId, 'delivered')] }) satisfies Change,
    bodies: (events) => [Buffer.from(JSON.stringify(webhook(...(events as Change[]))))],
    prove: (body, secret) => ({ 'x-hub-signature-256': signature(body, secret) }),
    shown: (user) => graph.sent.filter(({ to }) => to === user).map(({ body }) => shown(body)),
    requests: () => graph.taken,
    stop: () => graph.stop(),
  };
}

/** As the person's app shows it. */
export function shown(body: Record<string, unknown>): Shown {
  const interactive = asJson(body['interactive']);
  if (!interactive) return { text: wordsOf(asJson(body['text'])?.['body']), options: [] };
  const action = (asJson(interactive['action']) ?? {}) as {
    buttons?: { reply: { id: string; title: string } }[];
    sections?: { rows: { id: string; title: string; description?: string }[] }[];
  };
  const buttons = (action.buttons ?? []).map(({ reply }) => ({ id: reply.id, label: reply.title }));
  const rows = (action.sections ?? []).flatMap((section) => section.rows);
  return {
    text: wordsOf(asJson(interactive['body'])?.['text']),
    options: [
      ...buttons,
      ...rows.map(({ id, title, description: hint }) => ({ id, label: title, ...(hint !== undefined && { hint }) })),
    ],
  };
}

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : '');
