/** An e-mail address of the usual form (the dot-atom of RFC 5321 on a domain with a dot), without quotes or comments. */
import { maskEmail } from '../text/mask.js';
import { legible } from '../text/normalise.js';
import type { AnswerType } from '../types.js';
import { asText } from './values.js';

const CANDIDATE = /[^\s<>()[\],;:"،؛]+/g;
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
const TOP_LABEL = /^(?:[A-Za-z]{2,}|xn--[A-Za-z0-9-]+)$/i;
/** RFC 5321, 4.5.3.1 */
const LONGEST = { local: 64, domain: 253, label: 63 };

export const email: AnswerType = {
  name: 'email',
  freeText: false,
  expects: 'text',
  read({ text }) {
    const candidates = (legible(text).match(CANDIDATE) ?? []).filter((word) => word.includes('@'));
    if (candidates.length === 0) return { wrong: 'none' };
    const [only, other] = [...new Set(candidates.flatMap(address))];
    if (other !== undefined) return { wrong: 'several' };
    return only === undefined ? { wrong: 'form' } : { value: only };
  },
  show: (value, _language, masked) => (masked ? maskEmail(asText(value)) : asText(value)),
};

/** The address in a word, its domain in lower case; nothing when the word is none. */
function address(word: string): string[] {
  const bare = word.endsWith('.') ? word.slice(0, -1) : word;
  const at = bare.indexOf('@');
  const local = bare.slice(0, at);
  const domain = bare.slice(at + 1).toLowerCase();
  return isLocal(local) && isDomain(domain) ? [`${local}@${domain}`] : [];
}

function isLocal(local: string): boolean {
  return local.length <= LONGEST.local && LOCAL.test(local);
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
