/** One-time upload links: used and turned into a mailbox item in one transaction. */
import type { Accepted, NewItem, Uploads, UploadTicket } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';
import { put } from './mailbox.js';
import * as rows from './rows.js';

const COLUMNS = ['tokenKey', 'conversation', 'run', 'step', 'at', 'expiresAt'];

export function uploads({ read, write }: Access): Uploads {
  return {
    add: (ticket) =>
      write((database) => {
        database.run('DELETE FROM uploads WHERE conversation = ? AND usedAt IS NULL', [ticket.conversation]);
        database.insert('uploads', COLUMNS, ticket);
      }),
    get: (tokenKey) => read((database) => ticket(database, tokenKey)),
    use: (tokenKey, now, item) => write((database) => use(database, tokenKey, now, item)),
  };
}

function use(database: Database, tokenKey: string, now: number, item: NewItem): Accepted | null {
  const used = database.run(
    'UPDATE uploads SET usedAt = :now WHERE tokenKey = :tokenKey AND usedAt IS NULL AND expiresAt > :now',
    { tokenKey, now },
  );
  const { conversation } = (used > 0 && ticket(database, tokenKey)) || {};
  return conversation === undefined ? null : put(database, conversation, item);
}

function ticket(database: Database, tokenKey: string): UploadTicket | null {
  const row = database.get(`${rows.uploads.select} WHERE tokenKey = ?`, [tokenKey]);
  return row ? rows.uploads.as(row) : null;
}
