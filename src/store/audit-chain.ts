/** The chain of the audit: each entry's hash covers the hash before it, so that a change in the middle shows. */
import { createHash } from 'node:crypto';
import type { AuditEntry } from './contract.js';

/** Hash (hex) of an entry after the entry with hash `before`; null for the first. */
export function chainHash(before: string | null, entry: Omit<AuditEntry, 'hash'>): string {
  const facts = JSON.stringify([before ?? '', entry.at, entry.staff, entry.act, entry.subject]);
  return createHash('sha256').update(facts).digest('hex');
}

/** Index of the first entry, oldest first, whose hash does not follow from what stands before it; -1 when all do. */
export function firstBrokenLink(entries: readonly AuditEntry[]): number {
  return entries.findIndex((entry, index) => entry.hash !== chainHash(entries[index - 1]?.hash ?? null, entry));
}
