/** The mailbox: what came in and was not handled yet, in order of arrival. */
import { StoreError } from '../contract.js';
import type { Accepted, AddressHint, Conversation, NewItem, Turns } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';
import { addNotice } from './notices.js';
import { conversations, items } from './rows.js';

type Mailbox = Pick<
  Turns,
  'accept' | 'put' | 'items' | 'quarantine' | 'failed' | 'excuse' | 'quarantined' | 'retry' | 'waiting' | 'takeDue'
>;

export function mailbox({ read, write }: Access): Mailbox {
  return {
    accept: (hint, item) => write((database) => accept(database, hint, item)),
    put: (conversation, item) => write((database) => put(database, conversation, item)),
    items: (conversation, limit) =>
      read((database) =>
        database
          .all(`${items.select} WHERE conversation = ? AND reason IS NULL ORDER BY arrival LIMIT ?`, [
            conversation,
            limit,
          ])
          .map(items.as),
      ),
    quarantine: (item, fence, reason, notice) =>
      write((database) => {
        const current = 'SELECT fence FROM conversations WHERE id = mailbox.conversation';
        const put = database.run(`UPDATE mailbox SET reason = ? WHERE id = ? AND (${current}) = ?`, [
          reason,
          item,
          fence,
        ]);
        if (put > 0) addNotice(database, notice);
      }),
    failed: (item) =>
      write((database) => {
        const row = database.get('UPDATE mailbox SET tries = tries + 1 WHERE id = ? RETURNING tries', [item]);
        return Number(row?.['tries'] ?? 0);
      }),
    excuse: (item) =>
      write((database) => {
        database.run('UPDATE mailbox SET tries = MAX(tries - 1, 0) WHERE id = ?', [item]);
      }),
    quarantined: (limit) => read((database) => quarantined(database, limit)),
    retry: (item) =>
      write((database) => {
        database.run('UPDATE mailbox SET reason = NULL, tries = 0 WHERE id = ?', [item]);
      }),
    waiting: (now, limit) => read((database) => waiting(database, now, limit)),
    takeDue: (now, limit, make) => write((database) => takeDue(database, now, limit, make)),
  };
}

function accept(database: Database, hint: AddressHint, item: NewItem): Accepted {
  const before = accepted(database, hint.account, item.dedupeKey);
  if (before) return before;
  const home = homeOf(database, hint) ?? settle(database, hint, item.at);
  keep(database, hint.account, home.conversation, item);
  return { ...home, item: item.id, duplicate: false };
}

/** Puts an item from within into a conversation's mailbox, once by its dedupe key. */
export function put(database: Database, conversation: string, item: NewItem): Accepted {
  const row = database.get('SELECT account, address FROM conversations WHERE id = ?', [conversation]);
  if (!row) throw new StoreError('not_found', 'There is no such conversation.');
  const account = String(row['account']);
  const before = accepted(database, account, item.dedupeKey);
  if (before) return before;
  keep(database, account, conversation, item);
  return { conversation, address: String(row['address']), item: item.id, duplicate: false };
}

/** What the first item with this key became. */
function accepted(database: Database, account: string, dedupeKey: string): Accepted | null {
  const row = database.get(
    `SELECT d.item, d.conversation, c.address FROM dedupe d JOIN conversations c ON c.id = d.conversation
     WHERE d.account = ? AND d.dedupeKey = ?`,
    [account, dedupeKey],
  );
  if (!row) return null;
  const { item, conversation, address } = row;
  return { item: String(item), conversation: String(conversation), address: String(address), duplicate: true };
}

function homeOf(database: Database, hint: AddressHint): { address: string; conversation: string } | null {
  const row = database.get(
    `SELECT a.id AS address, c.id AS conversation FROM addresses a JOIN conversations c ON c.address = a.id
     WHERE a.account = ? AND a.addressKey = ?`,
    [hint.account, hint.addressKey],
  );
  return row ? { address: String(row['address']), conversation: String(row['conversation']) } : null;
}

function settle(database: Database, hint: AddressHint, at: number): { address: string; conversation: string } {
  const { addressId: address, conversationId: conversation, channel, account } = hint;
  database.insert('addresses', ['id', 'channel', 'account', 'addressKey', 'sealed', 'createdAt'], {
    ...hint,
    id: address,
    createdAt: at,
  });
  database.insert('conversations', ['id', 'address', 'channel', 'account', 'createdAt'], {
    id: conversation,
    address,
    channel,
    account,
    createdAt: at,
  });
  return { address, conversation };
}

function keep(database: Database, account: string, conversation: string, item: NewItem): void {
  const row = { ...item, conversation, account, item: item.id };
  database.insert('mailbox', ['id', 'conversation', 'kind', 'dedupeKey', 'sealed', 'at'], row);
  database.insert('dedupe', ['account', 'dedupeKey', 'item', 'conversation', 'at'], row);
}

function quarantined(database: Database, limit: number): Awaited<ReturnType<Turns['quarantined']>> {
  const sql = items.select.replace(' FROM', ', reason FROM');
  const rows = database.all(`${sql} WHERE reason IS NOT NULL ORDER BY arrival LIMIT ?`, [limit]);
  return rows.map((row) => ({ ...items.as(row), reason: String(row['reason']) }));
}

function waiting(database: Database, now: number, limit: number): string[] {
  const rows = database.all(
    `SELECT m.conversation FROM mailbox m JOIN conversations c ON c.id = m.conversation
     WHERE m.reason IS NULL AND (c.owner IS NULL OR c.ownedUntil <= ?)
     GROUP BY m.conversation ORDER BY MIN(m.arrival) LIMIT ?`,
    [now, limit],
  );
  return rows.map((row) => String(row['conversation']));
}

/** The timer is cleared with the item that it becomes, in one transaction; the item's dedupe key guards a timer that is set again. */
function takeDue(database: Database, now: number, limit: number, make: (c: Conversation) => NewItem): string[] {
  const due = database
    .all(`${conversations.select} WHERE dueAt <= ? ORDER BY dueAt, id LIMIT ?`, [now, limit])
    .map(conversations.as);
  for (const conversation of due) {
    put(database, conversation.id, make(conversation));
    database.run('UPDATE conversations SET dueAt = NULL, dueKind = NULL WHERE id = ?', [conversation.id]);
  }
  return due.map((conversation) => conversation.id);
}
