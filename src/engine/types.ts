/**
 * The words of the engine: what a compiled flow set is, what a session holds, what comes in and what goes out.
 * Everything here is plain JSON, so that a set can be stored by its hash and a session survives any restart.
 */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** `ar`, `en`, … The first language of a pack is its default. */
export type Language = string;
/** One text in every language of the pack, in the template language of `engine/text/template.ts`. */
export type Text = Readonly<Record<Language, string>>;

/** How private an answer is. `sensitive` needs consent first; `confidential` leaves only a marker in the staff transcript. */
export type PrivacyClass = 'public' | 'personal' | 'sensitive' | 'confidential';

/** Where a jump leads: a step or an end of the same flow, `flow/<id>` (a new run), or `resume` (the parked draft). */
export type Target = string;

// ── Conditions ─────────────────────────────────────────────────────────────────────────────────────────────────────

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
  /** Choices that a look-up found at run time: the name of its `as`. */
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
 * `own_cases` → none | one | many; `own_case` (with: number) → found | none;
 * `case_by_number` (with: number, last_four) → found | none | locked; `articles` (with: question) → answered | unsure | none.
 */
export type LookUpKind = 'own_cases' | 'own_case' | 'case_by_number' | 'articles';

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
}

export interface Flow {
  readonly id: string;
  readonly title: Text;
  readonly steps: readonly Step[];
  readonly ends: Readonly<Record<string, End>>;
}

// ── Flow sets ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type GlobalWord = 'menu' | 'back' | 'cancel' | 'help' | 'person' | 'language' | 'skip' | 'yes' | 'no' | 'edit' | 'negation' | 'greeting' | 'thanks';

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

// ── Session ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Answers = Record<string, Json>;

/** One passage through a flow. */
export interface Frame {
  flow: string;
  run: string;
  /** The step that waits for an answer (or the call step, when another frame lies above). */
  step: string;
  answers: Answers;
  /** Outcomes and values of look-ups, by `as`. */
  found?: Record<string, Found>;
  /** Questions asked so far, oldest first: what "back" walks. */
  trail: string[];
  /** Wrong answers at this step. */
  tries?: number;
  /** A correction is under way: pass over answered questions until this step. */
  until?: string;
  /** Drawn once; kept so that a repeated submit gives the same number. */
  number?: string;
}

export interface Found {
  outcome: string;
  values?: Record<string, string>;
  choices?: { id: string; label: string; hint?: string }[];
}

/** A question the engine itself put between: is this word an answer or a wish? cancel really? */
export type Pending =
  | { about: 'word'; word: GlobalWord; text: string }
  | { about: 'cancel' }
  | { about: 'language' }
  | { about: 'resume' }
  | { about: 'field' };

/** The conversation is in staff's hands; the bot is silent once somebody took it. */
export interface Hold {
  since: number;
  /** Staff id once taken. */
  by?: string;
  /** The deadline was announced. */
  late?: boolean;
}

export interface Session {
  v: 1;
  /** Hash of the flow set that the run stands in. */
  set: string;
  language: Language;
  /** Bottom first; the last frame is active. Empty: between runs. */
  stack: Frame[];
  pending?: Pending;
  hold?: Hold;
  /** Unfinished runs put aside, newest last. */
  parked?: Frame[][];
  /** Set after the first turn of a conversation. */
  met?: boolean;
  optedOut?: boolean;
  /** Messages in the running minute, and whether the one notice was given. */
  pace?: { from: number; n: number; told?: boolean; same?: number; last?: string };
  /** When the step began to wait; silence is measured from here. */
  since?: number;
}

// ── In and out ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface FileRef {
  id: string;
  name: string;
  mime: string;
  bytes: number;
}

export type MediaKind = 'voice' | 'video' | 'sticker' | 'contact' | 'reaction' | 'edit' | 'deleted' | 'unknown';

export interface PersonInput {
  kind: 'message';
  text?: string;
  /** The opaque id of a tapped option, as given out in a `say` effect. */
  choice?: string;
  files?: FileRef[];
  location?: { lat: number; lon: number; label?: string };
  /** A kind of thing no step asks for. */
  media?: MediaKind;
  /** Files or the body that were refused at the edge: a key under `edge.` in texts, with values for it. */
  refused?: { key: string; values?: Record<string, string | number> }[];
  /** The channel's guess of the person's language, used at the first contact only. */
  language?: Language;
}

