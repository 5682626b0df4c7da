/** What a compiled flow is: plain JSON. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** `ar`, `en`, … The first language of a pack is its default. */
export type Language = string;
/** One text in every language of the pack, in the template language of `engine/text/template.ts`. */
export type Text = Readonly<Record<Language, string>>;

/** How private an answer is. `sensitive` needs consent first; `confidential` leaves only a marker in the staff transcript. */
export type PrivacyClass = 'public' | 'personal' | 'sensitive' | 'confidential';

/** Where a jump leads: a step or an end of the same flow, `flow/<id>` (a new run), or `resume` (the parked draft). */
export type Target = string;

/** One test on an answer or fact: it holds when the value (or one of several) is in `in`; `answered` when `in` is absent. */
export interface Test {
  readonly name: string;
  readonly in?: readonly string[];
  readonly not?: boolean;
}
/** All tests must hold. Names are answers, outcomes of look-ups, or facts: `draft`, `first`, `channel`, `language`, `open`. */
export type Condition = readonly Test[];

// ── Steps ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Choice {
  readonly id: string;
  readonly label: Text;
  /** The longer line under a label, where the channel has room for it. */
  readonly hint?: Text;
  /** Other words that mean this choice, per language; matched exactly after normalising. */
  readonly also?: Readonly<Record<Language, readonly string[]>>;
  readonly onlyIf?: Condition;
  readonly go?: Target;
}

interface StepBase {
  readonly id: string;
  /** The step is passed over when this does not hold. */
  readonly onlyIf?: Condition;
  /** Where to go afterwards; the next step in order when absent. */
  readonly go?: Target;
}

export interface SayStep extends StepBase {
  readonly kind: 'say';
  readonly say: Text;
}

/** What all questions share. The id of the step is the name of its answer. */
export interface Question extends StepBase {
  readonly ask: Text;
  /** How the answer is called in a review, and by a person who corrects it. */
  readonly short?: Text;
  readonly class: PrivacyClass;
  /** Replaces the reason and the question when an answer is not understood. */
  readonly again?: Text;
  /** Jumps by value (choice id, `yes`/`no`, `skipped`); wins over `go`. */
  readonly on?: Readonly<Record<string, Target>>;
  readonly wrong: WrongExit;
  readonly silence: SilenceExit;
}

export interface AskStep extends Question {
  readonly kind: 'ask';
  /** The name of an answer type in `engine/answers`; `choice` and `choices` use `choices` below. */
  readonly answer: string;
  readonly options?: Readonly<Record<string, Json>>;
  readonly choices?: readonly Choice[];
  /** Choices that a look-up found at run time: the name of its `as`. They stand before `choices`. */
  readonly choicesFrom?: string;
  readonly optional?: boolean;
  /** Choices are part of the question's words; no buttons are shown. */
  readonly plain?: boolean;
  /** A yes or no that must be said, never guessed: no near-miss decides it. */
  readonly exact?: boolean;
  /** `stars` for ratings; a channel that can, draws it. */
  readonly look?: 'stars';
}

/** Asks leave to keep and use what follows. A yes is recorded with the text's version; sensitive questions need one before them. */
export interface ConsentStep extends Question {
  readonly kind: 'consent';
  readonly version: string;
}

/** The person declares the answers true by typing the name given in `signs`; recorded with a digest of the answers. */
export interface DeclarationStep extends Question {
  readonly kind: 'declaration';
  readonly version: string;
  readonly signs: string;
}

/** Shows the answers and asks: right, correct one, or cancel. Only answered steps are shown. */
export interface ReviewStep extends Question {
  readonly kind: 'review';
  readonly fields: readonly string[];
}

export interface BranchStep extends StepBase {
  readonly kind: 'branch';
  readonly cases: readonly { readonly if?: Condition; readonly go: Target }[];
}

/** Runs another flow and comes back: its answers join this run's, so names may not clash. */
export interface CallStep extends StepBase {
  readonly kind: 'call';
  readonly flow: string;
  /** Jumps by the name of the end that the called flow reached. */
  readonly on?: Readonly<Record<string, Target>>;
}

/** Asks the shell for a read. The outcome becomes a fact named `as`; `on` jumps by it. */
export interface LookUpStep extends StepBase {
  readonly kind: 'look_up';
  readonly what: LookUpKind;
  readonly as: string;
  /** Answers handed to the look-up: parameter → answer name. */
  readonly with?: Readonly<Record<string, string>>;
  readonly on?: Readonly<Record<string, Target>>;
}
/**
 * `own_cases`, `own_open` (neither closed nor withdrawn), `own_decided` (aid that was decided) → none | one | many;
 * `own_case` (with: number) → found | none;
 * `case_by_number` (with: number, last_four) → found | none | locked; `articles` (with: question) → answered | unsure | none;
 * `link_code` makes a code for another channel → ready | none; `link_check` (with: code) what it would link → found | own | none;
 * `link_use` (with: code) links → moving (a draft comes) | linked | none; `linked` → found | none; `link_end` separates → ended | none.
 * These act, and are asked again when a turn is played again: within one turn they give one answer and act once. `upload_link` is the
 * engine's own.
 */
export type LookUpKind =
  | 'own_cases'
  | 'own_open'
  | 'own_decided'
  | 'own_case'
  | 'case_by_number'
  | 'articles'
  | 'link_code'
  | 'link_check'
  | 'link_use'
  | 'linked'
  | 'link_end'
  | 'upload_link';

/** Records a score apart from any case or contact. */
export interface RecordRatingStep extends StepBase {
  readonly kind: 'record_rating';
  readonly service: string;
  readonly score: string;
  readonly comment?: string;
}

/** Files the answers as a submission with a number; the number is then `{number}` in texts. */
export interface SubmitStep extends StepBase {
  readonly kind: 'submit';
  readonly opens: string;
}

export type AskingStep = AskStep | ConsentStep | DeclarationStep | ReviewStep;
export type Step = SayStep | AskingStep | BranchStep | CallStep | LookUpStep | RecordRatingStep | SubmitStep;

/** After `tries` wrong answers go there; `any` keeps asking. */
export interface WrongExit {
  readonly tries: number | 'any';
  readonly go?: Target;
}
/** After `after` milliseconds without a word go there. */
export interface SilenceExit {
  readonly after: number;
  readonly go: Target;
  /** Milliseconds after which an unfinished request that can be kept is reminded of, once. */
  readonly remind?: number;
}

export interface End {
  readonly id: string;
  readonly say?: Text;
  readonly submit?: string;
  readonly handoff?: boolean;
  /** Keep the answers: the person finds them again under `resume`. */
  readonly park?: boolean;
  /** Where the person goes next: `flow/<id>`. */
  readonly then?: Target;
  /** The approved template that may say this where a channel's reply window is over. */
  readonly template?: string;
}

export interface Flow {
  readonly id: string;
  readonly title: Text;
  readonly steps: readonly Step[];
  readonly ends: Readonly<Record<string, End>>;
  readonly moved?: Moved;
}

/** What became of people and answers of earlier versions of a flow. */
export interface Moved {
  /** Former step → where whoever stands there goes: a step or end of this flow, or `flow/<id>`. */
  readonly steps: Readonly<Record<string, Target>>;
  /** Former answer → its name now; null: forgotten. */
  readonly answers: Readonly<Record<string, string | null>>;
  /** Former flows whose people this one takes over. */
  readonly flows: readonly string[];
}
