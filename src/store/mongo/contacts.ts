/** Linked addresses and the one-time codes that prove them. */
import type { Code, Contacts, Link, Member, NewCode, Redeemed, Redemption } from '../contract.js';
import type { Access, Tables } from './access.js';
import { Lanes } from './lanes.js';
import { again, lock } from './lock.js';
import { is } from './table.js';
import { askFor, callOff, endAll, transfers } from './transfers.js';

/** Who is linked with whom is read before it is written: one change of it at a time. They are rare. */
const LINKS = 'links';

export function contacts(access: Access): Contacts {
  const { alone } = access;
  const changing = oneAtATime(access);
  return {
    ...transfers(access),
    addCode: (code) => changing((tables) => addCode(tables, code), again),
    code: (codeKey, now) => alone((tables) => usable(tables, codeKey, now)),
    redeem: async (redemption) => {
      const { id, codeKey, at } = redemption;
      // A guess costs a look, not a lock.
      const known = await alone(async (tables) => (await redeemed(tables, id)) ?? usable(tables, codeKey, at));
      if (!known) return { result: 'none' };
      return changing(
        (tables) => redeem(tables, redemption),
        (tables) => redeemed(tables, id),
      );
    },
    linked: (member) => alone((tables) => linked(tables, member)),
    history: (member) => alone(async (tables) => (await tables.links.all({ member }, { n: 1 })).map(asLink)),
    separate: (member, at, by) =>
      changing(
        (tables) => separate(tables, member, at, by),
        (tables) => separated(tables, member, at, by),
      ),
  };
}

/** In this process one after the other; those of other processes meet at the lock. */
function oneAtATime({ together }: Access): Access['together'] {
  const lanes = new Lanes();
  return (work, found) =>
    lanes.run(LINKS, () =>
      together(async (tables) => {
        await lock(tables, LINKS);
        return work(tables);
      }, found),
    );
}

/** What an erased address leaves behind: ended links of ids and times, no code, nothing on its way. To come first in its transaction. */
export async function forgetMember(tables: Tables, member: string, at: number): Promise<void> {
  await lock(tables, LINKS);
  await separate(tables, member, at, 'erased');
  await tables.codes.remove({ member });
  await endAll(tables, member);
  const homes = await tables.conversations.all({ address: member }, { id: 1 });
  await tables.uploads.remove({ conversation: is({ $in: homes.map(({ id }) => id) }) });
}

async function addCode(tables: Tables, { member, ...code }: NewCode): Promise<void> {
  await tables.codes.remove({ member: member.id, usedAt: null });
  await tables.codes.add({ ...code, kind: member.kind, member: member.id });
}

async function usable(tables: Tables, codeKey: string, now: number): Promise<Code | null> {
  const row = await tables.codes.one({ codeKey, usedAt: null, expiresAt: is({ $gt: now }) });
  return row && asCode(row);
}

async function redeem(tables: Tables, redemption: Redemption): Promise<Redeemed> {
  const { id, codeKey, address, at } = redemption;
  const done = await redeemed(tables, id);
  if (done) return done;
  const code = await usable(tables, codeKey, at);
  if (!code) return { result: 'none' };
  if (code.member.id === address) return { result: 'own' };
  const contact = await join(tables, code, redemption);
  await tables.codes.change({ id: code.id }, { $set: { usedAt: at, usedBy: address, redemption: id, contact } });
  if (code.member.kind === 'address') await askFor(tables, redemption, code.member.id, address);
  return linkedBy(id, code.member, contact);
}

/** What a redemption gave before. */
async function redeemed(tables: Tables, id: string): Promise<Redeemed | null> {
  const done = await tables.codes.one({ redemption: id });
  return done && linkedBy(id, asCode(done).member, done.contact ?? '');
}

function linkedBy(id: string, member: Member, contact: string): Redeemed {
  return { result: 'linked', member, contact, transfer: member.kind === 'address' ? id : null };
}

/** Both in one contact; when each had one, the members of the later go over to the earlier. */
async function join(tables: Tables, code: Code, { address, at, contact: fresh }: Redemption): Promise<string> {
  const theirs = await contactOf(tables, code.member.id);
  const ours = await contactOf(tables, address);
  const contact = theirs ?? ours ?? fresh;
  for (const { member } of ours !== null && ours !== contact ? await members(tables, ours) : []) {
    await end(tables, member.id, at, 'person');
    await add(tables, contact, member, at, code.id);
  }
  if (theirs === null) await add(tables, contact, code.member, at, code.id);
  if (ours === null) await add(tables, contact, { kind: 'address', id: address }, at, code.id);
  return contact;
}

async function add(tables: Tables, contact: string, { kind, id }: Member, at: number, code: string): Promise<void> {
  await tables.links.add({ n: await tables.next(), contact, kind, member: id, from: at, code });
}

async function separate(tables: Tables, member: string, at: number, by: string): Promise<Member[]> {
  const contact = await contactOf(tables, member);
  if (contact === null) return [];
  const others = (await members(tables, contact)).filter((link) => link.member.id !== member);
  await end(tables, member, at, by);
  const [last] = others;
  if (last && others.length === 1) await end(tables, last.member.id, at, by);
  for (const other of others) await callOff(tables, member, other.member.id);
  return others.map((link) => link.member);
}

/** Whom a member was separated from then, as far as it was; null when it was not. */
async function separated(tables: Tables, member: string, at: number, by: string): Promise<Member[] | null> {
  const ended = await tables.links.one({ member, until: at, endedBy: by }, { n: -1 });
  if (!ended) return null;
  const then = { contact: ended.contact, $or: [{ until: null }, { until: at, endedBy: by }] };
  const all = (await tables.links.all(then, { n: 1 })).map(asLink);
  return all.map((link) => link.member).filter(({ id }) => id !== member);
}

async function end(tables: Tables, member: string, at: number, by: string): Promise<void> {
  await tables.links.change({ member, until: null }, { $set: { until: at, endedBy: by } });
}

async function linked(tables: Tables, member: string): Promise<Link[]> {
  const contact = await contactOf(tables, member);
  return contact === null ? [] : members(tables, contact);
}

async function contactOf(tables: Tables, member: string): Promise<string | null> {
  return (await tables.links.one({ member, until: null }))?.contact ?? null;
}

async function members(tables: Tables, contact: string): Promise<Link[]> {
  return (await tables.links.all({ contact, until: null }, { n: 1 })).map(asLink);
}

interface LinkRow extends Omit<Link, 'member'> {
  n: number;
  kind: Member['kind'];
  member: string;
}

function asLink({ n: _n, kind, member, ...row }: LinkRow): Link {
  return { ...row, member: { kind, id: member } };
}

interface CodeRow extends Omit<Code, 'member'> {
  kind: Member['kind'];
  member: string;
  redemption: string | null;
  contact: string | null;
}

function asCode({ kind, member, redemption: _redemption, contact: _contact, ...row }: CodeRow): Code {
  return { ...row, member: { kind, id: member } };
}
