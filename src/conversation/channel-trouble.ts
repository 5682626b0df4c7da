// Tells staff that a channel needs them.
import type { House } from './house.js';

/** The same trouble is told once in this time. */
const TELL_AGAIN = 6 * 3_600_000;

export async function tellTrouble(house: Pick<House, 'store' | 'hints' | 'now'>, channel: string): Promise<void> {
  const at = house.now();
  const id = `channel_trouble.${channel}.${Math.floor(at / TELL_AGAIN)}`;
  const notice = { id, kind: 'channel_trouble' as const, conversation: null, caseNumber: null, at };
  if (await house.store.notices.add(notice)) house.hints.give('notice', id);
}
