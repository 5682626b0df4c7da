// Words that came too late for the reply window wait; the approved template that goes before them tells the person that they are there.
import type { Conversation, Item, Message } from '../store/contract.js';
import { commitTurn } from './announce.js';
import { bareTurn, botMessage } from './bare-turn.js';
import { templateExpiry } from './expiry.js';
import { ring, type House } from './house.js';
import type { MessageBody, SessionRecord } from './records.js';
import type { TurnOutcome } from './turn.js';

/** Asks for it in a turn of its own; once for a message while the person has not written. */
export async function askToKnock(house: House, message: Pick<Message, 'id' | 'conversation'>): Promise<void> {
  const { store, records, ids, now } = house;
  const { conversation } = message;
  const row = await store.turns.conversation(conversation);
  const id = ids.next();
  const sealed = await records.item.seal('', id, { v: 1, kind: 'knock', message: message.id });
  const dedupeKey = `knock.${message.id}.${row?.lastPersonAt ?? 0}`;
  await store.turns.put(conversation, { id, kind: 'system', dedupeKey, sealed, at: now() });
  await ring(house, 'conversation', conversation);
}

/** The turn: nothing is said when the person wrote meanwhile, wants no messages, or was told the same already. */
export async function knock(
  house: House,
  row: Conversation,
  fence: number,
  item: Item,
  message: string,
): Promise<TurnOutcome> {
  const record = await house.records.sessionOf(row);
  const template = record && record.session.rest === undefined ? await waitingTemplate(house, row, message) : undefined;
  const fresh = record && template && !record.knocked?.includes(template.text);
  const said = fresh ? await theKnock(house, row, record, template) : { messages: [] };
  const turn = await bareTurn(house, row, fence, item, { detail: 'knock', ...said });
  const result = await commitTurn(house, turn);
  // It draws no number and gives nothing away.
  return result === 'number_taken' || result === 'not_asked' ? 'duplicate' : result;
}

/** Of a message that still waits for the person. */
async function waitingTemplate(house: House, row: Conversation, id: string): Promise<MessageBody['knock']> {
  const message = await house.store.messages.get(id);
  if (message?.state !== 'queued' || message.error !== 'window_closed') return undefined;
  return (await house.records.message.open(row.address, id, message.sealed)).knock;
}

async function theKnock(
  house: House,
  row: Conversation,
  record: SessionRecord,
  { text, ...template }: NonNullable<MessageBody['knock']>,
) {
  const body: MessageBody = { v: 1, text, template, ...(record.reply && { reply: record.reply }) };
  const message = await botMessage(house, row, body, templateExpiry(house.now()));
  const next = { ...record, knocked: [...(record.knocked ?? []), text] };
  return { patch: { session: await house.records.session.seal(row.address, row.id, next) }, messages: [message] };
}
