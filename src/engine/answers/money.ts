/** A sum in Saudi riyals with at most two decimals (halalas). Options: `min` (0) and `max`. The value is a number. */
import { hasNegation } from '../text/near.js';
import { plain as plainOf } from '../text/normalise.js';
import type { AnswerType } from '../types.js';
import { onlyNumeral, within } from './number.js';
import { numeralsIn } from './numerals.js';
import { asNumber } from './values.js';

const CURRENCY = 'SAR';
/** Other money must be asked about, not silently taken for riyals. */
const FOREIGN: ReadonlySet<string> = new Set(
  [
    ...['دولار', 'دولارات', 'يورو', 'جنيه', 'جنيهات', 'درهم', 'دراهم', 'دينار', 'دنانير', 'ليرة', 'ليرات', 'روبية', 'روبيات'],
    ...['dollar', 'dollars', 'usd', 'euro', 'euros', 'eur', 'pound', 'pounds', 'gbp', 'aed', 'dirham', 'dirhams', 'kwd', 'dinar', 'dinars', 'egp'],
  ].map(plainOf),
); // prettier-ignore
const FOREIGN_SIGN = /[$€£₹¥]/;
/** A unit may be glued to its number: 100usd. */
const WORD = /\p{L}+/gu;
const IN_FRONT = /^(?:بال|ال|ب)/;

export const money: AnswerType = {
  name: 'money',
  freeText: false,
  expects: 'number',
  read({ text, plain }, options) {
    if (FOREIGN_SIGN.test(text) || (plain.match(WORD) ?? []).some(isForeign)) return { wrong: 'currency' };
    const only = onlyNumeral(numeralsIn(text), plain);
    if ('wrong' in only) return only.wrong === 'none' && hasNegation(plain) ? { wrong: 'nothing' } : only;
    if (only.decimals > 2) return { wrong: 'decimals' };
    return within(only.value, options);
  },
  show: (value, language) => format(language).format(asNumber(value) ?? 0),
};

function isForeign(word: string): boolean {
  return FOREIGN.has(word) || FOREIGN.has(word.replace(IN_FRONT, ''));
}

const formats = new Map<string, Intl.NumberFormat>();

function format(language: string): Intl.NumberFormat {
  let found = formats.get(language);
  if (found === undefined) {
    const style = {
      style: 'currency',
      currency: CURRENCY,
      currencyDisplay: 'name',
      trailingZeroDisplay: 'stripIfInteger',
    } as const;
    found = new Intl.NumberFormat(`${language}-u-nu-latn`, style);
    formats.set(language, found);
  }
  return found;
}
