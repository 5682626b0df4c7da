/** Wrapped data keys, in a file of their own so that its back-ups can be kept shorter than those of the data. */
import { StoreError } from '../contract.js';
import type { Keys } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';

export function keys({ read, write }: Access): Keys {
  return {
    putIfAbsent: (subject, wrapped) => write((database) => putIfAbsent(database, subject, wrapped)),
    get: (subject) => read((database) => wrappedKey(database, subject)),
    destroy: async (subject, at) => {
      await write((database) => {
        database.run('DELETE FROM keys WHERE subject = ?', [subject]);
        database.insertNew('erasures', ['subject', 'at'], { subject, at });
      });
      await read(overwriteLog);
    },
    destroyed: () =>
      read((database) =>
        database
          .all('SELECT subject, at FROM erasures ORDER BY at, subject')
          .map((row) => ({ subject: String(row['subject']), at: Number(row['at']) })),
      ),
    subjects: (after, limit) =>
      read((database) =>
        database
          .all('SELECT subject FROM keys WHERE subject > ? ORDER BY subject LIMIT ?', [after ?? '', limit])
          .map((row) => String(row['subject'])),
      ),
    replace: (subject, from, to) =>
      write(
        (database) =>
          database.run('UPDATE keys SET wrapped = ? WHERE subject = ? AND wrapped = ?', [to, subject, from]) > 0,
      ),
  };
}

function putIfAbsent(database: Database, subject: string, wrapped: Uint8Array): Uint8Array {
  if (database.get('SELECT 1 FROM erasures WHERE subject = ?', [subject])) {
    throw new StoreError('not_found', 'The key of this subject was destroyed.');
  }
  database.insertNew('keys', ['subject', 'wrapped'], { subject, wrapped });
  return wrappedKey(database, subject) ?? wrapped;
}

function wrappedKey(database: Database, subject: string): Uint8Array | null {
  const wrapped = database.get('SELECT wrapped FROM keys WHERE subject = ?', [subject])?.['wrapped'];
  return wrapped instanceof Uint8Array ? wrapped : null;
}

/** `secure_delete` zeroes the key in its page; the page before that still lies in the log until the log is moved over and cut off. */
function overwriteLog(database: Database): void {
  const row = database.get('PRAGMA wal_checkpoint(TRUNCATE)');
  if (row?.['busy'] === 0) return;
  throw new StoreError(
    'failed',
    'The key is gone, but another process reads keys.db, so its log still holds it. Destroy it again.',
  );
}
