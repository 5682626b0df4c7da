// Case numbers: twelve random digits and a check digit, as people read, type and dictate them.
import { CASE_NUMBER_LENGTH, dammDigit, dammValid } from '../engine/text/damm.js';
import { legible } from '../engine/text/normalise.js';

export { groupCaseNumber } from '../engine/text/damm.js';

/** Gives so many random digits, e.g. from `crypto.randomInt`; injected so that a turn can be replayed. */
export type RandomDigits = (count: number) => string;

/** A new number. Random, never counted: 40 bits make guessing hopeless, and the number tells nobody how many cases there are. */
export function drawNumber(randomDigits: RandomDigits): string {
  const digits = randomDigits(CASE_NUMBER_LENGTH - 1);
  return digits + dammDigit(digits);
}

/** The thirteen digits of a number as somebody wrote it (any digit set, spaces, hyphens); null when it cannot be one. */
export function readNumber(written: string): string | null {
  if (written.length > MOST_WRITTEN) return null;
  const digits = legible(written).replace(/[\s\-‐-―_./]+/gu, '');
  return digits.length === CASE_NUMBER_LENGTH && dammValid(digits) ? digits : null;
}

/** Longer than any way of writing thirteen digits: not looked at. */
const MOST_WRITTEN = 64;
