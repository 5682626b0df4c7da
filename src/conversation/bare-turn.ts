// A turn without a step of the engine: the house itself uses an item up, and may say something.
import type { Conversation, ConversationPatch, Item, NewMessage, TurnCommit } from '../store/contract.js';
import type { House } from './house.js';
import type { MessageBody } from './records.js';

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

/** One message of the bot's, under no run. */
export async function botMessage(
  house: House,
  row: Conversation,
  body: MessageBody,
  expiresAt: number,
): Promise<NewMessage> {
  const id = house.ids.next();
  return {
    id,
    direction: 'out',
    author: 'bot',
    class: 'personal',
    state: 'queued',
    run: null,
    providerKey: null,
    at: house.now(),
    expiresAt,
    sealed: await house.records.message.seal(row.address, id, body),
  };
}
