// A turn without a step of the engine: the house itself uses an item up, and may say something.
import type { Conversation, ConversationPatch, Item, NewMessage, TurnCommit } from '../store/contract.js';
import type { House } from './house.js';

/** `detail`: what it was for, for the record. */
export async function bareTurn(
  house: House,
  row: Conversation,
  fence: number,
  item: Item,
  { detail, patch = {}, messages }: { detail: string; patch?: ConversationPatch; messages: NewMessage[] },
): Promise<TurnCommit> {
  const at = house.now();
  const record = {
    v: 1 as const,
    input: { kind: 'system' as const, event: 'send_failed' as const, detail },
    now: at,
    set: row.flowSet ?? '',
    given: {},
    runs: [],
    numbers: [],
  };
  return {
    turn: item.id,
    conversation: row.id,
    fence,
    item: item.id,
    at,
    patch,
    messages,
    submissions: [],
    ratings: [],
    notices: [],
    record: await house.records.turn.seal(row.address, item.id, record),
  };
}
