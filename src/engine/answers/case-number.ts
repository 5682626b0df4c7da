/** The number of a case: twelve digits and a Damm check digit, in any grouping. The value is thirteen ASCII digits. */
import { CASE_NUMBER_LENGTH, dammValid, groupCaseNumber } from '../text/damm.js';
import { maskText } from '../text/mask.js';
import type { AnswerType } from '../types.js';
import { findDigits, wrongLength } from './digit-groups.js';
import { asText } from './values.js';

export const caseNumber: AnswerType = {
  name: 'case_number',
  freeText: false,
  expects: 'number',
  read({ text }) {
    const { fitting, longest } = findDigits(text, isCaseNumber);
    const [number, other] = fitting;
    if (other !== undefined) return { wrong: 'several' };
    if (number !== undefined) return { value: number };
    return wrongLength(longest.replace('+', ''), CASE_NUMBER_LENGTH) ?? { wrong: 'check' };
  },
  show: (value, _language, masked) => (masked ? maskText(asText(value)) : groupCaseNumber(asText(value))),
};

function isCaseNumber(digits: string): boolean {
  return digits.length === CASE_NUMBER_LENGTH && dammValid(digits);
}
