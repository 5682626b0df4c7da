/** One-time upload links: used and turned into a mailbox item in one transaction. */
import { StoreError } from '../contract.js';
import type { Accepted, NewItem, Uploads, UploadTicket } from '../contract.js';
import type { Access, Tables } from './access.js';
import { again, lock } from './lock.js';
import { put } from './mailbox.js';
import { is } from './table.js';

export function uploads({ alone, together }: Access): Uploads {
  return {
    add: (ticket) => together((tables) => add(tables, ticket), again),
    get: (tokenKey) => alone((tables) => tables.uploads.get(tokenKey)),
    use: (tokenKey, now, item) =>
      together(
        (tables) => use(tables, tokenKey, now, item),
        (tables) => used(tables, tokenKey, now, item),
      ),
  };
}

async function add(tables: Tables, ticket: Omit<UploadTicket, 'usedAt'>): Promise<void> {
  const { conversation, tokenKey } = ticket;
  await lock(tables, 'uploads');
  if (!(await tables.conversations.has({ id: conversation }))) {
    throw new StoreError('failed', 'There is no such conversation.');
  }
  await tables.uploads.remove({ conversation, usedAt: null });
  if (await tables.uploads.has({ tokenKey })) throw new StoreError('failed', 'There is a ticket with this token.');
  await tables.uploads.add(ticket);
}

async function use(tables: Tables, tokenKey: string, now: number, item: NewItem): Promise<Accepted | null> {
  const usable = { tokenKey, usedAt: null, expiresAt: is({ $gt: now }) };
  const ticket = await tables.uploads.changed(usable, { $set: { usedAt: now } });
  return ticket && put(tables, ticket.conversation, item);
}

/** What the use gave whose commit was not answered; null when nothing of it stands. */
async function used(tables: Tables, tokenKey: string, now: number, item: NewItem): Promise<Accepted | null> {
  const ticket = await tables.uploads.one({ tokenKey, usedAt: now });
  const home = ticket && (await tables.conversations.get(ticket.conversation));
  if (!home) return null;
  const kept = await tables.dedupe.get(home.account, item.dedupeKey);
  if (kept?.item !== item.id) return null;
  return { conversation: home.id, address: home.address, item: item.id, duplicate: false };
}
