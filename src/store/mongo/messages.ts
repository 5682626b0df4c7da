/** Messages: the transcript, and the settling of what was sent of it. */
import type { Message, MessageState, Messages } from '../contract.js';
import type { Access, Tables } from './access.js';
import { claim } from './claim.js';
import type { RowOf } from './columns.js';
import type { Definitions } from './schema.js';
import { sendable } from './sendable.js';
import { is } from './table.js';

type Row = RowOf<Definitions['messages']['columns']>;

export function messages(access: Access): Messages {
  const { alone } = access;
  return {
    list: (conversation, after, limit) =>
      alone(async (tables) =>
        (await tables.messages.all({ conversation, seq: is({ $gt: after }) }, { seq: 1 }, limit)).map(messageOf),
      ),
    get: (id) =>
      alone(async (tables) => {
        const row = await tables.messages.get(id);
        return row && messageOf(row);
      }),
    claim: async (conversation, now, staleBefore) => {
      const row = await claim(access, conversation, now, staleBefore);
      return row && messageOf(row);
    },
    settle: (id, sendFence, result) => alone((tables) => settle(tables, id, sendFence, result)),
    status: (providerKey, state, at, error) => alone((tables) => status(tables, providerKey, state, at, error)),
    identify: (id, providerKey) => alone((tables) => identify(tables, id, providerKey)),
    sendable: (now, staleBefore, limit) => alone((tables) => sendable(tables, now, staleBefore, limit)),
  };
}

/** What waited for the person goes now. */
export async function letGo(tables: Tables, conversation: string): Promise<void> {
  const held = { conversation, state: 'queued', error: 'window_closed' } as const;
  await tables.messages.changeAll(held, { $set: { nextAttemptAt: null, error: null } });
}

function settle(
  { messages: rows }: Tables,
  id: string,
  sendFence: number,
  result: Parameters<Messages['settle']>[2],
): Promise<boolean> {
  const mine = { id, sendFence, state: 'sending' } as const;
  if ('again' in result) {
    const error = result.held ? 'window_closed' : null;
    return rows.change(mine, { $set: { state: 'queued', nextAttemptAt: result.again, error } });
  }
  const { state, providerKey, error = null } = result;
  return rows.change(mine, { $set: { state, error, ...(providerKey !== undefined && { providerKey }) } });
}

/** Which states a status may follow: forward only, and failed never after delivered. */
const FOLLOWS: Readonly<Record<Parameters<Messages['status']>[1], readonly MessageState[]>> = {
  sent: ['queued', 'sending', 'ambiguous'],
  delivered: ['queued', 'sending', 'ambiguous', 'sent'],
  read: ['queued', 'sending', 'ambiguous', 'sent', 'delivered'],
  failed: ['queued', 'sending', 'ambiguous', 'sent'],
};

/** Where another status came between, it is looked at again: every round means that one of them went forward. */
async function status(
  { messages: rows }: Tables,
  providerKey: string,
  state: keyof typeof FOLLOWS,
  at: number,
  error = '',
): Promise<boolean> {
  for (;;) {
    const row = await rows.one({ providerKey, direction: 'out' }, { n: -1 });
    if (!row) return false;
    if (!FOLLOWS[state].includes(row.state)) return true;
    const seen = { id: row.id, state: row.state, sendFence: row.sendFence, deliveredAt: row.deliveredAt };
    if (await rows.change(seen, { $set: { state, nextAttemptAt: null, ...told(row, state, at, error || null) } }))
      return true;
  }
}

/** Read implies delivered: providers may leave `delivered` out. */
function told(row: Row, state: keyof typeof FOLLOWS, at: number, error: string | null): Partial<Row> {
  const deliveredAt = row.deliveredAt ?? at;
  if (state === 'failed') return { error };
  if (state === 'read') return { deliveredAt, readAt: at };
  return state === 'delivered' ? { deliveredAt } : {};
}

function identify({ messages: rows }: Tables, id: string, providerKey: string): Promise<boolean> {
  const tried = { id, direction: 'out', attempts: is({ $gt: 0 }), providerKey: null } as const;
  return rows.change({ ...tried, sealed: is({ $ne: Buffer.alloc(0) }) }, { $set: { providerKey } });
}

function messageOf({ n: _n, claimedAt: _claimedAt, passed: _passed, ...message }: Row): Message {
  return message;
}
