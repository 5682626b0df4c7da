// What a person takes back on their channel goes from our copy too; what it answered in a request stands until it is corrected.
import type { Conversation } from '../store/contract.js';
import { messageKeyOf } from './accept.js';
import type { House } from './house.js';
import type { ItemBody, SessionRecord } from './records.js';

/** A message of ours, and its files that no answer and no case needs. */
export interface TakenBack {
  message: string;
  files: readonly string[];
}

/** Messages that are looked through at once, from the newest back. */
const PAGE = 200;

/** Null when the item takes nothing back, or what we do not have. */
export async function takenBack(
  house: House,
  row: Conversation,
  body: ItemBody | null,
  before: SessionRecord | null,
): Promise<TakenBack | null> {
  if (body?.kind !== 'message' || body.unsent === undefined) return null;
  const message = await find(house, row, messageKeyOf(house, row.account, body.unsent));
  if (!message || message.sealed.length === 0) return null;
  const { files = [] } = await house.records.message.open(row.address, message.id, message.sealed);
  const answers = JSON.stringify(before?.session ?? null);
  return { message: message.id, files: files.map(({ id }) => id).filter((id) => !answers.includes(id)) };
}

/** After the turn is committed: until then the message still names them. */
export async function dropFiles(house: House, { files }: TakenBack): Promise<void> {
  for (const id of files) {
    const row = await house.store.files.get(id);
    if (row?.caseNumber === null) await house.files.remove(id);
  }
}

async function find(house: House, { id, seq }: Conversation, key: string) {
  for (let end = seq; end > 0; end -= PAGE) {
    const page = await house.store.messages.list(id, Math.max(0, end - PAGE), PAGE);
    const found = page.findLast(({ providerKey, direction }) => direction === 'in' && providerKey === key);
    if (found) return found;
  }
  return undefined;
}
