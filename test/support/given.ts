/** What an adapter is given in tests: a message to send, and a request of a provider. */
import type { ChannelRequest, Outgoing } from '../../channels/channel.js';

/** A word of the bot to somebody of this account, with whatever else is said of it. */
export function outgoingTo(to: Pick<Outgoing, 'account' | 'user' | 'reply'>, more: Partial<Outgoing> = {}): Outgoing {
  return {
    id: '0199a8a0-0000-7000-8000-000000000001',
    conversation: 'c',
    ...to,
    seq: 1,
    attempt: 1,
    author: 'bot',
    text: 'أهلًا',
    options: [],
    ...more,
  };
}

/** An empty request from an address that stands for any (RFC 5737), with whatever else is in it. */
export function requestTo(path: string, method: string, more: Partial<ChannelRequest>): ChannelRequest {
  return { method, path, params: {}, query: {}, headers: {}, ip: '192.0.2.1', body: Buffer.alloc(0), ...more };
}
