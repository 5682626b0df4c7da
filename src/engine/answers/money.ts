/** A sum in Saudi riyals with at most two decimals (halalas). Options: `min` (0) and `max`. The value is a number. */
import { plain as plainOf, tokens } from '../text/normalise.js';
import type { AnswerType } from '../types.js';
import { onlyNumeral, within } from './number.js';
import { numeralsIn } from './numerals.js';
import { asNumber } from './values.js';

const CURRENCY = 'SAR';
/** Other money must be asked about, not silently taken for riyals. */
const FOREIGN = new Set(
  [
    'دولار',
    'يورو',
    'جنيه',
    'درهم',
    'دينار',
    'ليرة',
    'روبية',
    'dollar',
    'dollars',
    'usd',
    'euro',
    'euros',
    'eur',
    'pounds',
    'aed',
    'kwd',
    'egp',
  ].map(plainOf),
);
const FOREIGN_SIGN = /[$€£₹¥]/;

export const money: AnswerType = {
  name: 'money',
  freeText: false,
  expects: 'number',
  read({ text, plain }, options) {
    if (FOREIGN_SIGN.test(text) || tokens(plain).some((word) => FOREIGN.has(word))) return { wrong: 'currency' };
    const only = onlyNumeral(numeralsIn(text), plain);
    if ('wrong' in only) return only;
    if (only.decimals > 2) return { wrong: 'decimals' };
    return within(only.value, options);
  },
  show: (value, language) => format(language).format(asNumber(value) ?? 0),
};

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
