/** What a compiled flow set holds: everything that a session needs, stored by its hash. */
import type { Flow, Language, Text } from './flow-types.js';
import type { GlobalWord } from './global-words.js';

export interface DangerRule {
  readonly kind: 'medical' | 'self_harm' | 'violence';
  /** A message with one of these phrases (normalised, whole words) and none of `unless` gets the safety text and a person. */
  readonly phrases: readonly string[];
  readonly unless: readonly string[];
  readonly say: Text;
}

/** What hearing danger needs besides its rules. */
export interface DangerWords {
  /** Words of this moment: what stands after the last of them is read by itself too, for no history before it excuses it. */
  readonly now: readonly string[];
  /** Whole messages that only sound like danger to whoever learned how it sounds. */
  readonly calm: readonly string[];
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
  /** Channels on which a link of our own is offered for sensitive papers; absent: those without a provider behind them. */
  readonly papersByLink?: readonly string[];
}

/**
 * When an approved template speaks: a case's status is told, staff's words about a case wait, staff choose it, or a flow's end names it.
 */
export type TemplatePurpose = 'status' | 'message' | 'staff' | 'end';

/** Words that a provider approved beforehand: they may be said after a reply window. */
export interface ApprovedTemplate {
  readonly id: string;
  /** Its name at the provider. */
  readonly name: string;
  readonly purposes: readonly TemplatePurpose[];
  /** What staff call it. */
  readonly title: Text;
  /** The provider's code of each language: `ar`, `en_US`. */
  readonly codes: Readonly<Record<Language, string>>;
  /** As the person reads it, with {{1}}, {{2}}… for the parameters. */
  readonly text: Text;
  readonly parameters: readonly { readonly id: string; readonly label: Text }[];
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
  /** Absent in sets of earlier versions. */
  readonly dangerWords?: DangerWords;
  /** The engine's own phrases, keyed `engine.*` and `answers.*`; see flows/texts. */
  readonly texts: Readonly<Record<string, Text>>;
  /** By id; absent in sets of earlier versions. */
  readonly approved?: Readonly<Record<string, ApprovedTemplate>>;
  /** Whether free questions are looked up among articles. */
  readonly inquiries: boolean;
}
