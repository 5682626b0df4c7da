/** An international bank account number (ISO 13616), Saudi when only its 22 digits are typed. The value has no spaces. */
import { countrySpecs, isValidIBAN } from 'ibantools';
import { maskIban } from '../text/mask.js';
import { legible } from '../text/normalise.js';
import type { AnswerType, Reading } from '../types.js';
import { asText } from './values.js';

const START = /[A-Z]{2}[0-9]{2}/;
const NOT_OF_IBAN = /[^A-Z0-9]+/g;
const SAUDI = 'SA';
const SAUDI_DIGITS = 22;
const DIGITS_ONLY = /^[0-9]+$/;
const LEADING_DIGITS = /^[0-9]+/;
/** More digits than an account has are meant for a Saudi IBAN. */
const ACCOUNT_AT_MOST = 18;
/** Norway's, the shortest: less after two letters is a word and some number (is 608010). */
const SHORTEST = 15;
const GROUP = 4;

export const iban: AnswerType = {
  name: 'iban',
  freeText: false,
  identifier: true,
  expects: 'text',
  read({ text }) {
    const compact = legible(text).normalize('NFKC').toUpperCase().replace(NOT_OF_IBAN, '');
    if (DIGITS_ONLY.test(compact)) return readDigits(compact);
    const start = compact.search(START);
    return start < 0 ? { wrong: 'none' } : readFrom(compact.slice(start));
  },
  show(value, _language, masked) {
    const number = asText(value);
    return masked ? maskIban(number) : number.replace(new RegExp(`(.{${GROUP}})(?=.)`, 'g'), '$1 ');
  },
};

/** A Saudi IBAN without its SA; fewer digits are an account number, which cannot be completed. */
function readDigits(digits: string): Reading {
  if (digits.length <= ACCOUNT_AT_MOST) return { wrong: 'account' };
  return digits.length > SAUDI_DIGITS
    ? { wrong: 'long', values: { extra: digits.length - SAUDI_DIGITS } }
    : readFrom(SAUDI + digits);
}

/** `text` begins with the country; letters that follow the account (thanks, a name) are not of it, digits are. */
function readFrom(text: string): Reading {
  const length = countrySpecs[text.slice(0, 2)]?.chars;
  if (length == null) return { wrong: 'country' };
  const number = text.slice(0, length);
  if (text.length < SHORTEST && !text.startsWith(SAUDI)) return { wrong: 'none' };
  if (number.length < length) return { wrong: 'short', values: { missing: length - number.length } };
  const after = text.slice(length);
  const extra = LEADING_DIGITS.exec(after)?.[0].length ?? 0;
  if (extra > 0) return { wrong: 'long', values: { extra } };
  if (!isValidIBAN(number)) return { wrong: 'checksum' };
  return hasAnother(after, number) ? { wrong: 'several' } : { value: number };
}

function hasAnother(after: string, number: string): boolean {
  const next = after.slice(Math.max(after.search(START), 0));
  const other = next.slice(0, countrySpecs[next.slice(0, 2)]?.chars ?? 0);
  return other !== number && isValidIBAN(other);
}
