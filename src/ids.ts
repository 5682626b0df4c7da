// Ids and randomness of a running program; everything pure takes them as arguments.
import { randomBytes, randomInt } from 'node:crypto';
import { v4, v7 } from 'uuid';
import { drawNumber } from './cases/number.js';

export interface Ids {
  /** Random and sortable by time. */
  next(): string;
  /** Random without a time in it: for rows that nobody may bring together with others. */
  unlinked(): string;
  /** A case number: thirteen digits. */
  number(): string;
  /** A one-time code: eight digits. */
  code(): string;
  /** 256 random bits, for a link that nobody may guess. */
  token(): string;
}

/** UUIDv7, UUIDv4, case numbers, codes and tokens from the system's randomness. */
export function createIds(): Ids {
  return {
    next: () => v7(),
    unlinked: () => v4(),
    number: () => drawNumber(randomDigits),
    code: () => randomDigits(8),
    token: () => randomBytes(32).toString('base64url'),
  };
}

function randomDigits(count: number): string {
  return String(randomInt(10 ** count)).padStart(count, '0');
}
