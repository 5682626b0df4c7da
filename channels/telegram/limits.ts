// What Telegram carries, as its Bot API says (https://core.telegram.org/bots/api, https://core.telegram.org/bots/faq).
import type { ChannelLimits } from '../channel.js';

const megabyte = 1024 * 1024;

export const limits = {
  channel: 'telegram',
  text: 4_096,
  // The API sets no bound on a button's words; 64 letters are what a phone shows of one.
  buttons: { count: 100, label: 64 },
  list: null,
  replyWindow: null,
  fileBytes: 20 * megabyte,
  // About 30 a second over all chats and one a second to one; short bursts are let through.
  rate: { perSecond: 25, person: { burst: 4, every: 1_000 } },
} as const satisfies ChannelLimits;

/** Caps of the adapter; times in milliseconds. */
export const caps = {
  /** An update is a few kilobytes. */
  bodyBytes: 256 * 1024,
  caption: 1_024,
  photoBytes: 10 * megabyte,
  /** Larger files cannot be fetched by a bot. */
  downloadBytes: 20 * megabyte,
  callTimeout: 10_000,
  uploadTimeout: 50_000,
  downloadTimeout: 45_000,
  /** How long Telegram holds a question for updates open, in seconds, and what is added for the line. */
  pollSeconds: 25,
  pollSlack: 10_000,
  updates: 100,
  /** A receiver that is gone is followed by another after this. */
  lease: 60_000,
  /** Between tries of a receiver whose provider does not answer. */
  firstWait: 1_000,
  longestWait: 60_000,
  /** A group hears where to find us once in this time. */
  groupAgain: 365 * 24 * 3_600_000,
} as const;
