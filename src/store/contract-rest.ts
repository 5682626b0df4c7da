/** The contract of a store, third part: files, keys, staff, ratings, notices, flow sets, counters and leases. */
import type { NewNotice, Notice, Sealed } from './contract-turns.js';

export interface FileRow {
  id: string;
  /** Address that sent it (or `staff`). */
  owner: string;
  bytes: number;
  mime: string;
  /** Keyed digest of the content. */
  digestKey: string;
  at: number;
  /** Name and file key, sealed under the owner's key. */
  sealed: Sealed;
  /** The same, sealed under the case's key, once a case holds it. */
  caseNumber: string | null;
  caseSealed: Sealed | null;
}
export interface Files {
  add(row: FileRow): Promise<void>;
  get(id: string): Promise<FileRow | null>;
  attach(id: string, caseNumber: string, caseSealed: Sealed): Promise<void>;
  ofOwner(owner: string): Promise<FileRow[]>;
  /** Those that the case holds, whoever sent them. */
  ofCase(caseNumber: string): Promise<FileRow[]>;
  remove(id: string): Promise<void>;
  ids(): Promise<string[]>;
}

/** What keeps a person's data from being erased for now: a duty to keep them. */
export interface Retention {
  address: string;
  /** Staff id. */
  by: string;
  at: number;
  /** The reason, under the address's key. */
  sealed: Sealed;
}
export interface Retentions {
  /** One for an address; a later one takes its place. */
  put(retention: Retention): Promise<void>;
  get(address: string): Promise<Retention | null>;
  lift(address: string): Promise<void>;
}

/** Wrapped data keys, in a table (embedded: a file) of their own. */
export interface Keys {
  /** Keeps the first: returns the key that stands after the call. A destroyed subject gets no new one: `StoreError('not_found')`. */
  putIfAbsent(subject: string, wrapped: Uint8Array): Promise<Uint8Array>;
  get(subject: string): Promise<Uint8Array | null>;
  /** Destroys the key beyond recovery and remembers the erasure for `restore`. */
  destroy(subject: string, at: number): Promise<void>;
  destroyed(): Promise<{ subject: string; at: number }[]>;
  /** Subjects that have a key, in order, after the one given (null: from the first): how a change of the encryption key walks them. */
  subjects(after: string | null, limit: number): Promise<string[]>;
  /** Puts a new wrapping in place of the one given; false when that is not what stands there any more. */
  replace(subject: string, from: Uint8Array, to: Uint8Array): Promise<boolean>;
}

export interface StaffRow {
  id: string;
  login: string;
  name: string;
  role: 'reception' | 'researcher' | 'administrator';
  /** Self-describing scrypt hash. */
  password: string;
  disabledAt: number | null;
  createdAt: number;
}
export interface StaffSession {
  /** SHA-256 of the cookie's token. */
  tokenHash: string;
  staff: string;
  csrf: string;
  startedAt: number;
  expiresAt: number;
}
export interface AuditEntry {
  at: number;
  staff: string;
  act: string;
  subject: string;
  /** Chain: hash of the entry before and this one. */
  hash: string;
}
/** A member of staff is known on a channel: what they tap there counts as theirs. */
export interface StaffLink {
  /** Keyed hash of the channel and the provider's id of that person. */
  key: string;
  staff: string;
  channel: string;
  at: number;
}
export interface StaffStore {
  add(row: StaffRow): Promise<boolean>;
  byLogin(login: string): Promise<StaffRow | null>;
  byId(id: string): Promise<StaffRow | null>;
  all(): Promise<StaffRow[]>;
  setPassword(id: string, password: string): Promise<void>;
  /** Null: enabled again. */
  setDisabled(id: string, at: number | null): Promise<void>;
  /** Replaces the one with the same token hash: so a session is prolonged. */
  addSession(session: StaffSession): Promise<void>;
  session(tokenHash: string, now: number): Promise<StaffSession | null>;
  endSession(tokenHash: string): Promise<void>;
  /** Ends every session of one member of staff. */
  endSessionsOf(staff: string): Promise<void>;
  /** Appends with the chain hash computed inside, in order. */
  audit(entry: Omit<AuditEntry, 'hash'>): Promise<void>;
  auditTrail(query: { subject?: string; limit: number }): Promise<AuditEntry[]>;
  /** Index of the first broken link, or -1. */
  verifyAudit(): Promise<number>;
  /** One member of staff per key: a newer link takes the older one's place. */
  link(link: StaffLink): Promise<void>;
  linked(key: string): Promise<StaffLink | null>;
  /** Oldest first. */
  linksOf(staff: string): Promise<StaffLink[]>;
  unlink(staff: string, channel: string): Promise<void>;
}

export interface Ratings {
  summary(): Promise<{ service: string; channel: string; month: string; count: number; sum: number }[]>;
}

export interface Notices {
  list(query: { unseen?: boolean; limit: number }): Promise<Notice[]>;
  add(notice: NewNotice): Promise<boolean>;
  seen(id: string, at: number): Promise<void>;
  /** Unseen notices of these kinds, at `since` or later, that a way out has still to tell and whose time has come; oldest first. */
  untold(
    way: string,
    query: { kinds: readonly NewNotice['kind'][]; since: number; now: number; limit: number },
  ): Promise<(Notice & { tries: number })[]>;
  /** Counts a try of a way out. `again`: when to try once more; null: it is told, or given up. */
  told(id: string, way: string, again: number | null): Promise<void>;
}

export interface FlowSets {
  put(hash: string, body: string, at: number): Promise<void>;
  get(hash: string): Promise<string | null>;
  /** Makes it the set that runs stand in, after all that were published before. */
  setCurrent(hash: string): Promise<void>;
  current(): Promise<string | null>;
  /** Every set that was made current, in that order; the last is the current one. One that came back stands there twice. */
  line(): Promise<string[]>;
  /** How many live sessions stand in each (set, flow, step). */
  standing(): Promise<{ flowSet: string; flow: string; step: string; count: number }[]>;
}

export interface Counters {
  /** Adds one to a counter that ends `windowMs` after its first hit; returns the count. Keys are keyed hashes. */
  hit(key: string, windowMs: number, now: number): Promise<number>;
  peek(key: string, now: number): Promise<number>;
}

export interface Leases {
  /** True when `owner` holds it now (taken, renewed, or the former holder's time is over). */
  hold(name: string, owner: string, now: number, until: number): Promise<boolean>;
  /** Who holds it now. */
  holder(name: string, now: number): Promise<string | null>;
  release(name: string, owner: string): Promise<void>;
}
