/** Dropping what is over, and the numbers for metrics. */
import type { Access } from './access.js';
import type { Database } from './database.js';
import { tidyLessons } from './questions.js';

/** Providers repeat a message for up to seven days; its key is kept for eight. */
const DEDUPE_KEPT = 8 * 24 * 60 * 60 * 1000;

/** A link that was used or ran out is told apart from a wrong one for a day. */
const UPLOADS_KEPT = 24 * 60 * 60 * 1000;

const COUNTS: Readonly<Record<string, string>> = {
  conversations: 'conversations',
  conversations_waiting_for_staff: `conversations WHERE hold = 'waiting'`,
  mailbox: 'mailbox WHERE reason IS NULL',
  quarantined: 'mailbox WHERE reason IS NOT NULL',
  unreadable: `unclaimed WHERE kind = 'unreadable'`,
  outbox: `messages WHERE state IN ('queued', 'sending')`,
  submissions_unhandled: 'submissions WHERE handledAt IS NULL',
  cases: 'cases',
  files: 'files',
  notices_unseen: 'notices WHERE seenAt IS NULL',
};

/** The oldest that waits; 0 when nothing does. What waits for the person's next message is in nobody's hands here. */
const OLDEST: Readonly<Record<string, string>> = {
  mailbox_oldest_at: 'mailbox WHERE reason IS NULL',
  outbox_oldest_at: `messages WHERE state IN ('queued', 'sending') AND COALESCE(error, '') <> 'window_closed'`,
};

export function tidy({ write }: Access, now: number): Promise<void> {
  return write((database: Database) => {
    database.run('DELETE FROM dedupe WHERE at < ?', [now - DEDUPE_KEPT]);
    database.run('DELETE FROM counters WHERE until <= ?', [now]);
    database.run('DELETE FROM leases WHERE until <= ?', [now]);
    database.run('DELETE FROM staff_sessions WHERE expiresAt <= ?', [now]);
    // Used codes stay as the proof of a link; a link to a page is nobody's after a day.
    database.run('DELETE FROM codes WHERE usedAt IS NULL AND expiresAt <= ?', [now]);
    database.run(`DELETE FROM unclaimed WHERE kind = 'unreadable' AND until <= ?`, [now]);
    tidyLessons(database);
    database.run('DELETE FROM uploads WHERE expiresAt <= ?', [now - UPLOADS_KEPT]);
  });
}

export function stats({ read }: Access): Promise<Record<string, number>> {
  return read((database) => {
    const number = (what: string, from: string) =>
      Number(database.get(`SELECT ${what} AS number FROM ${from}`)?.['number']);
    return Object.fromEntries([
      ...Object.entries(COUNTS).map(([name, from]) => [name, number('COUNT(*)', from)] as const),
      ...Object.entries(OLDEST).map(([name, from]) => [name, number('COALESCE(MIN(at), 0)', from)] as const),
    ]);
  });
}

/** Writes as much as a long turn, new each time: SQLite skips the disk for bytes that are there already. */
export function probe({ write }: Access): Promise<void> {
  return write((database) => {
    database.run(`INSERT OR REPLACE INTO facts (name, value) VALUES ('probe', hex(randomblob(32768)))`);
  });
}
