/** Messages: the transcript, and the sending of what waits in it. */
import type { Message, Messages } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';
import { addNotice } from './notices.js';
import { messages as shape } from './rows.js';

export function messages({ read, write }: Access): Messages {
  return {
    list: (conversation, after, limit) =>
      read((database) =>
        database
          .all(`${shape.select} WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT ?`, [conversation, after, limit])
          .map(shape.as),
      ),
    get: (id) => read((database) => one(database, id)),
    claim: (conversation, now, staleBefore) => write((database) => claim(database, conversation, now, staleBefore)),
    settle: (id, sendFence, result) => write((database) => settle(database, id, sendFence, result)),
    status: (providerKey, state, at, error) => write((database) => status(database, providerKey, state, at, error)),
    identify: (id, providerKey) => write((database) => identify(database, id, providerKey)),
    sendable: (now, staleBefore, limit) => read((database) => sendable(database, now, staleBefore, limit)),
  };
}

/** A claim does not outlive the process: a send that was under way is made again without waiting for its claim to grow stale. */
export function forgetClaims(database: Database): void {
  database.run(`UPDATE messages SET claimedAt = 0 WHERE state = 'sending'`);
}

function one(database: Database, id: string): Message | null {
  const row = database.get(`${shape.select} WHERE id = ?`, [id]);
  return row ? shape.as(row) : null;
}

/** What waits for the person lets others pass: a template may go while it waits. It counts again when its time is over. */
const WAITS = `(state = 'queued' AND COALESCE(error, '') = 'window_closed' AND COALESCE(nextAttemptAt, 0) > :now
  AND (expiresAt IS NULL OR expiresAt > :now))`;

function claim(database: Database, conversation: string, now: number, staleBefore: number): Message | null {
  expire(database, conversation, now, staleBefore);
  const claimed = database.get(
    `UPDATE messages SET state = 'sending', attempts = attempts + 1, sendFence = sendFence + 1, claimedAt = :now, nextAttemptAt = NULL
     WHERE n = (SELECT n FROM messages WHERE conversation = :conversation AND state IN ('queued', 'sending') AND NOT ${WAITS}
       ORDER BY seq LIMIT 1)
     AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = :conversation AND state = 'sending' AND claimedAt >= :staleBefore)
     AND ((state = 'queued' AND (nextAttemptAt IS NULL OR nextAttemptAt <= :now)) OR (state = 'sending' AND claimedAt < :staleBefore))
     RETURNING id`,
    { conversation, now, staleBefore },
  );
  return claimed ? one(database, String(claimed['id'])) : null;
}

function expire(database: Database, conversation: string, now: number, staleBefore: number): void {
  const expired = database.all(
    `UPDATE messages SET state = 'expired', nextAttemptAt = NULL, error = NULL WHERE conversation = :conversation AND expiresAt <= :now
     AND (state = 'queued' OR (state = 'sending' AND claimedAt < :staleBefore)) RETURNING id`,
    { conversation, now, staleBefore },
  );
  for (const { id } of expired) {
    addNotice(database, {
      id: `send_failed.${String(id)}`,
      kind: 'send_failed',
      conversation,
      caseNumber: null,
      at: now,
    });
  }
}

/** What waited for the person goes now. */
export function letGo(database: Database, conversation: string): void {
  database.run(
    `UPDATE messages SET nextAttemptAt = NULL, error = NULL
     WHERE conversation = ? AND state IN ('queued', 'sending') AND state = 'queued' AND error = 'window_closed'`,
    [conversation],
  );
}

function settle(database: Database, id: string, sendFence: number, result: Parameters<Messages['settle']>[2]): boolean {
  const mine = "WHERE id = :id AND sendFence = :sendFence AND state = 'sending'";
  if ('again' in result) {
    const sql = `UPDATE messages SET state = 'queued', nextAttemptAt = :again, error = :error ${mine}`;
    const error = result.held ? 'window_closed' : null;
    return database.run(sql, { id, sendFence, again: result.again, error }) > 0;
  }
  const { state, providerKey = null, error = null } = result;
  const sql = `UPDATE messages SET state = :state, providerKey = COALESCE(:providerKey, providerKey), error = :error ${mine}`;
  return database.run(sql, { id, sendFence, state, providerKey, error }) > 0;
}

/** Which states a status may follow: forward only, and failed never after delivered. */
const FOLLOWS = {
  sent: "'queued', 'sending', 'ambiguous'",
  delivered: "'queued', 'sending', 'ambiguous', 'sent'",
  read: "'queued', 'sending', 'ambiguous', 'sent', 'delivered'",
  failed: "'queued', 'sending', 'ambiguous', 'sent'",
} as const;

function status(
  database: Database,
  providerKey: string,
  state: keyof typeof FOLLOWS,
  at: number,
  error: string | undefined,
): boolean {
  const row = database.get(
    `SELECT n FROM messages WHERE providerKey = ? AND direction = 'out' ORDER BY n DESC LIMIT 1`,
    [providerKey],
  );
  if (!row) return false;
  // Read implies delivered: providers may leave `delivered` out.
  database.run(
    `UPDATE messages SET state = :state, nextAttemptAt = NULL,
       deliveredAt = CASE WHEN :state IN ('delivered', 'read') THEN COALESCE(deliveredAt, :at) ELSE deliveredAt END,
       readAt = CASE WHEN :state = 'read' THEN :at ELSE readAt END,
       error = CASE WHEN :state = 'failed' THEN :error ELSE error END
     WHERE n = :n AND state IN (${FOLLOWS[state]})`,
    { n: Number(row['n']), state, at, error: error ?? null },
  );
  return true;
}

function identify(database: Database, id: string, providerKey: string): boolean {
  const sql = `UPDATE messages SET providerKey = :providerKey WHERE id = :id AND direction = 'out' AND attempts > 0 AND providerKey IS NULL AND length(sealed) > 0`;
  return database.run(sql, { id, providerKey }) > 0;
}

function sendable(database: Database, now: number, staleBefore: number, limit: number): string[] {
  const rows = database.all(
    `SELECT m.conversation FROM messages m JOIN
       (SELECT conversation, MIN(seq) AS seq FROM messages WHERE state IN ('queued', 'sending') AND NOT ${WAITS}
        GROUP BY conversation HAVING MAX(state = 'sending' AND claimedAt >= :staleBefore) = 0) first
       ON m.conversation = first.conversation AND m.seq = first.seq
     WHERE (m.state = 'queued' AND (m.nextAttemptAt IS NULL OR m.nextAttemptAt <= :now OR m.expiresAt <= :now))
        OR (m.state = 'sending' AND m.claimedAt < :staleBefore)
     ORDER BY m.n LIMIT :limit`,
    { now, staleBefore, limit },
  );
  return rows.map((row) => String(row['conversation']));
}
