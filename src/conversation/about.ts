// Which other case a case is about: an appeal, a paper added, a withdrawal, a complaint name the request that they belong to.
import { readNumber } from '../cases/number.js';
import type { ShownAnswer } from '../engine/types.js';

/** The answers that flows/which-case.yaml and flows/case-number.yaml leave: chosen among one's own cases, or typed. */
const CHOSEN = 'about';
const TYPED = 'about_number';

export interface About {
  /** Thirteen digits. */
  number: string;
  /** Chosen among the person's own cases; a typed number may be anybody's. */
  own: boolean;
}

/** Null for a case that is about none. */
export function aboutOf(shown: readonly ShownAnswer[]): About | null {
  const numberIn = (name: string) => readNumber(shown.find((answer) => answer.name === name)?.value ?? '');
  const chosen = numberIn(CHOSEN);
  const number = chosen ?? numberIn(TYPED);
  return number === null ? null : { number, own: chosen !== null };
}
