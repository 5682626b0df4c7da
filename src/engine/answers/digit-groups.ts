/** Finds long numbers (ids, phones, case numbers) inside what a person typed around them. */
import { legible } from '../text/normalise.js';

/** Digits that a person may have separated for reading: `7304-8815 2096.4`. */
const GROUPED = /\+?[0-9](?:[\s\-\u2010-\u2015\u2212_./()]*[0-9])*/g;
const RUN = /\+?[0-9]+/g;
const SEPARATORS = /[^0-9+]/g;
/** More candidates than this are no answer to a question for one number. */
const MOST = 12;
/** A Latin letter or a hiding sign inside a row of digits: `1O98765439`, `10987xxxxx`, `05********`. */
const LETTER_INSIDE = /[0-9](?:[A-Za-z*]+[0-9]|[xX*]{3})/;

export interface Found {
  /** Distinct numbers that fit, at most a dozen looked at. ASCII digits, a leading plus kept. */
  readonly fitting: readonly string[];
  /** The longest row of digits, fitting or not; empty when there is none. */
  readonly longest: string;
}

/** Looks for numbers that fit, first as runs of digits, then as groups joined over spaces, dashes, dots and brackets. */
export function findDigits(text: string, fits: (digits: string) => boolean): Found {
  const seen = legible(text);
  const groups = (seen.match(GROUPED) ?? []).slice(0, MOST).map((group) => group.replace(SEPARATORS, ''));
  const runs = (seen.match(RUN) ?? []).slice(0, MOST);
  const fitting = [...new Set([...runs, ...groups].filter(fits))];
  const longest = groups.reduce((best, group) => (group.length > best.length ? group : best), '');
  return { fitting, longest };
}

/** Whether letters or stars stand in the place of digits, as in a copied, masked or mistyped number. */
export function hasLetterInside(text: string): boolean {
  return LETTER_INSIDE.test(legible(text));
}

/** Why no number of `length` digits was found: `none`, `short` with how many are missing, `long` with how many are too many. */
export function wrongLength(
  digits: string,
  length: number,
): { wrong: string; values?: Record<string, number> } | undefined {
  if (digits === '') return { wrong: 'none' };
  if (digits.length < length) return { wrong: 'short', values: { missing: length - digits.length } };
  if (digits.length > length) return { wrong: 'long', values: { extra: digits.length - length } };
  return undefined;
}
