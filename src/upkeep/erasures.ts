/** Forgets again, in what came out of a back-up, whoever was erased since it was made. */
import type { Blobs, Store } from '../store/contract.js';

export interface Forgotten {
  people: number;
  cases: number;
  files: number;
}

/**
 * Applies the list of erasures to a store's rows and files, as the erasing itself did; the keys are gone already. May be repeated. Counts
 * only what was still there.
 */
export async function applyErasures(store: Store, blobs: Blobs): Promise<Forgotten> {
  const erasures = await store.keys.destroyed();
  const numbers = subjectsOf(erasures, 'case:');
  const forgotten: Forgotten = { people: 0, cases: 0, files: 0 };
  const remove = async (id: string) => {
    await store.files.remove(id);
    await blobs.drop(id);
    forgotten.files += 1;
  };
  for (const [number] of numbers) {
    for (const { id } of await store.files.ofCase(number)) await remove(id);
    if (await store.cases.get(number)) forgotten.cases += 1;
    await store.cases.erase(number);
  }
  for (const [owner, at] of subjectsOf(erasures, 'address:')) {
    // A paper of a case that lives on belongs to that case, which has a key to it of its own.
    const own = (await store.files.ofOwner(owner)).filter(({ caseNumber }) => caseNumber === null);
    for (const { id } of own) await remove(id);
    if (await store.registers.get(owner)) await store.registers.erase(owner, at);
    if (await store.addresses.get(owner)) forgotten.people += 1;
    await store.addresses.erase(owner, at);
  }
  return forgotten;
}

function subjectsOf(erasures: readonly { subject: string; at: number }[], kind: string): Map<string, number> {
  const ours = erasures.filter(({ subject }) => subject.startsWith(kind));
  return new Map(ours.map(({ subject, at }) => [subject.slice(kind.length), at]));
}
