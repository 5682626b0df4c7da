/** The commit of a turn: everything it caused, or nothing. */
import type { CommitResult, Conversation, NewMessage, TurnCommit } from '../contract.js';
import type { Database } from './database.js';
import { letGo } from './messages.js';
import { addNotice } from './notices.js';
import { addQuestion } from './questions.js';
import { conversations, NEW_MESSAGE } from './rows.js';
import { give, isAsked } from './transfers.js';

const PATCHED = [
  'session',
  'language',
  'flowSet',
  'flow',
  'step',
  'hold',
  'heldBy',
  'dueAt',
  'dueKind',
  'lastPersonAt',
];

/** All checks come before the first write, so that a refused turn leaves nothing behind. */
export function commit(database: Database, turn: TurnCommit): CommitResult {
  if (database.get('SELECT 1 FROM turns WHERE id = ?', [turn.turn])) return { result: 'duplicate' };
  const row = database.get(`${conversations.select} WHERE id = ?`, [turn.conversation]);
  const conversation = row && conversations.as(row);
  if (conversation?.fence !== turn.fence) return { result: 'stale' };
  if (!isWaiting(database, turn)) return { result: 'duplicate' };
  if (numberTaken(database, turn)) return { result: 'number_taken' };
  if (turn.gifts?.some(({ transfer }) => !isAsked(database, transfer))) return { result: 'not_asked' };
  return { result: 'committed', seq: apply(database, turn, conversation) };
}

/** An item that is gone was consumed by a turn whose result its worker never learnt. */
function isWaiting(database: Database, turn: TurnCommit): boolean {
  const sql = 'SELECT 1 FROM mailbox WHERE id = ? AND conversation = ? AND reason IS NULL';
  return database.get(sql, [turn.item, turn.conversation]) !== undefined;
}

function numberTaken(database: Database, turn: TurnCommit): boolean {
  const within = new Map<string, string>();
  return turn.submissions.some(({ number, run }) => {
    if (database.get('SELECT 1 FROM submissions WHERE run = ?', [run])) return false;
    const other = within.get(number) ?? run;
    within.set(number, run);
    const stored = database.get(
      'SELECT 1 FROM submissions WHERE number = :n UNION SELECT 1 FROM cases WHERE number = :n',
      {
        n: number,
      },
    );
    return other !== run || stored !== undefined;
  });
}

function apply(database: Database, turn: TurnCommit, conversation: Conversation): number {
  const consumed = 'DELETE FROM mailbox WHERE id = ? AND conversation = ? AND reason IS NULL';
  for (const item of [turn.item, ...(turn.along ?? [])]) database.run(consumed, [item, turn.conversation]);
  const seq = addMessages(database, turn, conversation.seq);
  patch(database, turn, conversation, seq);
  if (turn.patch.lastPersonAt !== undefined) letGo(database, turn.conversation);
  for (const submission of turn.submissions) {
    // The run is unique: a second submission of it changes nothing.
    database.insertNew('submissions', ['number', 'run', 'kind', 'at', 'sealed', 'conversation', 'address'], {
      ...submission,
      conversation: turn.conversation,
      address: conversation.address,
    });
  }
  for (const rating of turn.ratings) {
    database.insertNew('ratings', ['id', 'service', 'channel', 'month', 'score', 'comment'], rating);
  }
  for (const notice of turn.notices) addNotice(database, notice);
  for (const gift of turn.gifts ?? []) give(database, gift);
  for (const question of turn.questions ?? []) addQuestion(database, question);
  for (const id of turn.unsent ?? []) takeBack(database, turn.conversation, id);
  database.insert('turns', ['id', 'conversation', 'fence', 'item', 'at', 'record'], { ...turn, id: turn.turn });
  return seq;
}

function addMessages(database: Database, turn: TurnCommit, last: number): number {
  let seq = last;
  for (const message of turn.messages) {
    seq += 1;
    database.insert('messages', NEW_MESSAGE, { ...message, conversation: turn.conversation, seq });
  }
  return seq;
}

/** A message of a person bears the id of its turn. */
function takeBack(database: Database, conversation: string, id: string): void {
  const message = `UPDATE messages SET sealed = x'' WHERE id = ? AND conversation = ? AND direction = 'in'`;
  if (database.run(message, [id, conversation]) > 0)
    database.run(`UPDATE turns SET record = x'' WHERE id = ? AND conversation = ?`, [id, conversation]);
}

function patch(database: Database, turn: TurnCommit, conversation: Conversation, seq: number): void {
  const next = { ...conversation, ...turn.patch, seq };
  next.unread += turn.patch.addUnread ?? 0;
  next.lastMessageAt = newest(turn.messages, conversation.lastMessageAt);
  const columns = [...PATCHED, 'seq', 'unread', 'lastMessageAt'];
  const values = Object.fromEntries(columns.map((column) => [column, next[column as keyof Conversation] ?? null]));
  const assignments = columns.map((column) => `${column} = :${column}`).join(', ');
  database.run(`UPDATE conversations SET ${assignments} WHERE id = :id`, { ...values, id: turn.conversation });
}

function newest(messages: readonly NewMessage[], before: number | null): number | null {
  return messages.reduce<number | null>((latest, { at }) => Math.max(latest ?? at, at), before);
}
