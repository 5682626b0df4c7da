// A way out to staff, and what it is given: words of ours, internal ids and a link, nothing of a person.
import type { Notice } from '../../store/contract.js';

/** The kinds that go out; the others wait in the console. */
export const TOLD_KINDS = [
  'danger',
  'fraud',
  'handoff',
  'handoff_late',
  'repeating',
  'new_case',
  'quarantined',
  'channel_trouble',
  'codes_guessed',
  'flows_refused',
  'article_over',
] as const satisfies readonly Notice['kind'][];

export interface Word {
  /** Opaque and stable: the same notice has the same id on every way and at every try. */
  id: string;
  kind: Notice['kind'];
  /** UTC milliseconds. */
  at: number;
  conversation: string | null;
  caseNumber: string | null;
  charity: string;
  /** One line, and one sentence more, in the charity's first language. */
  title: string;
  more: string;
  language: string;
  /** Where the console shows it. */
  url: string;
}

/** `again`: it may work in so many milliseconds; null: our own back-off. `code` stands in the log and holds nothing personal. */
export type Told = { result: 'done' } | { result: 'again'; after: number | null; code: string };

export interface Way {
  /** In the store and the log. */
  readonly name: string;
  /** Never rejects. At least once: after a crash the same word may come again. */
  tell(word: Word): Promise<Told>;
  /** Whether it would work now; null, or a code as in `Told`. Never rejects. */
  check?(): Promise<string | null>;
  close?(): void;
}
