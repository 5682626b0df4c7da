/** The mailbox: what came in and was not handled yet, in order of arrival. */
import { StoreError } from '../contract.js';
import type { Accepted, AddressHint, Conversation, Item, NewItem, Turns } from '../contract.js';
import type { Access, Tables } from './access.js';
import type { RowOf } from './columns.js';
import { conversationOf, lockUnder } from './conversations.js';
import { Lanes } from './lanes.js';
import { again } from './lock.js';
import { addNotice } from './notices.js';
import type { Definitions } from './schema.js';
import { is } from './table.js';
import type { Filter } from './table.js';

type Mailbox = Pick<
  Turns,
  'accept' | 'put' | 'items' | 'quarantine' | 'failed' | 'excuse' | 'quarantined' | 'retry' | 'waiting' | 'takeDue'
>;
type Row = RowOf<Definitions['mailbox']['columns']>;

export function mailbox(access: Access): Mailbox {
  const { alone, together } = access;
  // One person's items keep the order in which this process was given them, and do not meet as conflicts.
  const lanes = new Lanes();
  return {
    accept: (hint, item) =>
      lanes.run(`${hint.account} ${hint.addressKey}`, () =>
        together(
          (tables) => accept(tables, hint, item),
          (tables) => kept(tables, hint.account, item),
        ),
      ),
    put: (conversation, item) =>
      lanes.run(conversation, () =>
        together(
          (tables) => put(tables, conversation, item),
          async (tables) => {
            const home = await tables.conversations.get(conversation);
            return home && kept(tables, home.account, item);
          },
        ),
      ),
    items: (conversation, limit) =>
      alone(async ({ mailbox: box }) =>
        (await box.all({ conversation, reason: null }, { arrival: 1 }, limit)).map(itemOf),
      ),
    quarantine: (item, fence, reason, notice) =>
      together(async (tables) => {
        const row = await tables.mailbox.get(item);
        if (!row || !(await lockUnder(tables, row.conversation, fence))) return;
        await tables.mailbox.change({ id: item }, { $set: { reason } });
        await addNotice(tables, notice);
      }, again),
    failed: (item) =>
      alone(async ({ mailbox: box }) => (await box.changed({ id: item }, { $inc: { tries: 1 } }))?.tries ?? 0),
    excuse: (item) =>
      alone(async ({ mailbox: box }) => {
        await box.change({ id: item, tries: is({ $gt: 0 }) }, { $inc: { tries: -1 } });
      }),
    quarantined: (limit) => alone((tables) => quarantined(tables, limit)),
    retry: (item) =>
      alone(async ({ mailbox: box }) => {
        await box.change({ id: item }, { $set: { reason: null, tries: 0 } });
      }),
    waiting: (now, limit) => alone((tables) => waiting(tables, now, limit)),
    takeDue: (now, limit, make) => lanes.run('due', () => takeDue(access, now, limit, make)),
  };
}

async function accept(tables: Tables, hint: AddressHint, item: NewItem): Promise<Accepted> {
  const drawn = await tables.next();
  const before = await accepted(tables, hint.account, item.dedupeKey);
  if (before) return before;
  const { account, addressKey } = hint;
  const known = await tables.addresses.one({ account, addressKey });
  const place = known
    ? await arriveAt(tables, { address: known.id }, drawn)
    : await settle(tables, hint, item.at, drawn);
  if (!place) throw new StoreError('corrupt', 'An address has no conversation.');
  return keep(tables, place, item);
}

/** Puts an item from within into a conversation's mailbox, once by its dedupe key. Belongs into a transaction. */
export async function put(tables: Tables, conversation: string, item: NewItem): Promise<Accepted> {
  const drawn = await tables.next();
  const place = await arriveAt(tables, { id: conversation }, drawn);
  if (!place) throw new StoreError('not_found', 'There is no such conversation.');
  return (await accepted(tables, place.account, item.dedupeKey)) ?? keep(tables, place, item);
}

/** What the first item with this key became. */
async function accepted(tables: Tables, account: string, dedupeKey: string): Promise<Accepted | null> {
  const row = await tables.dedupe.get(account, dedupeKey);
  if (!row) return null;
  const { item, conversation } = row;
  const home = await tables.conversations.get(conversation);
  return home && { item, conversation, address: home.address, duplicate: true };
}

