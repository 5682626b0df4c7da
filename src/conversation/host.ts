// What a channel needs of the house.
import type { ChannelHost, ShownMessage } from '../../channels/channel.js';
import type { FileRef } from '../engine/types.js';
import type { Message } from '../store/contract.js';
import { addressKeyOf } from './accept.js';
import { tellTrouble } from './channel-trouble.js';
import type { Door } from './door.js';
import type { House } from './house.js';
import type { MessageBody } from './records.js';
import { shareWords, sharedWords } from './shared-words.js';

/** The host of one channel; its name is the prefix of its keys and counters. */
export function createHost(house: House, door: Door, channel: string): ChannelHost {
  return {
    accept: (incoming, order) =>
      house.traces.span('accept', { facts: { 'sila.channel': channel } }, async (tell) => {
        const taken = await door.message(channel, incoming, order);
        tell({ 'sila.item': taken.item });
        return taken;
      }),
    status: (report) => door.status(report),
    unreadable: (what) => door.unreadable(channel, what),
    transcript: (account, user, afterSeq, limit) => transcript(house, account, user, afterSeq, limit),
    onMessages: (account, user, listener) => onMessages(house, account, user, listener),
    keepFile: (account, user, name, bytes) => keepFile(house, account, user, name, bytes),
    readFile: (account, user, id) => readFile(house, account, user, id),
    within: (what, key, most, windowMs) => door.within(house.vault.hash('within', channel, what, key), most, windowMs),
    holdReceiver: (name, forMs) => {
      const now = house.now();
      return house.store.leases.hold(receiver(channel, name), house.owner, now, now + forMs);
    },
    releaseReceiver: (name) => house.store.leases.release(receiver(channel, name), house.owner),
    share: (words, forMs) => shareWords(house, channel, words, forMs),
    shared: () => sharedWords(house, channel),
    trouble: () => tellTrouble(house, channel),
    secret: (label) => house.vault.derive(`channel ${channel} ${label}`),
    say: (key, language, values) => house.texts.say(key, language, values),
    now: house.now,
    log: (event, facts) => house.log(event, facts),
  };
}

function receiver(channel: string, name: string): string {
  return `receiver:${channel}:${name}`;
}

async function transcript(
  house: House,
  account: string,
  user: string,
  after: number,
  limit: number,
): Promise<ShownMessage[]> {
  const home = await house.store.addresses.conversationOf(account, addressKeyOf(house, account, user));
  if (!home) return [];
  const rows = await house.store.messages.list(home.conversation, after, limit);
  return Promise.all(
    rows
      .filter(({ sealed }) => sealed.length > 0)
      .map(async (row) => shown(row, await house.records.message.open(home.address, row.id, row.sealed))),
  );
}

function shown(row: Message, body: MessageBody): ShownMessage {
  return {
    id: row.id,
    seq: row.seq,
    from: row.author === 'system' ? 'bot' : row.author,
    at: row.at,
    text: body.text !== '' ? body.text : (body.chosen ?? ''),
    options: body.options ?? [],
    files: body.files ?? [],
    ...(body.expects && { expects: body.expects }),
    ...(body.choice !== undefined && { choice: body.choice }),
    ...(body.clientId !== undefined && { clientId: body.clientId }),
    ...(row.author === 'staff' && body.name !== undefined && { name: body.name }),
  };
}

/** A person who has not written yet is waited for under the key of the address that will be theirs. */
function onMessages(house: House, account: string, user: string, listener: () => void): () => void {
  const key = addressKeyOf(house, account, user);
  let listening = true;
  let known: (() => void) | undefined;
  const follow = async () => {
    const home = await house.store.addresses.conversationOf(account, key);
    if (!home || !listening || known) return;
    known = house.hints.on('conversation', home.conversation, listener);
    listener();
  };
  const follows = () => void follow().catch(() => house.log('hint.lost'));
  const arrived = house.hints.on('arrived', key, follows);
  follows();
  return () => {
    listening = false;
    arrived();
    known?.();
  };
}

async function keepFile(house: House, account: string, user: string, name: string, bytes: Buffer) {
  const key = addressKeyOf(house, account, user);
  const home = await house.store.addresses.conversationOf(account, key);
  return house.files.keep((home ?? (await house.reserved.home(key))).address, name, bytes);
}

/** Another person's file and no file are one answer. */
async function readFile(
  house: House,
  account: string,
  user: string,
  id: string,
): Promise<{ ref: FileRef; bytes: Buffer } | null> {
  const home = await house.store.addresses.conversationOf(account, addressKeyOf(house, account, user));
  const row = home && (await house.store.files.get(id));
  return row?.owner === home?.address && row ? house.files.read(id) : null;
}
