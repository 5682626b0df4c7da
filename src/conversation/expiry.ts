// How long a message to a person may still be sent, and when a channel lets us speak no more.
import type { ChannelLimits } from '../../channels/channel.js';
import type { Conversation } from '../store/contract.js';
import type { House } from './house.js';

/** What is said without a channel's own window is worth sending for three days. */
const WORTH_SENDING = 72 * 3_600_000;
/** What waits for the person to write again. */
const WORTH_WAITING = 30 * 24 * 3_600_000;
/** A channel's window is closed a little early on our clock, so that none of ours is refused at the last moment. */
const EARLY = 5 * 60_000;

/** When the channel lets us write to this person no more; null: it always does. */
export function windowEnd(limits: ChannelLimits | undefined, lastPersonAt: number | null): number | null {
  const window = limits?.replyWindow ?? null;
  return window === null || lastPersonAt === null ? null : lastPersonAt + window - EARLY;
}

/** The reply window is over: only an approved template reaches the person. */
export function isOver(limits: ChannelLimits | undefined, lastPersonAt: number | null, now: number): boolean {
  const end = windowEnd(limits, lastPersonAt);
  return end !== null && end <= now;
}

/** A template needs no window. */
export function templateExpiry(at: number): number {
  return at + WORTH_SENDING;
}

/**
 * The last moment for a message said `at`. With a reply window: its end, at most 72 hours. What `waits` for the person to write again, once
 * the window is over or always, is kept for thirty days.
 */
export function expiryOf(
  house: Pick<House, 'channels'>,
  row: Conversation,
  at: number,
  lastPersonAt: number | null,
  waits: 'never' | 'window' | 'always' = 'never',
): number {
  const end = windowEnd(house.channels.get(row.channel)?.limits, lastPersonAt ?? at);
  if (waits === 'always' || (waits === 'window' && end !== null)) return at + WORTH_WAITING;
  return end === null ? at + WORTH_SENDING : Math.min(end, at + WORTH_SENDING);
}
