/** Linked addresses and the one-time codes that prove them. */
import type { Code, Contacts, Link, Member, Redeemed, Redemption } from '../contract.js';
import type { Access } from './access.js';
import type { Database, Row } from './database.js';
import { codes, links, withMember } from './rows.js';
import { askFor, callOff, transfers } from './transfers.js';

export function contacts(access: Access): Contacts {
  const { read, write } = access;
  return {
    ...transfers(access),
    addCode: ({ member, ...code }) =>
      write((database) => {
        database.run('DELETE FROM codes WHERE member = ? AND usedAt IS NULL', [member.id]);
        const row = { ...code, kind: member.kind, member: member.id };
        database.insert('codes', ['id', 'codeKey', 'kind', 'member', 'at', 'expiresAt'], row);
      }),
    code: (codeKey, now) => read((database) => usable(database, codeKey, now)),
    redeem: (redemption) => write((database) => redeem(database, redemption)),
    linked: (member) => read((database) => linked(database, member)),
    history: (member) =>
      read((database) => database.all(`${links.select} WHERE member = ? ORDER BY n`, [member]).map(asLink)),
    separate: (member, at, by) => write((database) => separate(database, member, at, by)),
  };
}

/** What an erased address leaves behind: ended links of ids and times, no code, nothing on its way. */
export function forgetMember(database: Database, member: string, at: number): void {
  separate(database, member, at, 'erased');
  database.run('DELETE FROM codes WHERE member = ?', [member]);
  database.run(
    `UPDATE transfers SET state = 'ended', sealed = NULL WHERE state IN ('asked', 'given')
     AND ("from" IN (SELECT id FROM conversations WHERE address = :member)
       OR "to" IN (SELECT id FROM conversations WHERE address = :member))`,
    { member },
  );
  database.run('DELETE FROM uploads WHERE conversation IN (SELECT id FROM conversations WHERE address = ?)', [member]);
}

function usable(database: Database, codeKey: string, now: number): Code | null {
  const row = database.get(`${codes.select} WHERE codeKey = ? AND usedAt IS NULL AND expiresAt > ?`, [codeKey, now]);
  return row ? asCode(row) : null;
}

function redeem(database: Database, redemption: Redemption): Redeemed {
  const { id, codeKey, address, at } = redemption;
  const done = database.get('SELECT kind, member, contact FROM codes WHERE redemption = ?', [id]);
  if (done) return linkedBy(id, asCode(done).member, String(done['contact']));
  const code = usable(database, codeKey, at);
  if (!code) return { result: 'none' };
  if (code.member.id === address) return { result: 'own' };
  const contact = join(database, code, redemption);
  const used = 'UPDATE codes SET usedAt = ?, usedBy = ?, redemption = ?, contact = ? WHERE id = ?';
  database.run(used, [at, address, id, contact, code.id]);
  if (code.member.kind === 'address') askFor(database, id, code.member.id, address, at);
  return linkedBy(id, code.member, contact);
}

function linkedBy(id: string, member: Member, contact: string): Redeemed {
  return { result: 'linked', member, contact, transfer: member.kind === 'address' ? id : null };
}

/** Both in one contact; when each had one, the members of the later go over to the earlier. */
function join(database: Database, code: Code, { address, at, contact: fresh }: Redemption): string {
  const theirs = contactOf(database, code.member.id);
  const ours = contactOf(database, address);
  const contact = theirs ?? ours ?? fresh;
  for (const { member } of ours !== null && ours !== contact ? members(database, ours) : []) {
    end(database, member.id, at, 'person');
    add(database, contact, member, at, code.id);
  }
  if (theirs === null) add(database, contact, code.member, at, code.id);
  if (ours === null) add(database, contact, { kind: 'address', id: address }, at, code.id);
  return contact;
}

function add(database: Database, contact: string, member: Member, at: number, code: string): void {
  const row = { contact, kind: member.kind, member: member.id, from: at, code };
  database.insert('links', ['contact', 'kind', 'member', 'from', 'code'], row);
}

function separate(database: Database, member: string, at: number, by: string): Member[] {
  const contact = contactOf(database, member);
  if (contact === null) return [];
  const others = members(database, contact).filter((link) => link.member.id !== member);
  end(database, member, at, by);
  const [last] = others;
  if (last && others.length === 1) end(database, last.member.id, at, by);
  for (const other of others) callOff(database, member, other.member.id);
  return others.map((link) => link.member);
}

function end(database: Database, member: string, at: number, by: string): void {
  database.run('UPDATE links SET until = ?, endedBy = ? WHERE member = ? AND until IS NULL', [at, by, member]);
}

function linked(database: Database, member: string): Link[] {
  const contact = contactOf(database, member);
  return contact === null ? [] : members(database, contact);
}

function contactOf(database: Database, member: string): string | null {
  const row = database.get('SELECT contact FROM links WHERE member = ? AND until IS NULL', [member]);
  return row ? String(row['contact']) : null;
}

function members(database: Database, contact: string): Link[] {
  return database.all(`${links.select} WHERE contact = ? AND until IS NULL ORDER BY n`, [contact]).map(asLink);
}

function asLink(row: Row): Link {
  return withMember(links.as(row));
}

function asCode(row: Row): Code {
  return withMember(codes.as(row));
}
