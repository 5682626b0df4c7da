/**
 * The short address of the Saudi National Address: four Latin letters and the four digits of the building, `RRRD2929`
 * (Saudi Post, splonline.com.sa). The value has no spaces, letters in capitals.
 */
import { maskText } from '../text/mask.js';
import { legible } from '../text/normalise.js';
import type { AnswerType, Reading } from '../types.js';
import { asText } from './values.js';

const LENGTH = 4;
/** Letters or digits spelled apart (R R R D 2 9 2 9) become one row. */
const SPELLED = /(?<![A-Z])(?:[A-Z][\s.\-_]){3}[A-Z](?![A-Z])|(?<![0-9])(?:[0-9][\s.\-_]){3}[0-9](?![0-9])/g;
const SEPARATORS = /[\s.\-_]/g;
const CANDIDATE = /(?<![A-Z0-9])([A-Z]+)[\s.\-_]{0,3}([0-9]+)(?![A-Z0-9])/g;
/** Copied from a right-to-left text the halves may come the other way round; only a whole message is read so. */
const TURNED = /^([0-9]{4})[\s.\-_]{0,3}([A-Z]{4})$/;
/** Words of four letters that stand before other numbers of an address. */
const OTHER_WORDS: ReadonlySet<string> = new Set([
  'UNIT',
  'BLDG',
  'FLAT',
  'ROAD',
  'CODE',
  'ZONE',
  'AREA',
  'POST',
  'HOME',
]);
const ARABIC_LETTERS =
  /(?<![\u0620-\u064a])[\u0620-\u064a](?:[\s.\-_]?[\u0620-\u064a]){3}[\s.\-_]{0,3}[0-9]{4}(?![0-9])/;

export const shortAddress: AnswerType = {
  name: 'short_address',
  freeText: false,
  expects: 'text',
  read({ text }) {
    const seen = legible(text)
      .normalize('NFKC')
      .toUpperCase()
      .trim()
      .replace(SPELLED, (letters) => letters.replace(SEPARATORS, ''));
    const [, digits, letters] = TURNED.exec(seen) ?? [];
    if (letters !== undefined && digits !== undefined) return { value: letters + digits };
    const found = [...seen.matchAll(CANDIDATE)]
      .map(([, before = '', after = '']) => ({ before, after }))
      .filter(({ before }) => !OTHER_WORDS.has(before));
    const whole = found.filter(({ before, after }) => before.length === LENGTH && after.length === LENGTH);
    const [only, other] = [...new Set(whole.map(({ before, after }) => before + after))];
    if (other !== undefined) return { wrong: 'several' };
    return only === undefined ? whyNot(seen, found[0]) : { value: only };
  },
  show: (value, _language, masked) => (masked ? maskText(asText(value)) : asText(value)),
};

function whyNot(seen: string, found: { before: string; after: string } | undefined): Reading {
  if (found === undefined) return { wrong: ARABIC_LETTERS.test(seen) ? 'script' : 'none' };
  const { before, after } = found;
  if (before.length !== LENGTH) return { wrong: 'letters', values: { letters: before.length } };
  return after.length < LENGTH
    ? { wrong: 'short', values: { missing: LENGTH - after.length } }
    : { wrong: 'long', values: { extra: after.length - LENGTH } };
}
