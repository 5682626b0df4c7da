// Tells a conversation that its person cannot be reached: an item like any other, once for as long as the person has not written since.
import { ring, type House } from './house.js';

export async function tellUnreachable(
  house: Pick<House, 'store' | 'records' | 'ids' | 'now' | 'queue' | 'log'>,
  conversation: string,
): Promise<void> {
  const { store, records, ids, now } = house;
  const row = await store.turns.conversation(conversation);
  if (!row) return;
  const at = now();
  const id = ids.next();
  const input = { kind: 'system', event: 'unreachable', at } as const;
  const sealed = await records.item.seal('', id, { v: 1, kind: 'within', input });
  const dedupeKey = `unreachable.${conversation}.${row.lastPersonAt ?? 0}`;
  await store.turns.put(conversation, { id, kind: 'system', dedupeKey, sealed, at });
  await ring(house, 'conversation', conversation);
}
