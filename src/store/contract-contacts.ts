/** The contract of a store, fourth part: who is behind several addresses, one-time codes, drafts on their way, one-time upload links. */
import type { Accepted, NewItem, Sealed } from './contract-turns.js';

/** An address, or an entry of a desk register: what a contact is made of. */
export interface Member {
  kind: 'address' | 'entry';
  id: string;
}

export interface NewCode {
  id: string;
  /** Keyed hash of the digits. */
  codeKey: string;
  /** What the code was made for: whoever types it proves to have been shown it there. */
  member: Member;
  at: number;
  expiresAt: number;
}
export interface Code extends NewCode {
  usedAt: number | null;
  /** Address that typed it. */
  usedBy: string | null;
}

/** A member of a contact, from then until then. Ids and times only. */
export interface Link {
  contact: string;
  member: Member;
  from: number;
  until: number | null;
  /** The code that proved it. */
  code: string;
  /** `person`, a staff id, or `erased`; null while it stands. */
  endedBy: string | null;
}

export interface Redemption {
  /** Its own id: redeeming again under it changes nothing and says the same. It becomes the id of the transfer. */
  id: string;
  codeKey: string;
  /** The address that typed the code. */
  address: string;
  at: number;
  /** Id of the contact when neither side has one. */
  contact: string;
}
/** `own`: typed where it was made; it stays usable. `none`: unknown, used or expired. `transfer`: null for an entry, which has no draft. */
export type Redeemed =
  | { result: 'linked'; member: Member; contact: string; transfer: string | null }
  | { result: 'own' }
  | { result: 'none' };

/**
 * A draft on its way from one conversation to another. `asked`: the giver is to hand it over; `given`: it lies here, sealed as an item
 * of the taker's mailbox; `done`: it is in the taker's mailbox; `empty`: there was none; `ended`: the link was undone before it was given.
 */
export interface Transfer {
  id: string;
  from: string;
  to: string;
  at: number;
  state: 'asked' | 'given' | 'done' | 'empty' | 'ended';
  /** The run that moves, once it was given. */
  run: string | null;
  /** Only while `given`. */
  sealed: Sealed | null;
}
/** What a turn gives away; without a draft there was nothing to give. A transfer that is not `asked` any more refuses the turn. */
export interface Gift {
  transfer: string;
  draft: { run: string; sealed: Sealed } | null;
}

export interface Contacts {
  /** Makes the code the only one of its member that can be used. */
  addCode(code: NewCode): Promise<void>;
  /** A code that can be used at that time. */
  code(codeKey: string, now: number): Promise<Code | null>;
  /**
   * Uses the code, once, and links its member with the address: into the contact of either, of both (theirs become one), or a new one.
   * With an address as member a transfer is asked of its conversation. One transaction, over rows of contacts only.
   */
  redeem(redemption: Redemption): Promise<Redeemed>;
  /** The members of the contact that this one belongs to now, itself included, oldest first; empty when it is linked with nobody. */
  linked(member: string): Promise<Link[]>;
  /** All links that this member ever had, oldest first. */
  history(member: string): Promise<Link[]>;
  /**
   * Separates a member from the others; a contact of one is no contact. What was asked of it or for it and not yet given is not given any
   * more. Returns whom it was separated from; empty when it was linked with nobody.
   */
  separate(member: string, at: number, by: string): Promise<Member[]>;
  transfer(id: string): Promise<Transfer | null>;
  /** Transfers that wait for their next step, oldest first. */
  underWay(limit: number): Promise<Transfer[]>;
  /** The draft stands in the taker's mailbox; its sealed bytes go. Ignored unless it was `given`. */
  arrived(id: string): Promise<void>;
  /** Transfers by which a run moved, in order. */
  movesOf(run: string): Promise<Transfer[]>;
}

/** A link by which one person may send files for one question, once. */
export interface UploadTicket {
  /** Keyed hash of the token. */
  tokenKey: string;
  conversation: string;
  run: string;
  step: string;
  at: number;
  expiresAt: number;
  usedAt: number | null;
}
export interface Uploads {
  /** Ends every other ticket of the conversation. */
  add(ticket: Omit<UploadTicket, 'usedAt'>): Promise<void>;
  /** As it stands, used and expired ones too. */
  get(tokenKey: string): Promise<UploadTicket | null>;
  /** Uses the ticket and puts the item into the conversation's mailbox, both or neither; null when it can no longer be used. */
  use(tokenKey: string, now: number, item: NewItem): Promise<Accepted | null>;
}