export type Input =
  | PersonInput
  | { kind: 'staff'; act: 'take' | 'hand_back'; by: string; name: string }
  | { kind: 'staff'; act: 'reply'; by: string; name: string; text: string; file?: FileRef }
  | { kind: 'timer'; due: DueKind }
  | { kind: 'case'; event: 'status' | 'message'; number: string; status?: string; text?: string; by?: string }
  | { kind: 'system'; event: 'send_failed'; detail?: string };

export type DueKind = 'silence' | 'handoff';
export interface Due {
  kind: DueKind;
  at: number;
}

export interface Option {
  /** Opaque; comes back as `PersonInput.choice`. */
  id: string;
  label: string;
  hint?: string;
}

export interface SayEffect {
  kind: 'say';
  author: 'bot' | 'staff';
  text: string;
  options?: Option[];
  /** What the question expects, for channels that can help: a file button, stars, a number pad. */
  expects?: 'file' | 'stars' | 'number' | 'date' | 'text' | 'choice';
  file?: FileRef;
  by?: string;
  /** Where it was said, for counts. */
  step?: string;
}

export type Effect =
  | SayEffect
  | {
      kind: 'submission';
      run: string;
      flow: string;
      opens: string;
      number: string;
      language: Language;
      answers: Answers;
      /** One line per answer for staff: name, label, shown value, privacy class. */
      shown: ShownAnswer[];
      consent?: ConsentGiven;
      declaration?: { version: string; name: string; digest: string };
      files: FileRef[];
    }
  | ({ kind: 'consent'; run: string } & ConsentGiven)
  | { kind: 'handoff'; reason: HandoffReason; run?: string }
  | { kind: 'handback' }
  | { kind: 'danger'; danger: DangerRule['kind'] }
  | { kind: 'rating'; service: string; score: number; comment?: string }
  | { kind: 'unanswered'; question: string }
  | { kind: 'optout'; out: boolean };

export type HandoffReason = 'asked' | 'wrong_answers' | 'danger' | 'flow' | 'repeating' | 'failure';

export interface ConsentGiven {
  version: string;
  given: boolean;
  language: Language;
  at: number;
}

export interface ShownAnswer {
  name: string;
  label: Text;
  value: string;
  class: PrivacyClass;
  type: string;
  files?: FileRef[];
}

/** A read that the engine cannot do itself. The shell answers with a `Found` under the same key and steps again. */
export interface Need {
  key: string;
  what: LookUpKind;
  with: Record<string, string>;
}

export interface StepContext {
  now: number;
  /** New ids and numbers, from outside so that a turn can be replayed. */
  ids: { run(): string; number(): string };
  /** Answers to needs so far, by `Need.key`. */
  given?: Readonly<Record<string, Found>>;
  channel?: string;
}

export interface StepResult {
  session: Session;
  effects: Effect[];
  /** The one timer of the conversation, or none. */
  due: Due | null;
  /** Present: nothing else counts; answer it and step again from the same session. */
  need?: Need;
  /** How the input was read, and which question it answered: for the record and the transcript's privacy class. */
  read: { as: ReadAs; flow?: string; step?: string; class?: PrivacyClass };
}

export type ReadAs =
  | 'start' | 'button' | 'stale' | 'choice' | 'word' | 'answer' | 'correction' | 'question' | 'wrong'
  | 'silent' | 'timer' | 'staff' | 'case' | 'system' | 'pace';

// ── Answer types ───────────────────────────────────────────────────────────────────────────────────────────────────

/** What an answer type reads. `text` is cleaned (engine/text/clean), `plain` also normalised for matching. */
export interface AnswerInput {
  text: string;
  plain: string;
  files: readonly FileRef[];
  location?: { lat: number; lon: number; label?: string };
}

/** A value, or why not: `wrong` is a key under `answers.<type>.` in texts, with values for its template. */
export type Reading = { value: Json } | { wrong: string; values?: Record<string, string | number> };

export interface AnswerType {
  readonly name: string;
  /** Takes any words: a global word typed here is asked back instead of obeyed. */
  readonly freeText: boolean;
  readonly expects: NonNullable<SayEffect['expects']>;
  read(input: AnswerInput, options: Readonly<Record<string, Json>>, now: number): Reading;
  /** For reviews and staff; `masked` hides what a bystander should not read. */
  show(value: Json, language: Language, masked: boolean): string;
}
