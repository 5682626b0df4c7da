/** A one-time code: eight digits in any digit set and grouping, alone or in the whole message that brought it. */
import type { AnswerType } from '../types.js';
import { findDigits, wrongLength } from './digit-groups.js';
import { asText } from './values.js';

const LENGTH = 8;
const FORM = /^[0-9]{8}$/;

export const code: AnswerType = {
  name: 'code',
  freeText: false,
  identifier: true,
  expects: 'number',
  read({ text }) {
    const { fitting, longest } = findDigits(text, (digits) => FORM.test(digits));
    const [only, other] = fitting;
    if (other !== undefined) return { wrong: 'several' };
    if (only !== undefined) return { value: only };
    return wrongLength(longest.replace('+', ''), LENGTH) ?? { wrong: 'none' };
  },
  show: (value, _language, masked) => (masked ? '*'.repeat(LENGTH) : asText(value)),
};
