/** What exact rules make of a message, before any article is looked for. */
import { plain, tokens } from '../../engine/text/normalise.js';
import { caseNumberIn } from './case-number.js';
import type { PhraseKind, RuleLexicon } from './lexicon.js';
import { isNoise } from './noise.js';

/** The rule that a message falls under. */
export type Ruled =
  | { readonly kind: 'noise' | PhraseKind }
  /** The number of a request, as thirteen digits. */
  | { readonly kind: 'case-number'; readonly number: string };

/** Rules look at as many words as a person writes; what is longer was pasted. */
const MOST_WORDS = 1_000;
const MOST_LETTERS = 8_000;

/** The first rule that the text falls under, in the order of the lexicon; null when it is for the articles to answer. */
export function readRules(text: string, { order, phrases }: RuleLexicon): Ruled | null {
  const read = text.slice(0, MOST_LETTERS);
  if (isNoise(read)) return { kind: 'noise' };
  const marks = phrases.among(tokens(plain(read)).slice(0, MOST_WORDS));
  const rule = order.find(({ named, excused }) => marks.has(named) && !marks.has(excused));
  if (rule) return { kind: rule.kind };
  const number = caseNumberIn(read);
  return number === undefined ? null : { kind: 'case-number', number };
}
