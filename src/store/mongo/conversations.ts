/** Conversations: who holds one under which fence, and the live list. */
import type { Conversation, Turns } from '../contract.js';
import type { Access, Tables } from './access.js';
import type { RowOf } from './columns.js';
import type { Definitions } from './schema.js';
import { is } from './table.js';

type Conversations = Pick<Turns, 'take' | 'release' | 'conversation' | 'conversations' | 'opened'>;
type Row = RowOf<Definitions['conversations']['columns']>;

export function conversations({ alone }: Access): Conversations {
  return {
    take: (conversation, owner, now, until) =>
      alone(async (tables) => {
        const row = await tables.conversations.changed(
          { id: conversation, $or: [{ owner: null }, { owner }, { ownedUntil: is({ $lte: now }) }] },
          { $inc: { fence: 1 }, $set: { owner, ownedUntil: until } },
        );
        return row && { conversation: conversationOf(row), fence: row.fence };
      }),
    release: (conversation, fence) =>
      alone(async (tables) => {
        await tables.conversations.change({ id: conversation, fence }, { $set: { owner: null, ownedUntil: null } });
      }),
    conversation: (id) =>
      alone(async (tables) => {
        const row = await tables.conversations.get(id);
        return row && conversationOf(row);
      }),
    conversations: (query) => alone((tables) => recent(tables, query)),
    opened: (conversation) =>
      alone(async (tables) => {
        await tables.conversations.change({ id: conversation, unread: is({ $ne: 0 }) }, { $set: { unread: 0 } });
      }),
  };
}

/**
 * Within a transaction: whether the conversation still is under this fence, and stays so until the end. A read alone would not keep another
 * worker from taking it meanwhile; so its row is written to.
 */
export function lockUnder(tables: Tables, conversation: string, fence: number): Promise<boolean> {
  return tables.conversations.change({ id: conversation, fence }, { $inc: { touched: 1 } });
}

export function conversationOf(row: Row): Conversation {
  const { owner: _owner, ownedUntil: _ownedUntil, lastArrival: _last, touched: _touched, ...conversation } = row;
  return conversation;
}

async function recent(tables: Tables, query: Parameters<Turns['conversations']>[0]): Promise<Conversation[]> {
  const { hold, without, limit, before = Number.MAX_SAFE_INTEGER } = query;
  const rows = await tables.conversations.all(
    {
      lastMessageAt: is({ $lt: before }),
      ...(hold !== undefined && { hold }),
      ...(without !== undefined && { channel: is({ $ne: without }) }),
    },
    { lastMessageAt: -1, id: -1 },
    limit,
  );
  return rows.map(conversationOf);
}
