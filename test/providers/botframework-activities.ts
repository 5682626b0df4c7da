// Activities as channels of Azure Bot Service post them.
import { APP_ID } from './openid.js';

export type Wire = Record<string, unknown>;

export const BOT = `28:${APP_ID}`;
let made = 0;

/** A person's only conversation with the bot. */
export const conversationOf = (user: string): string => `a:${user}`;

/** `more` stands beside who speaks, where and when. */
export function activity(channel: string, service: string, user: string, more: Wire): Wire {
  return {
    id: String(++made),
    timestamp: new Date().toISOString(),
    channelId: channel,
    serviceUrl: service,
    from: { id: user, name: 'فاطمة' },
    recipient: { id: BOT, name: 'صلة' },
    conversation: { id: conversationOf(user), conversationType: 'personal' },
    locale: 'ar-SA',
    ...more,
  };
}

export function said(channel: string, service: string, user: string, text: string, more: Wire = {}): Wire {
  return activity(channel, service, user, { type: 'message', text, ...more });
}
