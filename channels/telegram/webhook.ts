// Updates that Telegram posts to us: proven by the secret header, kept, and only then answered.
import type { ChannelRequest, ChannelResponse, Route } from '../channel.js';
import { refusal } from '../common/http.js';
import { parseJson } from '../common/json.js';
import { isOneOf } from '../common/secrets.js';
import type { Bot } from './bot.js';
import { caps } from './limits.js';
import type { Receive } from './receive.js';

export const webhookPath = '/webhooks/telegram';

/** The kinds of update that we want. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query'];

/** `secrets`: the current one first, a second one while it is being replaced. */
export function webhookRoute(bot: Bot, secrets: readonly string[], receive: Receive): Route {
  return {
    method: 'POST',
    path: webhookPath,
    limit: caps.bodyBytes,
    handle: (request) => handle(bot, secrets, receive, request),
  };
}

async function handle(
  { host, account }: Bot,
  secrets: readonly string[],
  receive: Receive,
  { headers, body }: ChannelRequest,
): Promise<ChannelResponse> {
  if (!isOneOf(headers['x-telegram-bot-api-secret-token'], secrets))
    return refusal(401, 'BadSecret', 'The secret token is missing or wrong.');
  const parsed = parseJson(body);
  try {
    // Asking for what cannot be read again would bring the same.
    if (parsed.ok) await receive(parsed.value);
    else await host.unreadable({ account, bytes: body, why: parsed.why });
    return taken();
  } catch {
    host.log('telegram.not_accepted');
    return refusal(503, 'ServiceUnavailable', 'The update was not kept. Send it again.', { 'retry-after': '5' });
  }
}

/** Tells Telegram where to post. One connection: updates then come in the order in which people wrote. */
export function setWebhook({ client }: Bot, publicUrl: string, secret: string, signal: AbortSignal) {
  const payload = {
    url: `${publicUrl}${webhookPath}`,
    secret_token: secret,
    allowed_updates: allowedUpdates,
    max_connections: 1,
  };
  return client.call('setWebhook', payload, caps.callTimeout, signal);
}

const taken = (): ChannelResponse => ({ status: 200 });
