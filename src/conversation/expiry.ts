// How long a message to a person may still be sent.
import type { Conversation } from '../store/contract.js';
import type { House } from './house.js';

/** What is said without a channel's own window is worth sending for three days. */
const WORTH_SENDING = 72 * 3_600_000;
/** A channel's window is closed a little early on our clock, so that none of ours is refused at the last moment. */
const EARLY = 5 * 60_000;

/** The last moment for a message said `at`: the end of the channel's reply window, at most 72 hours. */
export function expiryOf(
  house: Pick<House, 'channels'>,
  row: Conversation,
  at: number,
  lastPersonAt: number | null,
): number {
  const window = house.channels.get(row.channel)?.limits.replyWindow ?? null;
  if (window === null) return at + WORTH_SENDING;
  return Math.min((lastPersonAt ?? at) + window - EARLY, at + WORTH_SENDING);
}
