/** What an article is. Plain JSON, so that a compiled set carries it. */
import type { Language, Text } from '../engine/types.js';

/** One answer of the charity's knowledge base. */
export interface Article {
  readonly id: string;
  readonly title: Text;
  /** Ways in which people ask for it, per language: the more, the better it is found. */
  readonly questions: Readonly<Record<Language, readonly string[]>>;
  /** The answer, in the template language of texts (`{charity.phone}`). */
  readonly body: Text;
  /** Whom it is written for, e.g. `beneficiary`, `donor`; everybody when absent. */
  readonly audience?: readonly string[];
  /** The last day (`YYYY-MM-DD`, UTC) on which it may be given as an answer. */
  readonly validUntil?: string;
  /** Who in the charity answers for its truth. */
  readonly owner?: string;
  /** It holds a fact that the charity has not given yet. */
  readonly placeholder?: boolean;
}
