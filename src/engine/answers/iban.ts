/** An international bank account number (ISO 13616), Saudi when only its 22 digits are typed. The value has no spaces. */
import { countrySpecs, isValidIBAN } from 'ibantools';
import { maskIban } from '../text/mask.js';
import { legible } from '../text/normalise.js';
import type { AnswerType, Reading } from '../types.js';
import { asText } from './values.js';

const START = /[A-Z]{2}[0-9]{2}/;
const NOT_OF_IBAN = /[^A-Z0-9]+/g;
const BARE_SAUDI = /^[0-9]{22}$/;
const GROUP = 4;

export const iban: AnswerType = {
  name: 'iban',
  freeText: false,
  identifier: true,
  expects: 'text',
  read({ text }) {
    const compact = legible(text).toUpperCase().replace(NOT_OF_IBAN, '');
    const whole = BARE_SAUDI.test(compact) ? `SA${compact}` : compact;
    const start = whole.search(START);
    return start < 0 ? { wrong: 'none' } : readFrom(whole.slice(start));
  },
  show(value, _language, masked) {
    const number = asText(value);
    return masked ? maskIban(number) : number.replace(new RegExp(`(.{${GROUP}})(?=.)`, 'g'), '$1 ');
  },
};

/** `text` begins with the country; letters that follow the account (thanks, a name) are not of it, digits are. */
function readFrom(text: string): Reading {
  const length = countrySpecs[text.slice(0, 2)]?.chars;
  if (length == null) return { wrong: 'country' };
  const number = text.slice(0, length);
  if (number.length < length) return { wrong: 'short', values: { missing: length - number.length } };
  if (/^[0-9]/.test(text.slice(length))) return { wrong: 'long' };
  return isValidIBAN(number) ? { value: number } : { wrong: 'checksum' };
}
