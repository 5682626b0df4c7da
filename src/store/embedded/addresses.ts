/** Addresses: who is behind a conversation, and the erasing of it. */
import type { Addresses } from '../contract.js';
import type { Access } from './access.js';
import { forgetMember } from './contacts.js';
import type { Database } from './database.js';
import { addresses as shape } from './rows.js';

export function addresses({ read, write }: Access): Addresses {
  return {
    get: (id) =>
      read((database) => {
        const row = database.get(`${shape.select} WHERE id = ?`, [id]);
        return row ? shape.as(row) : null;
      }),
    conversationOf: (account, addressKey) =>
      read((database) => {
        const row = database.get(
          `SELECT a.id AS address, c.id AS conversation FROM addresses a JOIN conversations c ON c.address = a.id
           WHERE a.account = ? AND a.addressKey = ?`,
          [account, addressKey],
        );
        return row ? { address: String(row['address']), conversation: String(row['conversation']) } : null;
      }),
    homeOf: (address) =>
      read((database) => {
        const sql = 'SELECT c.id FROM addresses a JOIN conversations c ON c.address = a.id WHERE a.id = ?';
        const row = database.get(sql, [address]);
        return row ? String(row['id']) : null;
      }),
    erase: (address, at) => write((database) => erase(database, address, at)),
  };
}

/** What is counted stays (rows, times, states); what says who or what was said goes. Nothing unsent is sent any more. */
function erase(database: Database, address: string, at: number): void {
  const theirs = 'conversation IN (SELECT id FROM conversations WHERE address = ?)';
  forgetMember(database, address, at);
  database.run('DELETE FROM addresses WHERE id = ?', [address]);
  database.run(`DELETE FROM mailbox WHERE ${theirs}`, [address]);
  database.run(`UPDATE turns SET record = x'' WHERE ${theirs}`, [address]);
  database.run(
    `UPDATE messages SET sealed = x'', providerKey = NULL, nextAttemptAt = NULL,
       state = CASE WHEN state IN ('queued', 'sending') THEN 'expired' ELSE state END
     WHERE ${theirs}`,
    [address],
  );
  database.run(
    `UPDATE conversations SET session = NULL, flowSet = NULL, flow = NULL, step = NULL, language = NULL, hold = 'none',
       heldBy = NULL, dueAt = NULL, dueKind = NULL, unread = 0 WHERE address = ?`,
    [address],
  );
  const handled = 'handledAt = COALESCE(handledAt, ?)';
  database.run(`UPDATE submissions SET sealed = x'', ${handled} WHERE address = ?`, [at, address]);
}
