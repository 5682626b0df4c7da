// In which conversation a person hears of their case.
import type { CaseRow, Conversation } from '../store/contract.js';
import { DESK } from './desk-channel.js';
import { isOver } from './expiry.js';
import type { House } from './house.js';

/**
 * The case's own conversation; where that cannot hear now (taken down at the desk, its reply window over, our messages stopped), the linked
 * one that can and in which the person wrote last. When none can: the case's own, where words wait, and for one of the desk the linked
 * one that was last written in. Null: it was taken down at the desk, and the person linked none.
 */
export async function placeToSpeak(house: House, row: CaseRow): Promise<string | null> {
  const own = await house.store.turns.conversation(row.conversation);
  if (own && own.channel !== DESK && (await hears(house, own))) return own.id;
  const linked = await linkedWith(house, row.address);
  for (const one of linked) if (await hears(house, one)) return one.id;
  return own?.channel === DESK ? (linked[0]?.id ?? null) : row.conversation;
}

/** The person's other conversations outside of the desk, the one that they wrote in last first. */
async function linkedWith({ contacts, store }: House, address: string): Promise<Conversation[]> {
  const others = await contacts.others(address);
  const rows = await Promise.all(
    others.map(async ({ member }) => {
      const home = await store.addresses.homeOf(member.id);
      return home === null ? null : store.turns.conversation(home);
    }),
  );
  const spoken = rows.flatMap((one) => (one && one.channel !== DESK ? [one] : []));
  return spoken.sort((a, b) => (b.lastPersonAt ?? 0) - (a.lastPersonAt ?? 0));
}

async function hears(house: House, row: Conversation): Promise<boolean> {
  if (isOver(house.channels.get(row.channel)?.limits, row.lastPersonAt, house.now())) return false;
  return (await house.records.sessionOf(row))?.session.rest === undefined;
}
