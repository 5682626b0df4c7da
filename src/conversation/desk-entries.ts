// Entries of the registers as they are stored: opened, changed from what stands there now, found again.
import { queryKeys, searchKeys } from '../privacy/search-keys.js';
import type { EntryChange, RegisterEntry } from '../store/contract.js';
import { DeskError } from './desk-types.js';
import type { House } from './house.js';
import type { EntryBody } from './records.js';
import type { EntryLine } from './register-types.js';
import { searchTools } from './search-facts.js';

/** Somebody else wrote in between: look again and change anew, this often. */
const MOST_TRIES = 5;

export interface OpenEntry {
  row: RegisterEntry;
  body: EntryBody;
}

/** Rejects with DeskError `not_found` for unknown and erased ones. */
export async function openEntry(house: House, id: string): Promise<OpenEntry> {
  const row = await house.store.registers.get(id);
  if (!row || row.state === 'erased') throw new DeskError('not_found');
  return { row, body: await house.records.entry.open(row.id, row.id, row.sealed) };
}

/** What an entry becomes; null: it stays as it is. */
export type Changed = Omit<EntryChange, 'sealed' | 'changedAt'> & { body: EntryBody };

/** Changes an entry as it stands; whoever was faster is taken into account. */
export async function changeEntry(
  house: House,
  id: string,
  change: (entry: OpenEntry) => Changed | null,
): Promise<OpenEntry> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const entry = await openEntry(house, id);
    const changed = change(entry);
    if (!changed) return entry;
    const { body, ...columns } = changed;
    const sealed = await house.records.entry.seal(id, id, body);
    const next = { ...columns, sealed, changedAt: house.now() };
    if (await house.store.registers.change(id, entry.row.version, next)) {
      house.hints.give('entry', id);
      return openEntry(house, id);
    }
  }
  throw new DeskError('conflict');
}

/** What an entry is found by: its people, its subject, its phone, its case, and what a request says besides. */
export function entryIndex(
  house: House,
  { name, phone, subject }: Pick<EntryBody, 'name' | 'phone' | 'subject'>,
  more: { names?: readonly string[]; phones?: readonly string[]; ids?: readonly string[]; caseNumber?: string } = {},
): string[] {
  const facts = {
    names: [name, subject, ...(more.names ?? [])],
    phones: [phone, ...(more.phones ?? [])],
    ids: more.ids ?? [],
    ...(more.caseNumber !== undefined && { caseNumber: more.caseNumber }),
  };
  return searchKeys(facts, searchTools(house));
}

/** Newest first, each once. */
export async function findEntries(house: House, search: string): Promise<RegisterEntry[]> {
  const sets = queryKeys(search, searchTools(house));
  const found = await Promise.all(sets.map((keys) => house.store.registers.find(keys, 200)));
  const unique = new Map(found.flat().map((row) => [row.id, row]));
  return [...unique.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
}

export async function entryLine(house: House, row: RegisterEntry): Promise<EntryLine> {
  const { id, register, year, number, state, dueAt, at, changedAt, by, caseNumber, version } = row;
  const erased = state === 'erased';
  const { name, subject } = erased
    ? { name: '', subject: '' }
    : await house.records.entry.open(row.id, row.id, row.sealed);
  return { id, register, year, number, state, dueAt, at, changedAt, by, caseNumber, version, name, subject };
}

/** `register_year: gregorian` among the charity's facts; else the years of the registers are Hijri. */
export function calendarOf({ charity }: Pick<House, 'charity'>): 'hijri' | 'gregorian' {
  return Object.values(charity.facts['register_year'] ?? {}).includes('gregorian') ? 'gregorian' : 'hijri';
}
