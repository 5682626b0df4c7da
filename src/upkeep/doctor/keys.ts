/** Whether the encryption key opens the data keys, each of them, and whether rows need keys that are not there. */
import { Wrapping } from '../../privacy/wrapping.js';
import { VaultError } from '../../privacy/vault-error.js';
import type { PortableSource } from '../../store/contract.js';
import { subjectOf } from '../subjects.js';
import { eachRow } from '../references.js';
import { finding, type Finding } from './finding.js';

export interface Keyring {
  wrapped: ReadonlyMap<string, Uint8Array>;
  erased: ReadonlySet<string>;
}

/** After the rows were read: keys only ever go by an erasure. */
export async function readKeyring(source: PortableSource): Promise<Keyring> {
  const wrapped = new Map<string, Uint8Array>();
  const erased = new Set<string>();
  await eachRow(source, 'keys', ({ subject, wrapped: key }) => {
    if (key instanceof Uint8Array) wrapped.set(String(subject), key);
  });
  await eachRow(source, 'erasures', ({ subject }) => erased.add(String(subject)));
  return { wrapped, erased };
}

/** `encryptionKeys`: null when none is set. */
export function examineKeys({ wrapped }: Keyring, encryptionKeys: readonly Buffer[] | null): Finding[] {
  if (wrapped.size === 0) return [finding('well', 'keys_unused')];
  if (!encryptionKeys) return [finding('bad', 'keys_not_set', { count: wrapped.size })];
  const wrapping = new Wrapping(encryptionKeys);
  let [wrong, damaged, former] = [0, 0, 0];
  for (const [subject, key] of wrapped) {
    try {
      wrapping.unwrap(subject, key);
      if (!wrapping.isCurrent(key)) former += 1;
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      if (error.code === 'wrong_key') wrong += 1;
      else damaged += 1;
    }
  }
  const of = wrapped.size;
  if (wrong > 0) return [finding('bad', 'keys_wrong', { count: wrong, of })];
  if (damaged > 0) return [finding('bad', 'keys_damaged', { count: damaged, of })];
  return [
    former > 0 ? finding('look', 'keys_former', { count: former, of }) : finding('well', 'keys_open', { count: of }),
  ];
}

/** Rows that were sealed under a key that is neither there nor erased. */
export async function examineNeeds(source: PortableSource, { wrapped, erased }: Keyring): Promise<Finding[]> {
  let without = 0;
  for (const table of ['conversations', 'cases']) {
    await eachRow(source, table, (row) => {
      const subject = subjectOf(table, row);
      if (subject !== null && !wrapped.has(subject) && !erased.has(subject)) without += 1;
    });
  }
  return without > 0 ? [finding('bad', 'keys_missing', { count: without })] : [];
}
