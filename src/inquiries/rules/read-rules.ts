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
export function readRules(text: string, lexicon: RuleLexicon): Ruled | null {
  const read = text.slice(0, MOST_LETTERS);
  if (isNoise(read)) return { kind: 'noise' };
  const marks = marksOf(read, lexicon);
  const rule = lexicon.order.find(({ named, excused }) => marks.has(named) && !marks.has(excused));
  if (rule) return { kind: rule.kind };
  const number = caseNumberIn(read);
  return number === undefined ? null : { kind: 'case-number', number };
}

/** Whether exact words say that the text is not for this rule, whatever it sounds like. */
export function excusedFrom(kind: PhraseKind, text: string, lexicon: RuleLexicon): boolean {
  const marks = marksOf(text.slice(0, MOST_LETTERS), lexicon);
  return lexicon.order.some((one) => one.kind === kind && marks.has(one.excused));
}

function marksOf(text: string, { phrases }: RuleLexicon): ReadonlySet<symbol> {
  return phrases.among(tokens(plain(text)).slice(0, MOST_WORDS));
}
