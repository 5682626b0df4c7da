/** The last four digits of an ID, which with a case number open its coarse status. A whole valid ID gives its last four. */
import type { AnswerType } from '../types.js';
import { findDigits, wrongLength } from './digit-groups.js';
import { isSaudiId } from './saudi-id.js';
import { asText } from './values.js';

const LENGTH = 4;
const FORM = /^[0-9]{4}$/;

export const lastFour: AnswerType = {
  name: 'last_four',
  freeText: false,
  expects: 'number',
  read({ text }) {
    const { fitting, longest } = findDigits(text, (digits) => FORM.test(digits) || isSaudiId(digits));
    const [only, other] = [...new Set(fitting.map((digits) => digits.slice(-LENGTH)))];
    if (other !== undefined) return { wrong: 'several' };
    if (only !== undefined) return { value: only };
    return wrongLength(longest.replace('+', ''), LENGTH) ?? { wrong: 'none' };
  },
  show: (value, _language, masked) => (masked ? '*'.repeat(LENGTH) : asText(value)),
};
