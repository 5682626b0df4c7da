/** A Saudi national ID (begins with 1) or residence number (begins with 2): ten digits, the last a Luhn check digit. */
import { maskId } from '../text/mask.js';
import type { AnswerType, Reading } from '../types.js';
import { findDigits, hasLetterInside, wrongLength } from './digit-groups.js';
import { asText } from './values.js';

const FORM = /^[12][0-9]{9}$/;
const LENGTH = 10;

export const saudiId: AnswerType = {
  name: 'saudi_id',
  freeText: false,
  identifier: true,
  expects: 'number',
  read({ text }) {
    if (FORM.test(text)) return luhn(text) ? { value: text } : { wrong: 'checksum' };
    const { fitting, longest } = findDigits(text, isSaudiId);
    const [id, other] = fitting;
    if (other !== undefined) return { wrong: 'several' };
    if (id !== undefined) return { value: id };
    return hasLetterInside(text) ? { wrong: 'letter' } : whyNot(longest);
  },
  show: (value, _language, masked) => (masked ? maskId(asText(value)) : asText(value)),
};

/** Whether ten ASCII digits are a well-formed Saudi ID or residence number. */
export function isSaudiId(digits: string): boolean {
  return FORM.test(digits) && luhn(digits);
}

function whyNot(digits: string): Reading {
  const length = wrongLength(digits.replace('+', ''), LENGTH);
  if (length !== undefined) return length;
  return { wrong: FORM.test(digits) ? 'checksum' : 'start' };
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < LENGTH; i++) {
    const digit = digits.charCodeAt(i) - 48;
    const doubled = digit * 2;
    sum += i % 2 === 1 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
