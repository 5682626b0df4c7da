// What staff typed, checked before it is kept or sent.
import { DeskError, MOST_WORDS } from './desk-types.js';

/** The words themselves, trimmed. Throws DeskError `invalid` (nothing in them) or `too_long`. */
export function checkedWords(text: string): string {
  const words = text.trim();
  if (words === '') throw new DeskError('invalid');
  if (words.length > MOST_WORDS) throw new DeskError('too_long');
  return words;
}

/** The same for what may be left out. */
export function optionalWords(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : checkedWords(text);
}

/** A page size within 1 to 200. */
export function page(limit: number): number {
  return Math.min(Math.max(Math.trunc(limit), 1), 200);
}