/** Whether this very item was kept, by an attempt whose end nobody told. */
async function kept(tables: Tables, account: string, item: NewItem): Promise<Accepted | null> {
  const found = await accepted(tables, account, item.dedupeKey);
  return found?.item === item.id ? { ...found, duplicate: false } : null;
}

interface Place {
  conversation: string;
  address: string;
  account: string;
  arrival: number;
}

/**
 * The next place in a conversation. Its number is greater than all before in the conversation, whichever process drew earlier: those who
 * arrive at once meet on the conversation's row.
 */
async function arriveAt(
  tables: Tables,
  filter: Filter<RowOf<Definitions['conversations']['columns']>>,
  drawn: number,
): Promise<Place | null> {
  const row = await tables.conversations.changed(filter, { $max: { lastArrival: drawn } }, 'before');
  if (!row) return null;
  const arrival = Math.max(drawn, row.lastArrival + 1);
  if (arrival > drawn) await tables.conversations.change({ id: row.id }, { $set: { lastArrival: arrival } });
  return { conversation: row.id, address: row.address, account: row.account, arrival };
}

async function settle(tables: Tables, hint: AddressHint, at: number, arrival: number): Promise<Place> {
  const { addressId: address, conversationId: conversation, channel, account, addressKey, sealed } = hint;
  await tables.addresses.add({ id: address, channel, account, addressKey, sealed, createdAt: at });
  await tables.conversations.add({
    ...{ id: conversation, address, channel, account },
    ...{ createdAt: at, lastArrival: arrival },
  });
  return { conversation, address, account, arrival };
}

async function keep(tables: Tables, place: Place, item: NewItem): Promise<Accepted> {
  const { conversation, address, account, arrival } = place;
  await tables.mailbox.add({ ...item, conversation, arrival });
  await tables.dedupe.add({ account, dedupeKey: item.dedupeKey, item: item.id, conversation, at: item.at });
  return { conversation, address, item: item.id, duplicate: false };
}

async function quarantined(tables: Tables, limit: number): Promise<(Item & { reason: string })[]> {
  const rows = await tables.mailbox.all({ reason: is({ $ne: null }) }, { arrival: 1 }, limit);
  return rows.map((row) => ({ ...itemOf(row), reason: row.reason ?? '' }));
}

async function waiting(tables: Tables, now: number, limit: number): Promise<string[]> {
  const free = { $or: [{ 'home.owner': null }, { 'home.ownedUntil': { $lte: now } }] };
  const rows = await tables.mailbox.aggregate<{ _id: string }>([
    { $match: { reason: null } },
    { $group: { _id: '$conversation', first: { $min: '$arrival' } } },
    { $sort: { first: 1 } },
    { $lookup: { from: 'conversations', localField: '_id', foreignField: '_id', as: 'home' } },
    { $match: free },
    { $limit: limit },
    { $project: { _id: 1 } },
  ]);
  return rows.map(({ _id }) => _id);
}

/**
 * Each timer is cleared with the item that it becomes, in a transaction of its own; whoever clears it makes the item. The item's dedupe
 * key guards a timer that is set again.
 */
async function takeDue(
  { alone, together }: Access,
  now: number,
  limit: number,
  make: (c: Conversation) => NewItem,
): Promise<string[]> {
  const due = await alone((tables) =>
    tables.conversations.all({ dueAt: is({ $lte: now }) }, { dueAt: 1, id: 1 }, limit),
  );
  const taken: string[] = [];
  for (const { id, dueAt, dueKind } of due) {
    const mine = await together(async (tables) => {
      const cleared = { $set: { dueAt: null, dueKind: null } };
      const row = await tables.conversations.changed({ id, dueAt, dueKind }, cleared, 'before');
      if (row) await put(tables, id, make(conversationOf(row)));
      return row !== null;
    }, again);
    if (mine) taken.push(id);
  }
  return taken;
}

function itemOf({ tries: _tries, reason: _reason, ...item }: Row): Item {
  return item;
}
