// In which conversation a person hears of their case.
import type { CaseRow, Conversation } from '../store/contract.js';
import { DESK } from './desk-channel.js';
import type { House } from './house.js';

/**
 * The case's own conversation; for one that was taken down at the desk, where nobody reads on, the linked conversation in which the
 * person wrote last. Null: the person linked none.
 */
export async function placeToSpeak(house: House, row: CaseRow): Promise<string | null> {
  const own = await house.store.turns.conversation(row.conversation);
  if (own?.channel !== DESK) return row.conversation;
  const others = await house.contacts.others(row.address);
  const rows = await Promise.all(others.map(({ member }) => conversationOf(house, member.id)));
  const spoken = rows.flatMap((one) => (one && one.channel !== DESK ? [one] : []));
  return spoken.sort((a, b) => (b.lastPersonAt ?? 0) - (a.lastPersonAt ?? 0))[0]?.id ?? null;
}

async function conversationOf({ store }: House, address: string): Promise<Conversation | null> {
  const home = await store.addresses.homeOf(address);
  return home === null ? null : store.turns.conversation(home);
}
