// What a request is found by: its answers of a type, and how facts become keyed hashes.
import { plain } from '../engine/text/normalise.js';
import type { House } from './house.js';
import type { SubmissionBody } from './records.js';

/** How facts become keyed hashes; the same when they are stored and when they are looked for. */
export function searchTools(house: Pick<House, 'vault'>) {
  return {
    hash: (purpose: string, ...parts: readonly string[]) => house.vault.hash(purpose, ...parts),
    normalise: plain,
  };
}

/** The answers of a type as they were read, without those that were passed over. */
export function valuesOf({ shown, answers }: SubmissionBody, type: string): string[] {
  return shown.flatMap(({ name, type: own }) => {
    const value = own === type ? answers[name] : undefined;
    return typeof value === 'string' && value !== 'skipped' ? [value] : [];
  });
}
