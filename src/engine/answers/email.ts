/** An e-mail address of the usual form (the dot-atom of RFC 5321 on a domain with a dot), without quotes or comments. */
import { maskEmail } from '../text/mask.js';
import { legible } from '../text/normalise.js';
import type { AnswerType, Reading } from '../types.js';
import { asText } from './values.js';

const CANDIDATE = /[^\s<>()[\],;:"،؛]+/g;
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
const TOP_LABEL = /^(?:[A-Za-z]{2,}|xn--[A-Za-z0-9-]+)$/i;
/** RFC 5321, 4.5.3.1 */
const LONGEST = { local: 64, domain: 253, label: 63 };
/** Slips of .com, .net and .org that are no ending of the root zone. */
const SLIPS: ReadonlyMap<string, string> = new Map([
  ...['con', 'cpm', 'cmo', 'ocm', 'coom', 'comm', 'vom', 'xom', 'cim'].map((slip) => [slip, 'com'] as const),
  ...['nte', 'ner', 'nett'].map((slip) => [slip, 'net'] as const),
  ...['ogr', 'orgg'].map((slip) => [slip, 'org'] as const),
]);

export const email: AnswerType = {
  name: 'email',
  freeText: false,
  expects: 'text',
  read({ text }) {
    const candidates = (joinAtSign(legible(text)).match(CANDIDATE) ?? []).filter((word) => word.includes('@'));
    if (candidates.length === 0) return { wrong: 'none' };
    const readings = candidates.map(address);
    const [only, other] = [...new Set(readings.flatMap((one) => ('value' in one ? [one.value] : [])))];
    if (other !== undefined) return { wrong: 'several' };
    return only === undefined ? (readings[0] ?? { wrong: 'none' }) : { value: only };
  },
  show: (value, _language, masked) => (masked ? maskEmail(asText(value)) : asText(value)),
};

/** sara @ example.com: nobody means a space beside the sign. */
function joinAtSign(text: string): string {
  const parts = text.split('@');
  return parts
    .map((part, at) => {
      const from = at > 0 ? part.trimStart() : part;
      return at < parts.length - 1 ? from.trimEnd() : from;
    })
    .join('@');
}

/** The address in a word, its domain in lower case, or which side of the sign is wrong. */
function address(word: string): { value: string } | Extract<Reading, { wrong: string }> {
  const bare = word.endsWith('.') ? word.slice(0, -1) : word;
  const at = bare.indexOf('@');
  const local = bare.slice(0, at);
  const domain = bare.slice(at + 1).toLowerCase();
  if (domain.includes('@')) return { wrong: 'signs' };
  if (local.length > LONGEST.local || !LOCAL.test(local)) return { wrong: 'local' };
  if (!isDomain(domain)) return { wrong: 'domain' };
  const meant = SLIPS.get(domain.slice(domain.lastIndexOf('.') + 1));
  return meant === undefined ? { value: `${local}@${domain}` } : { wrong: 'ending', values: { ending: `.${meant}` } };
}

function isDomain(domain: string): boolean {
  if (domain.length > LONGEST.domain) return false;
  const labels = domain.split('.');
  const top = labels.at(-1) ?? '';
  return (
    labels.length >= 2 &&
    TOP_LABEL.test(top) &&
    labels.every((label) => label.length <= LONGEST.label && LABEL.test(label))
  );
}
