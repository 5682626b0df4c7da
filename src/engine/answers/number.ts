/** A whole number, in digits or words, with other words around it. Options: `min` (0) and `max` (999,999,999). */
import { hasNegation } from '../text/near.js';
import { plain as plainOf, tokens } from '../text/normalise.js';
import type { AnswerType, Json, Reading } from '../types.js';
import { numeralsIn } from './numerals.js';
import type { Numeral } from './numerals.js';
import { asNumber } from './values.js';

export const number: AnswerType = {
  name: 'number',
  freeText: false,
  expects: 'number',
  read({ text, plain }, options) {
    const only = onlyNumeral(numeralsIn(text), plain);
    if ('wrong' in only) return only;
    if (only.decimals > 0) return { wrong: 'whole' };
    return within(only.value, options);
  },
  show: (value) => String(asNumber(value) ?? ''),
};

const LARGEST = 999_999_999;

/** أقل من 3000 and "more than 3000" name a bound, not the number. */
const BOUNDS: ReadonlySet<string> = new Set(
  ['أقل', 'أكثر', 'أكبر', 'أصغر', 'فوق', 'تحت', 'دون', 'less', 'more', 'over', 'above', 'under', 'below', 'least', 'most'].map(plainOf),
); // prettier-ignore

/** The one number of a message; `لا أعرف 5`, `3 أو 4` and أكثر من 3 say none. */
export function onlyNumeral(found: readonly Numeral[], plainText: string): Numeral | { wrong: string } {
  const [only, other] = found;
  if (only === undefined) return { wrong: 'none' };
  if (other !== undefined) return { wrong: 'several' };
  const vague = only.doubtful || hasNegation(plainText) || tokens(plainText).some((word) => BOUNDS.has(word));
  return vague ? { wrong: 'unclear' } : only;
}

/** The value when it lies between the options `min` and `max`, or their defaults. */
export function within(value: number, options: Readonly<Record<string, Json>>): Reading {
  const min = asNumber(options['min']) ?? 0;
  const max = asNumber(options['max']) ?? LARGEST;
  if (value < min) return { wrong: 'low', values: { min } };
  return value > max ? { wrong: 'high', values: { max } } : { value };
}
