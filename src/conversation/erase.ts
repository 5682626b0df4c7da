// Forgets a person: first the keys, so that nothing can be opened again whatever happens next, then rows and files.
import type { Subject } from '../privacy/vault.js';
import type { Conversation } from '../store/contract.js';
import type { House } from './house.js';
import { subject } from './records.js';

/** Nobody holds a conversation for so long at once. */
const ALL_HOLDS_OVER = 24 * 3_600_000;

/** Erases the address behind a conversation with its cases and files; may be repeated after a failure. Returns what was removed. */
export async function erase(house: House, row: Conversation): Promise<{ cases: number; files: number }> {
  const { store, now } = house;
  const { address } = row;
  // A turn under way loses its hold, in whichever process: it would write under a key that is no more.
  await store.turns.take(row.id, house.owner, now() + ALL_HOLDS_OVER, now());
  const [cases, submissions, files] = await Promise.all([
    store.cases.of(address),
    store.cases.submissionsOf(address),
    store.files.ofOwner(address),
  ]);
  const numbers = new Set([...cases, ...submissions].map(({ number }) => number));
  await destroy(house, subject.address(address));
  for (const number of numbers) await destroy(house, subject.case(number));
  for (const number of numbers) await store.cases.erase(number);
  // A paper of a request that moved on to a linked conversation belongs to that case now, which has its own key to it.
  const sent = files.filter(({ caseNumber }) => caseNumber === null);
  const held = await Promise.all([...numbers].map((number) => store.files.ofCase(number)));
  const own = [...sent, ...held.flat()];
  for (const { id } of own) await house.files.remove(id);
  for (const id of await entriesOf(house, address, numbers)) await eraseEntry(house, id);
  await store.addresses.erase(address, now());
  house.hints.give('conversation', row.id);
  for (const number of numbers) house.hints.give('case', number);
  return { cases: numbers.size, files: own.length };
}

/** Destroys what an entry of a register says, its scans too; the number stays spent. */
export async function eraseEntry(house: House, id: string): Promise<void> {
  const { store, files, now } = house;
  await destroy(house, subject.address(id));
  for (const file of await store.files.ofOwner(id)) await files.remove(file.id);
  await store.registers.erase(id, now());
  house.hints.give('entry', id);
}

/** Other processes, which may remember the key, are told. */
async function destroy({ vault, hints, now }: House, owner: Subject): Promise<void> {
  await vault.destroy(owner, now());
  hints.give('erased', owner);
}

/** The entry that the address itself stands for, and those of its cases. */
async function entriesOf({ store }: House, address: string, numbers: ReadonlySet<string>): Promise<string[]> {
  const own = await store.registers.get(address);
  const ofCases = await Promise.all([...numbers].map((number) => store.registers.ofCase(number)));
  return [...new Set([...(own ? [own] : []), ...ofCases.flat()].map(({ id }) => id))];
}
