/** The number of a request in the middle of a message. */
import { dammValid } from '../../engine/text/damm.js';
import { legible } from '../../engine/text/normalise.js';

/** Thirteen digits in a row, perhaps in groups; not a part of a longer number. */
const NUMBER = /(?<![\d+]|\d[ .\-–—])\d(?:[ .\-–—]?\d){12}(?![ .\-–—]?\d)/g;

/** Written in the groups in which we write it: meant as ours, even with a slip in a digit. */
const GROUPED = /^\d{4}([ .\-–—])\d{4}\1\d{4}\1\d$/;

/** The first number that is one of ours by its check digit, or looks like one; as thirteen digits. */
export function caseNumberIn(text: string): string | undefined {
  const found = legible(text).match(NUMBER) ?? [];
  const ours = found.find((one) => GROUPED.test(one) || dammValid(digitsOf(one)));
  return ours === undefined ? undefined : digitsOf(ours);
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}
