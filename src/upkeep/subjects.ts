/** Whose key a row cannot do without. */
import type { PortableRow } from '../store/contract.js';

/** A conversation has the key of its address from its first turn on, a case from its opening; null for other rows. */
export function subjectOf(table: string, row: PortableRow): string | null {
  if (table === 'cases') return `case:${String(row['number'])}`;
  if (table === 'conversations' && row['session'] !== null) return `address:${String(row['address'])}`;
  return null;
}
