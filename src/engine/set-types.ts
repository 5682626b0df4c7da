/** What a compiled flow set holds: everything that a session needs, stored by its hash. */
import type { Flow, Language, Text } from './flow-types.js';

export type GlobalWord =
  | 'menu'
  | 'back'
  | 'cancel'
  | 'help'
  | 'person'
  | 'language'
  | 'skip'
  | 'yes'
  | 'no'
  | 'edit'
  | 'negation'
  | 'greeting'
  | 'thanks'
  | 'courtesy'
  | 'asking';

export interface DangerRule {
  readonly kind: 'medical' | 'self_harm' | 'violence';
  /** A message with one of these phrases (normalised, whole words) and none of `unless` gets the safety text and a person. */
  readonly phrases: readonly string[];
  readonly unless: readonly string[];
  readonly say: Text;
}

export interface CharityFacts {
  readonly id: string;
  readonly name: Text;
  readonly zone: string;
  /** `{charity.<key>}` in texts. */
  readonly facts: Readonly<Record<string, Text>>;
  /** Working hours, 0 = Sunday; minutes from midnight in `zone`. */
  readonly hours: readonly { readonly day: number; readonly from: number; readonly to: number }[];
  /** The policy's least time for a decision, in days. */
  readonly decisionMinDays: number;
  /** How long a person waits for staff before the bot speaks again, in milliseconds. */
  readonly handoffDeadline: number;
}

/** Everything a session needs, compiled; stored by `hash`. */
export interface FlowSet {
  readonly version: 1;
  readonly hash: string;
  readonly charity: CharityFacts;
  readonly languages: readonly Language[];
  readonly start: string;
  /** False: a first message only opens the conversation and is not read as an answer. */
  readonly readFirst: boolean;
  readonly flows: Readonly<Record<string, Flow>>;
  /** The flow that a global word opens, e.g. menu → `menu`. */
  readonly doors: Readonly<Partial<Record<GlobalWord, string>>>;
  readonly words: Readonly<Record<GlobalWord, Readonly<Record<Language, readonly string[]>>>>;
  readonly danger: readonly DangerRule[];
  /** The engine's own phrases, keyed `engine.*` and `answers.*`; see flows/texts. */
  readonly texts: Readonly<Record<string, Text>>;
  /** Whether free questions are looked up among articles. */
  readonly inquiries: boolean;
}
