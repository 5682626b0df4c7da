/** Conversations: who holds one under which fence, and the live list. */
import type { Taken, Turns } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';
import { conversations as shape } from './rows.js';

type Conversations = Pick<Turns, 'take' | 'release' | 'conversation' | 'conversations' | 'opened'>;

export function conversations({ read, write }: Access): Conversations {
  return {
    take: (conversation, owner, now, until) => write((database) => take(database, conversation, owner, now, until)),
    release: (conversation, fence) =>
      write((database) => {
        database.run('UPDATE conversations SET owner = NULL, ownedUntil = NULL WHERE id = ? AND fence = ?', [
          conversation,
          fence,
        ]);
      }),
    conversation: (id) =>
      read((database) => {
        const row = database.get(`${shape.select} WHERE id = ?`, [id]);
        return row ? shape.as(row) : null;
      }),
    conversations: (query) => read((database) => recent(database, query)),
    opened: (conversation) =>
      write((database) => {
        database.run('UPDATE conversations SET unread = 0 WHERE id = ? AND unread <> 0', [conversation]);
      }),
  };
}

/** Holds do not outlive the process: whoever held one before a restart is gone. */
export function forgetOwners(database: Database): void {
  database.run('UPDATE conversations SET owner = NULL, ownedUntil = NULL WHERE owner IS NOT NULL');
}

function take(database: Database, conversation: string, owner: string, now: number, until: number): Taken | null {
  const taken = database.run(
    `UPDATE conversations SET fence = fence + 1, owner = :owner, ownedUntil = :until
     WHERE id = :conversation AND (owner IS NULL OR owner = :owner OR ownedUntil <= :now)`,
    { conversation, owner, now, until },
  );
  const row = database.get(`${shape.select} WHERE id = ?`, [conversation]);
  if (taken === 0 || !row) return null;
  const current = shape.as(row);
  return { conversation: current, fence: current.fence };
}

function recent(database: Database, query: Parameters<Turns['conversations']>[0]): ReturnType<typeof shape.as>[] {
  const before = query.before ?? Number.MAX_SAFE_INTEGER;
  return database
    .all(
      `${shape.select} WHERE lastMessageAt < :before AND (:hold IS NULL OR hold = :hold) AND (:without IS NULL OR channel <> :without)
       ORDER BY lastMessageAt DESC, id DESC LIMIT :limit`,
      { before, hold: query.hold ?? null, without: query.without ?? null, limit: query.limit },
    )
    .map(shape.as);
}
