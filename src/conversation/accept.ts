// Takes in what a person sent: sealed and durable before the provider hears that it arrived.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Incoming } from '../../channels/channel.js';
import type { Home } from '../contacts/reserved.js';
import type { PersonInput } from '../engine/types.js';
import type { Accepted, AddressHint } from '../store/contract.js';
import { ring, type House } from './house.js';
import type { ItemBody } from './records.js';

/** Longest provider's message id that is kept as it is. */
const MOST_ID = 256;

/** What must hold of an incoming message whatever the channel. */
const shape = z.object({
  account: z.string().min(1).max(256),
  user: z.string().min(1).max(512),
  messageId: z.string().min(1),
  text: z.string().optional(),
  choice: z.string().max(512).optional(),
  files: z
    .array(z.object({ id: z.string(), name: z.string(), mime: z.string(), bytes: z.number() }))
    .max(50)
    .optional(),
  remote: z
    .array(z.object({ name: z.string().max(1_024), facts: z.record(z.string(), z.string().max(4_096)) }))
    .max(50)
    .optional(),
  album: z.string().min(1).max(256).optional(),
  unsent: z.string().min(1).optional(),
});

/** Throws a ZodError when a channel breaks its contract. */
export function checkIncoming(incoming: Incoming): void {
  shape.parse(incoming);
}

/**
 * Accepts one incoming message, once per account and message id. Durable when it resolves; rejects with a StoreError when it could not be
 * kept (the channel answers 503) and with a ZodError when a channel breaks its contract. `taken`: the id and time under which it was
 * taken in before.
 */
export async function accept(
  house: House,
  channel: string,
  incoming: Incoming,
  taken: { id: string; at: number } = { id: house.ids.next(), at: house.now() },
): Promise<Accepted> {
  const checked = shape.parse(incoming);
  const messageId = shortId(checked.messageId);
  const { id, at } = taken;
  const sealed = await house.records.item.seal('', id, itemBody(incoming, messageId));
  const dedupeKey = messageKeyOf(house, checked.account, messageId);
  const { hint, reserved } = await hintFor(house, channel, incoming);
  const accepted = await house.store.turns.accept(hint, { id, kind: 'message', dedupeKey, sealed, at });
  house.meter.count(accepted.duplicate ? 'sila_duplicates_total' : 'sila_accepted_total', { channel });
  if (!accepted.duplicate) house.hints.give('arrived', hint.addressKey);
  if (reserved) await settle(house, hint.addressKey, reserved);
  await ring(house, 'conversation', accepted.conversation);
  return accepted;
}

/** The keyed hash under which a message is known, by the provider's own id. */
export function messageKeyOf(house: Pick<House, 'vault'>, account: string, messageId: string): string {
  return house.vault.hash('message', account, shortId(messageId));
}

/** The keyed hash under which an address is found. */
export function addressKeyOf(house: Pick<House, 'vault'>, account: string, user: string): string {
  return house.vault.hash('address', account, user);
}

/** The address stands; what is left of the reservation ends by itself. */
async function settle(house: House, addressKey: string, reserved: Home): Promise<void> {
  await house.reserved.settled(addressKey, reserved).catch(() => house.log('reservation.kept'));
}

/** `reserved`: the ids of a person who is not known yet. */
async function hintFor(
  house: House,
  channel: string,
  incoming: Incoming,
): Promise<{ hint: AddressHint; reserved: Home | null }> {
  const { account, user } = incoming;
  const addressKey = addressKeyOf(house, account, user);
  const known = await house.store.addresses.conversationOf(account, addressKey);
  const home = known ?? (await house.reserved.home(addressKey));
  const who = {
    v: 1 as const,
    user,
    reply: incoming.reply ?? {},
    ...(incoming.name !== undefined && { name: incoming.name }),
  };
  const hint = {
    addressId: home.address,
    conversationId: home.conversation,
    channel,
    account,
    addressKey,
    sealed: await house.records.who.seal(home.address, home.address, who),
  };
  return { hint, reserved: known ? null : home };
}

function itemBody(incoming: Incoming, messageId: string): ItemBody {
  const { name, reply, remote, album, unsent } = incoming;
  return {
    v: 1,
    kind: 'message',
    messageId,
    input: personInput(incoming),
    ...(name !== undefined && { name }),
    ...(reply !== undefined && { reply }),
    ...(remote !== undefined && { remote }),
    ...(album !== undefined && { album }),
    ...(unsent !== undefined && { unsent }),
  };
}

function personInput(incoming: Incoming): PersonInput {
  const { text, choice, files, location, media, refused, language, begins } = incoming;
  return {
    kind: 'message',
    ...(text !== undefined && { text }),
    ...(choice !== undefined && { choice }),
    ...(files !== undefined && { files }),
    ...(location !== undefined && { location }),
    ...(media !== undefined && { media }),
    ...(refused !== undefined && { refused }),
    ...(language !== undefined && { language }),
    ...(begins && { begins }),
  };
}

function shortId(id: string): string {
  return id.length <= MOST_ID ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;
}
