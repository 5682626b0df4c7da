/** What comes into a turn and what goes out of it. */
import type { Language, LookUpKind, PrivacyClass, Text } from './flow-types.js';
import type { Answers, Found, Frame, Session } from './session-types.js';
import type { DangerRule } from './set-types.js';

export interface FileRef {
  id: string;
  name: string;
  mime: string;
  bytes: number;
}

export type MediaKind = 'voice' | 'video' | 'sticker' | 'contact' | 'reaction' | 'edit' | 'deleted' | 'unknown';

/** A message that answers nothing. Not `proven`: nothing shows that it comes from the person. With a `letter`, it is one to the charity. */
export interface Beginning {
  proven: boolean;
  letter?: { sender: string; subject: string };
}

export interface PersonInput {
  kind: 'message';
  begins?: Beginning;
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
  /** At the desk, for a person who is there: a flow begun, an answer of theirs asked again. */
  | { kind: 'staff'; act: 'begin'; by: string; name: string; flow: string; language: Language }
  | { kind: 'staff'; act: 'correct'; by: string; name: string; field: string }
  | { kind: 'staff'; act: 'reply'; by: string; name: string; text: string; file?: FileRef; template?: FilledTemplate }
  | { kind: 'timer'; due: DueKind }
  | { kind: 'case'; event: 'status' | 'message'; number: string; status?: string; text?: string; by?: string }
  | { kind: 'system'; event: 'send_failed'; detail?: string }
  /** The channel says that this person cannot be reached: blocked, deactivated, opted out. `at`: when it said so. */
  | { kind: 'system'; event: 'unreachable'; at: number }
  /** This conversation was linked with one on another channel: what is unfinished here goes there. */
  | { kind: 'system'; event: 'give'; transfer: string; channel: string }
  /** The unfinished run of a linked conversation, as it stands in the set of this turn. */
  | { kind: 'system'; event: 'take'; transfer: string; channel: string; draft: Frame[] }
  /** A conversation on another channel is no longer linked with this one. */
  | { kind: 'system'; event: 'separated'; channel: string };

export type DueKind = 'silence' | 'reminder' | 'handoff';
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

/** An approved template with its parameters in place. */
export interface FilledTemplate {
  id: string;
  /** Name and language as the provider knows them. */
  name: string;
  code: string;
  parameters: string[];
  /** What the person reads. */
  text: string;
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
  /**
   * The approved template for it. `only`: it is what is said. After a reply window it goes instead of the words, or before words that wait
   * for the person to write.
   */
  template?: FilledTemplate & { goes: 'only' | 'instead' | 'before' };
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
  | { kind: 'opted_out'; by: 'person' | 'channel' }
  | { kind: 'danger'; danger: DangerRule['kind'] }
  /** Somebody uses the charity's name, asks for a code or for money: staff are told. */
  | { kind: 'fraud' }
  | { kind: 'rating'; service: string; score: number; comment?: string }
  | { kind: 'unanswered'; question: string }
  /** The person said that the answer of the turn before was none to their question. */
  | { kind: 'unhelpful' }
  /** The answer to `give`: the run, or nothing was unfinished. */
  | { kind: 'gift'; transfer: string; draft: Frame[] | null };

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
  /** The language of the turn, which a first message or a wish of the person may just have set: what is found is said in it. */
  language: Language;
}

export interface StepContext {
  now: number;
  /** New ids and numbers, from outside so that a turn can be replayed. */
  ids: { run(): string; number(): string };
  /**
   * Answers to needs so far, by `Need.key`. Under `rule` the exact rule that the words fall under: its kind as outcome. Under `asked`: the question
   * of the turn before will be put before staff when its answer did not help.
   */
  given?: Readonly<Record<string, Found>>;
  channel?: string;
  /** A member of staff fills in for the person: wrong answers are asked again and never lead away. */
  attended?: boolean;
  /** Most messages a minute that bring nothing on (three times as many of any kind), and most equal ones in a row; none: no bound. */
  pace?: { perMinute: number; same: number };
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
  | 'start'
  | 'button'
  | 'stale'
  | 'choice'
  | 'word'
  | 'answer'
  | 'correction'
  | 'question'
  | 'wrong'
  | 'silent'
  | 'timer'
  | 'staff'
  | 'case'
  | 'system'
  | 'pace';
