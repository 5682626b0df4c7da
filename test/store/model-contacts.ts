// Contacts, transfers and upload links of the reference model.
import { StoreError } from '../../src/store/contract.js';
import type {
  Accepted,
  Code,
  Gift,
  Link,
  Member,
  NewItem,
  Redeemed,
  Redemption,
  Store,
  Transfer,
  UploadTicket,
} from '../../src/store/contract.js';

const DAY = 24 * 60 * 60 * 1000;

type Answer = <A extends unknown[], R>(work: (...args: A) => R) => (...args: A) => Promise<R>;

/** What the model's other parts know. */
export interface Around {
  homeOf(address: string): string | null;
  has(conversation: string): boolean;
  put(conversation: string, item: NewItem): Accepted;
}

export interface ContactsModel {
  contacts: Store['contacts'];
  uploads: Store['uploads'];
  isAsked(transfer: string): boolean;
  give(gift: Gift): void;
  forget(address: string, at: number): void;
  tidy(now: number): void;
}

export function contactsPart(answer: Answer, around: Around): ContactsModel {
  const codes: (Code & { redemption?: string; contact?: string })[] = [];
  const links: Link[] = [];
  const transfers: Transfer[] = [];
  const tickets: UploadTicket[] = [];
  const live = (member: string) => links.find((link) => link.member.id === member && link.until === null);
  const linked = (member: string) => {
    const contact = live(member)?.contact;
    return links.filter((link) => link.contact === contact && link.until === null);
  };
  const usable = (key: string, now: number) =>
    codes.find((code) => code.codeKey === key && code.usedAt === null && code.expiresAt > now);
  const add = (contact: string, member: Member, from: number, code: string) =>
    links.push({ contact, member, from, until: null, code, endedBy: null });
  const end = (member: string, until: number, endedBy: string) => {
    const link = live(member);
    if (link) Object.assign(link, { until, endedBy });
  };
  const result = (id: string, member: Member, contact: string): Redeemed => ({
    ...{ result: 'linked', member, contact },
    transfer: member.kind === 'address' ? id : null,
  });

  const join = (code: Code, { address, at, contact: fresh }: Redemption): string => {
    const [theirs, ours] = [live(code.member.id)?.contact, live(address)?.contact];
    const contact = theirs ?? ours ?? fresh;
    for (const { member } of ours !== undefined && ours !== contact ? linked(address) : []) {
      end(member.id, at, 'person');
      add(contact, member, at, code.id);
    }
    if (theirs === undefined) add(contact, code.member, at, code.id);
    if (ours === undefined) add(contact, { kind: 'address', id: address }, at, code.id);
    return contact;
  };

  const redeem = (redemption: Redemption): Redeemed => {
    const { id, codeKey, address, at } = redemption;
    const done = codes.find((code) => code.redemption === id);
    if (done) return result(id, done.member, done.contact ?? '');
    const code = usable(codeKey, at);
    if (!code) return { result: 'none' };
    if (code.member.id === address) return { result: 'own' };
    const contact = join(code, redemption);
    Object.assign(code, { usedAt: at, usedBy: address, redemption: id, contact });
    const [from, to] = [around.homeOf(code.member.id), around.homeOf(address)];
    if (code.member.kind === 'address' && from !== null && to !== null)
      transfers.push({ id, from, to, at, state: 'asked', run: null, sealed: null });
    return result(id, code.member, contact);
  };

  const separate = (member: string, at: number, by: string): Member[] => {
    const others = linked(member).filter((link) => link.member.id !== member);
    end(member, at, by);
    if (others.length === 1) end(others[0]!.member.id, at, by);
    const homes = new Set(others.map((link) => around.homeOf(link.member.id)));
    const own = around.homeOf(member);
    for (const transfer of transfers) {
      const between =
        (transfer.from === own && homes.has(transfer.to)) || (transfer.to === own && homes.has(transfer.from));
      if (transfer.state === 'asked' && between) transfer.state = 'ended';
    }
    return others.map((link) => link.member);
  };

  return {
    contacts: {
      addCode: answer((code) => {
        const replaced = (one: Code) => one.member.id === code.member.id && one.usedAt === null;
        if (codes.some((one) => !replaced(one) && (one.id === code.id || one.codeKey === code.codeKey)))
          throw new StoreError('failed', 'this code is there');
        remove(codes, replaced);
        codes.push({ ...code, usedAt: null, usedBy: null });
      }),
      code: answer((key, now) => {
        const { redemption: _redemption, contact: _contact, ...code } = usable(key, now) ?? {};
        return 'id' in code ? code : null;
      }),
      redeem: answer(redeem),
      linked: answer(linked),
      history: answer((member) => links.filter((link) => link.member.id === member)),
      separate: answer(separate),
      transfer: answer((id) => transfers.find((one) => one.id === id) ?? null),
      underWay: answer((limit) =>
        transfers.filter(({ state }) => state === 'asked' || state === 'given').slice(0, limit),
      ),
      arrived: answer((id) => {
        const found = transfers.find((one) => one.id === id && one.state === 'given');
        if (found) Object.assign(found, { state: 'done', sealed: null });
      }),
      movesOf: answer((run) => transfers.filter((one) => one.run === run)),
    },
    uploads: {
      add: answer((ticket) => {
        const replaced = (one: UploadTicket) => one.conversation === ticket.conversation && one.usedAt === null;
        if (
          !around.has(ticket.conversation) ||
          tickets.some((one) => !replaced(one) && one.tokenKey === ticket.tokenKey)
        )
          throw new StoreError('failed', 'no such conversation, or this ticket is there');
        remove(tickets, replaced);
        tickets.push({ ...ticket, usedAt: null });
      }),
      get: answer((key) => tickets.find(({ tokenKey }) => tokenKey === key) ?? null),
      use: answer((key, now, item) => {
        const ticket = tickets.find((one) => one.tokenKey === key && one.usedAt === null && one.expiresAt > now);
        if (!ticket) return null;
        ticket.usedAt = now;
        return around.put(ticket.conversation, item);
      }),
    },
    isAsked: (id) => transfers.some((one) => one.id === id && one.state === 'asked'),
    give: ({ transfer, draft }) => {
      const found = transfers.find(({ id }) => id === transfer);
      const given = { run: draft?.run ?? null, sealed: draft?.sealed ?? null };
      if (found) Object.assign(found, { state: draft ? 'given' : 'empty', ...given });
    },
    forget: (address, at) => {
      separate(address, at, 'erased');
      remove(codes, (code) => code.member.id === address);
      const home = around.homeOf(address);
      for (const transfer of transfers) {
        const open = transfer.state === 'asked' || transfer.state === 'given';
        if (open && (transfer.from === home || transfer.to === home))
          Object.assign(transfer, { state: 'ended', sealed: null });
      }
      remove(tickets, ({ conversation }) => conversation === home);
    },
    tidy: (now) => {
      remove(codes, ({ usedAt, expiresAt }) => usedAt === null && expiresAt <= now);
      remove(tickets, ({ expiresAt }) => expiresAt <= now - DAY);
    },
  };
}

function remove<T>(list: T[], which: (one: T) => boolean): void {
  for (let at = list.length - 1; at >= 0; at--) if (which(list[at] as T)) list.splice(at, 1);
}
