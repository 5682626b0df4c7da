/** A phone number, Saudi when no country is given. The value is E.164: `+966512345678`. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { maskPhone } from '../text/mask.js';
import type { AnswerType, Reading } from '../types.js';
import { findDigits, hasLetterInside } from './digit-groups.js';
import { asText } from './values.js';

/** Nearly every answer is a Saudi mobile number; it is read without the library, with the library's own result. */
const SAUDI_MOBILE = /^05[0-9]{8}$/;
const SAUDI_CODE = '+966';
/** E.164: at most fifteen digits after the plus. */
const LONGEST = 15;
/** What is meant for a Saudi mobile number: its ways to begin, and then the 5 with eight digits after it. */
const LIKE_SAUDI_MOBILE = /^(?:(?:\+|00)?9660?|0)?(5[0-9]*)$/;
const MOBILE_DIGITS = 9;
const ABROAD = /^(?:\+|00(?=[1-9]))(?!966)/;
/** Shorter rows without a zero or code in front may be anything: an age, a house number. */
const FEWEST = 5;

export const phone: AnswerType = {
  name: 'phone',
  freeText: false,
  expects: 'number',
  read({ text }) {
    if (SAUDI_MOBILE.test(text)) return { value: SAUDI_CODE + text.slice(1) };
    const { fitting, longest } = findDigits(text, (digits) => e164(digits) !== undefined);
    const [only, other] = [...new Set(fitting.map(e164))];
    if (other !== undefined) return { wrong: 'several' };
    if (only !== undefined) return { value: only };
    return hasLetterInside(text) ? { wrong: 'letter' } : whyNot(longest);
  },
  show(value, _language, masked) {
    const number = local(asText(value));
    return masked ? maskPhone(number) : number;
  },
};

function e164(digits: string): string | undefined {
  if (digits.length < 7 || digits.length > LONGEST + 3) return undefined;
  const parsed = parsePhoneNumberFromString(digits, 'SA');
  return parsed?.isValid() === true ? parsed.number : undefined;
}

/** Saudi numbers are shown as people write them: `0512345678`. */
function local(number: string): string {
  return number.startsWith(SAUDI_CODE) ? `0${number.slice(SAUDI_CODE.length)}` : number;
}

function whyNot(digits: string): Reading {
  if (digits === '') return { wrong: 'none' };
  const mobile = LIKE_SAUDI_MOBILE.exec(digits)?.[1];
  if (mobile !== undefined && digits.length >= FEWEST) {
    if (mobile.length < MOBILE_DIGITS) return { wrong: 'short', values: { missing: MOBILE_DIGITS - mobile.length } };
    if (mobile.length > MOBILE_DIGITS) return { wrong: 'long', values: { extra: mobile.length - MOBILE_DIGITS } };
  }
  if (ABROAD.test(digits)) return { wrong: 'abroad' };
  return { wrong: digits.length === MOBILE_DIGITS + 1 ? 'start' : 'invalid' };
}
