// What flows ask about linked channels: a code for another channel, what a code is good for, linking and separating.
import type { Channel } from '../../channels/channel.js';
import { CODE, groupCode } from '../contacts/contacts.js';
import { maskName } from '../engine/text/mask.js';
import type { Found, Language, LookUpKind, Need } from '../engine/types.js';
import type { Conversation, Member } from '../store/contract.js';
import { DESK } from './desk-channel.js';
import { ring, type House } from './house.js';

/** Who asks, in which language, and the item whose turn it is: what is asked again within a turn acts once. */
export interface Asker {
  row: Conversation;
  language: Language;
  turn: string;
}

export type LinkKind = Extract<LookUpKind, 'link_code' | 'link_check' | 'link_use' | 'linked' | 'link_end'>;

/** The answer to one of these needs; every proof, use and end of a link is audited. */
export async function answerLink(house: House, asker: Asker, what: LinkKind, asked: Need['with']): Promise<Found> {
  switch (what) {
    case 'link_code':
      return makeCode(house, asker);
    case 'link_check':
      return checkCode(house, asker, asked.code ?? '');
    case 'link_use':
      return useCode(house, asker, asked.code ?? '');
    case 'linked':
      return linked(house, asker);
    case 'link_end':
      return endLinks(house, asker);
  }
}

async function makeCode(house: House, { row, language }: Asker): Promise<Found> {
  const issued = await house.contacts.issue({ kind: 'address', id: row.address });
  if (!issued) return { outcome: 'none' };
  const minutes = String(CODE.validMs.address / 60_000);
  const places = await elsewhere(house, row.channel, language, issued.code);
  return { outcome: 'ready', values: { code: groupCode(issued.code), minutes, places } };
}

async function checkCode(house: House, { row, language }: Asker, code: string): Promise<Found> {
  const checked = await house.contacts.check(code, row.address);
  if (checked.outcome === 'none' && checked.limit) await tellOfGuessing(house);
  await audit(house, row, checked.outcome === 'found' ? 'code.found' : 'code.failed', row.id);
  if (checked.outcome !== 'found') return { outcome: checked.outcome };
  const draft = await draftOf(house, checked.member, language);
  const more =
    draft === null
      ? house.texts.say('engine.link.more', language)
      : house.texts.say('engine.link.more_draft', language, { draft: draft.title });
  return { outcome: 'found', values: { place: await placeOf(house, checked.member, language), more } };
}

/** So many wrong codes from everywhere are no mistyping: staff hear of it, once for each time that the bound is reached. */
async function tellOfGuessing(house: House): Promise<void> {
  const at = house.now();
  const id = `codes_guessed.${at}`;
  house.log('codes.guessed');
  const notice = { id, kind: 'codes_guessed' as const, conversation: null, caseNumber: null, at };
  if (await house.store.notices.add(notice)) house.hints.give('notice', id);
}

async function useCode(house: House, { row, language, turn }: Asker, code: string): Promise<Found> {
  const used = await house.contacts.redeem(code, row.address, turn);
  if (used.result !== 'linked') return { outcome: 'none' };
  await audit(house, row, 'link.made', used.member.id);
  if (used.transfer !== null) await ring(house, 'transfer', used.transfer);
  const draft = await draftOf(house, used.member, language);
  const place = await placeOf(house, used.member, language);
  return { outcome: draft === null ? 'linked' : 'moving', values: { place } };
}

async function linked(house: House, { row, language }: Asker): Promise<Found> {
  const others = await house.contacts.others(row.address);
  if (others.length === 0) return { outcome: 'none' };
  const places = await Promise.all(others.map(({ member }) => placeOf(house, member, language)));
  return { outcome: 'found', values: { places: lines(places) } };
}

/** The others are told first: a crash in between tells them once and separates when the turn is played again. */
async function endLinks(house: House, { row, turn }: Asker): Promise<Found> {
  const others = (await house.contacts.others(row.address)).map(({ member }) => member);
  if (others.length === 0) return { outcome: 'none' };
  await tellSeparated(house, row.channel, others, turn);
  await house.contacts.separate(row.address, 'person');
  for (const { id } of others) await audit(house, row, 'link.ended', id);
  return { outcome: 'ended' };
}

/** Every one of them hears that the channel is no longer linked with theirs, once per `cause`. */
export async function tellSeparated(
  house: House,
  channel: string,
  others: readonly Member[],
  cause: string,
): Promise<void> {
  for (const { id: address } of others) {
    const conversation = await house.store.addresses.homeOf(address);
    if (conversation === null) continue;
    const id = `separated.${cause}.${address}`;
    const input = { kind: 'system' as const, event: 'separated' as const, channel };
    const sealed = await house.records.item.seal('', id, { v: 1, kind: 'within', input });
    await house.store.turns.put(conversation, { id, kind: 'system', dedupeKey: id, sealed, at: house.now() });
    await ring(house, 'conversation', conversation);
  }
}

/** The channel, and the name there by its first letters: enough to recognise one's own, too little for a stranger. */
export async function placeOf(house: House, { kind, id }: Member, language: Language): Promise<string> {
  if (kind === 'entry') return house.texts.say('engine.link.entry', language);
  const address = await house.store.addresses.get(id);
  if (!address) return house.texts.say('engine.channel.other', language);
  const channel = channelName(house, address.channel, language);
  const { name } = await house.records.who.open(id, id, address.sealed);
  return name === undefined
    ? channel
    : house.texts.say('engine.link.place', language, { channel, name: maskName(name) });
}

/** What is unfinished behind a member, by the title of its flow. */
async function draftOf(house: House, { kind, id }: Member, language: Language): Promise<{ title: string } | null> {
  const home = kind === 'address' ? await house.store.addresses.homeOf(id) : null;
  const row = home === null ? null : await house.store.turns.conversation(home);
  const record = row && (await house.records.sessionOf(row));
  if (!record) return null;
  const { prepared } = await house.flows.of(record.session);
  const stacks = [...(record.session.parked ?? []), record.session.stack];
  const flows = stacks.flatMap(([bottom]) => prepared.set.flows[bottom?.flow ?? ''] ?? []);
  const flow = flows.findLast(({ ends }) => Object.values(ends).some(({ park }) => park));
  return flow ? { title: house.texts.render(flow.title, language) } : null;
}

/** The other channels that are on, with where to find us there. */
export async function elsewhere(house: House, here: string, language: Language, code?: string): Promise<string> {
  const on = await Promise.all([...house.channels.values()].map(async (one) => ((await isOpen(one)) ? [one] : [])));
  const all = on.flat().filter(({ name }) => name !== DESK);
  const others = all.filter(({ name }) => name !== here);
  // Where there is one channel only, another browser is the other place.
  const places = (others.length > 0 ? others : all).map(async (channel) => {
    const at = await channel.reach?.(code);
    return [channelName(house, channel.name, language), ...(at === undefined || at === null ? [] : [at])].join(': ');
  });
  return lines(await Promise.all(places));
}

/** Where somebody must open a session first, nobody is sent meanwhile. */
async function isOpen({ session }: Channel): Promise<boolean> {
  return !session || (await session.state())?.state === 'on';
}

function channelName(house: House, channel: string, language: Language): string {
  const key = `engine.channel.${channel}`;
  const name = house.texts.say(key, language);
  return name === key ? house.texts.say('engine.channel.other', language) : name;
}

function lines(places: readonly string[]): string {
  return places.map((place) => `• ${place}`).join('\n');
}

async function audit(house: House, { address }: Conversation, act: string, subject: string): Promise<void> {
  await house.store.staff.audit({ at: house.now(), staff: `address:${address}`, act, subject });
}
