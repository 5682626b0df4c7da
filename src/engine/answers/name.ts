/** A person's name: two to six parts in Arabic or Latin letters, at most 80 letters; اسمي, السلام عليكم and the like are left off. */
import { maskName } from '../text/mask.js';
import { hasNegation } from '../text/near.js';
import { legible, plain } from '../text/normalise.js';
import type { AnswerType, Reading } from '../types.js';
import { AFTER, BEFORE, JOINED } from './name-words.js';
import { asText } from './values.js';

const LONGEST = 80;
const FEWEST_PARTS = 2;
const MOST_PARTS = 6;
const BETWEEN = /[\s:،,]+/;
const WORD = /^[\p{Script=Arabic}\p{Script=Latin}][\p{Script=Arabic}\p{Script=Latin}\p{M}'’.-]*$/u;
const TRAILING = /[.!]+$/;

export const name: AnswerType = {
  name: 'name',
  freeText: true,
  expects: 'text',
  read({ text }) {
    const typed = legible(text).normalize('NFKC').trim().replace(TRAILING, '');
    const words = withoutWrapping(typed.split(BETWEEN).filter(Boolean));
    const said = words.join(' ');
    if (said === '') return { wrong: 'none' };
    if (!words.every((word) => WORD.test(word))) return { wrong: 'letters' };
    if (said.length > LONGEST) return { wrong: 'long' };
    return hasNegation(plain(said)) ? { wrong: 'unclear' } : countParts(words, said);
  },
  show: (value, _language, masked) => (masked ? maskName(asText(value)) : asText(value)),
};

function countParts(words: string[], said: string): Reading {
  const parts = words.filter((_, at) => at === 0 || !JOINED.has(plain(words[at - 1] ?? ''))).length;
  if (parts < FEWEST_PARTS) return { wrong: 'short' };
  return parts > MOST_PARTS ? { wrong: 'parts', values: { max: MOST_PARTS } } : { value: said };
}

function withoutWrapping(words: string[]): string[] {
  const forms = words.map((word) => plain(word));
  let from = 0;
  for (let skip = leading(forms, from); skip > 0; skip = leading(forms, from)) from += skip;
  let to = words.length;
  while (to > from && AFTER.has(forms[to - 1] ?? '')) to -= 1;
  return words.slice(from, to);
}

function leading(forms: readonly string[], from: number): number {
  return BEFORE.find((phrase) => phrase.every((word, at) => forms[from + at] === word))?.length ?? 0;
}
