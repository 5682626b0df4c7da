/** A score from 1 to 5: `4`, `4/5`, ٤ من ٥, أربعة, stars, or a word such as ممتازة. The value is a number. */
import { legible } from '../text/normalise.js';
import type { AnswerType, Reading } from '../types.js';
import { onlyNumeral } from './number.js';
import { numeralsIn } from './numerals.js';
import { scoreInWords } from './rating-words.js';
import { asNumber } from './values.js';

const BEST = 5;
const ONE_DIGIT = /^[1-5]$/;
const STAR = /[⭐🌟★]/gu;

export const rating: AnswerType = {
  name: 'rating',
  freeText: false,
  expects: 'stars',
  read({ text, plain }) {
    if (ONE_DIGIT.test(text)) return { value: Number(text) };
    const said = scoreInWords(plain);
    if (said !== undefined) return { value: said };
    const found = numeralsIn(text);
    const stars = legible(text).match(STAR)?.length ?? 0;
    if (stars > 0 && found.length === 0) return score(stars);
    const [given, best, more] = found;
    if (best?.outOf === true && more === undefined && given !== undefined) {
      return best.value === BEST ? whole(given) : { wrong: 'scale' };
    }
    const only = onlyNumeral(found, plain);
    return 'wrong' in only ? only : whole(only);
  },
  show: (value) => `${asNumber(value) ?? 0}/${BEST}`,
};

function whole({ value, decimals }: { value: number; decimals: number }): Reading {
  return decimals > 0 ? { wrong: 'whole' } : score(value);
}

function score(value: number): Reading {
  return value >= 1 && value <= BEST ? { value } : { wrong: 'range' };
}
