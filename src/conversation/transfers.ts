// Moves a draft between two conversations of one person by two mailbox items, `give` and `take`, whatever crashes in between.
import type { Frame, Input } from '../engine/types.js';
import type { Conversation, Gift, NewItem, Transfer } from '../store/contract.js';
import { ring, type House } from './house.js';
import type { ItemBody } from './records.js';
import type { Played } from './turn.js';

/**
 * Handles the bell of a transfer: brings it one step on. Asked: the giver's mailbox gets `give`. Given: the taker's mailbox gets `take`.
 * Every step may be repeated: items are one by their id, and the row moves forward only.
 */
export async function moveDraft(house: House, id: string): Promise<void> {
  const transfer = await house.store.contacts.transfer(id);
  if (transfer?.state === 'asked') await askGiver(house, transfer);
  if (transfer?.state === 'given' && transfer.sealed) await handOver(house, transfer, transfer.sealed);
}

async function askGiver(house: House, { id, from, to }: Transfer): Promise<void> {
  const taker = await house.store.turns.conversation(to);
  const item = `give.${id}`;
  const input = { kind: 'system' as const, event: 'give' as const, transfer: id, channel: taker?.channel ?? '' };
  const sealed = await house.records.item.seal('', item, { v: 1, kind: 'within', input });
  await put(house, from, { id: item, kind: 'system', dedupeKey: item, sealed, at: house.now() });
}

/** The mailbox has it before the row lets go of it. */
async function handOver(house: House, { id, to }: Transfer, sealed: Uint8Array): Promise<void> {
  const item = takeItem(id);
  await house.store.turns.put(to, { id: item, kind: 'system', dedupeKey: item, sealed, at: house.now() });
  await house.store.contacts.arrived(id);
  await ring(house, 'conversation', to);
}

async function put(house: House, conversation: string, item: NewItem): Promise<void> {
  await house.store.turns.put(conversation, item);
  await ring(house, 'conversation', conversation);
}

/** What the giver's turn writes down: the draft, sealed as the item that the taker will find. */
export async function giftsOf(house: House, row: Conversation, { result, prepared }: Played): Promise<Gift[]> {
  const gifts = result.effects.flatMap((effect) => (effect.kind === 'gift' ? [effect] : []));
  return Promise.all(
    gifts.map(async ({ transfer, draft: frames }) => {
      const run = frames?.[0]?.run;
      if (!frames || run === undefined) return { transfer, draft: null };
      const { language } = result.session;
      const item = { v: 1, kind: 'draft', transfer, channel: row.channel, set: prepared.set.hash, language, frames };
      const sealed = await house.records.item.seal('', takeItem(transfer), item as ItemBody);
      return { transfer, draft: { run, sealed } };
    }),
  );
}

/** The draft as it stands in the newest flow set: it may have been published while the draft was on its way. */
export async function takenInput(house: House, body: Extract<ItemBody, { kind: 'draft' }>): Promise<Input> {
  const { transfer, channel, set, language, frames } = body;
  const { session } = await house.flows.of({ v: 1, set, language, stack: frames });
  const draft: Frame[] = session?.stack ?? [];
  return { kind: 'system', event: 'take', transfer, channel, draft };
}

/** Whether the giver need not give any more: the link was undone before. */
export async function isCalledOff(house: House, input: Input): Promise<boolean> {
  if (input.kind !== 'system' || input.event !== 'give') return false;
  return (await house.store.contacts.transfer(input.transfer))?.state !== 'asked';
}

function takeItem(transfer: string): string {
  return `take.${transfer}`;
}
