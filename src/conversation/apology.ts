// When a message could not be handled: it is put aside, staff are told, and the person hears a courteous word instead of silence.
import type { Conversation, Item } from '../store/contract.js';
import { commitTurn } from './announce.js';
import { bareTurn, botMessage } from './bare-turn.js';
import { expiryOf } from './expiry.js';
import type { House } from './house.js';
import type { MessageBody } from './records.js';
import type { TurnOutcome } from './turn.js';

/** Puts an item aside with its reason (a code) and asks for an apology in a turn of its own. */
export async function putAside(house: House, fence: number, item: Item, reason: string): Promise<void> {
  // The apology first: after a crash in between, both are done again and the same apology is known by its key.
  if (item.kind === 'message') await askForApology(house, item);
  const notice = {
    id: `quarantined.${item.id}`,
    kind: 'quarantined' as const,
    conversation: item.conversation,
    caseNumber: null,
    at: house.now(),
  };
  await house.store.turns.quarantine(item.id, fence, reason, notice);
  house.hints.give('notice', notice.id);
  house.meter.count('sila_quarantined_total', { kind: item.kind });
  house.log('item.quarantined', { item: item.id, kind: item.kind, reason });
}

/** Only a person waits for an answer, and an apology that fails is not apologised for. */
async function askForApology(house: House, item: Item): Promise<void> {
  const id = house.ids.next();
  const sealed = await house.records.item.seal('', id, { v: 1, kind: 'apology' });
  const apology = { id, kind: 'system' as const, dedupeKey: `apology.${item.id}`, sealed, at: house.now() };
  await house.store.turns.put(item.conversation, apology);
}

/** The apology's turn. It neither reads nor writes the session: that may be what broke. */
export async function apologise(house: House, row: Conversation, fence: number, item: Item): Promise<TurnOutcome> {
  const body: MessageBody = { v: 1, text: house.texts.say('engine.failure', row.language) };
  const message = await botMessage(house, row, body, expiryOf(house, row, house.now(), row.lastPersonAt));
  const turn = await bareTurn(house, row, fence, item, { detail: 'quarantined', messages: [message] });
  const result = await commitTurn(house, turn);
  // It draws no number and gives nothing away.
  return result === 'number_taken' || result === 'not_asked' ? 'duplicate' : result;
}
