// What a channel shows of itself in every process for a short time: where its session stands, and the code that a phone must scan.
import type { House } from './house.js';

type Needs = Pick<House, 'store' | 'records' | 'hints' | 'now'>;

/** They take the place of those before. One process at a time shares for a channel: the one that holds its session. */
export async function shareWords(house: Needs, channel: string, words: string, forMs: number): Promise<void> {
  const { leases } = house.store;
  const now = house.now();
  const sealed = await house.records.shared.seal('', channel, { v: 1, words });
  const before = await leases.holder(lease(channel), now);
  if (before !== null) await leases.release(lease(channel), before);
  await leases.hold(lease(channel), Buffer.from(sealed).toString('base64'), now, now + forMs);
  house.hints.give('channel', channel);
}

/** Null: nothing is shared, or its time is over. */
export async function sharedWords({ store, records, now }: Needs, channel: string): Promise<string | null> {
  const holder = await store.leases.holder(lease(channel), now());
  if (holder === null) return null;
  return (await records.shared.open('', channel, Buffer.from(holder, 'base64'))).words;
}

/** A lease is what all processes see and what ends by itself; its holder is the sealed words. */
function lease(channel: string): string {
  return `shared:${channel}`;
}
