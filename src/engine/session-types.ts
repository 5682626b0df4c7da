/** What a session holds between turns: plain JSON, so that it survives any restart. */
import type { Json, Language, PrivacyClass } from './flow-types.js';
import type { GlobalWord } from './global-words.js';

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
  /** The way that led here: questions in the order they were come by, those of called flows too; the waiting one is last. */
  trail: string[];
  /** Told beforehand and confirmed, for questions further on; of the run's first frame. It stands as an answer once its question is come by. */
  ahead?: Answers;
  /** The person was reminded of this run; on its first frame. */
  reminded?: true;
  /** Wrong answers at this step. */
  tries?: number;
  /** Part of the way is walked again. */
  retrace?: Retrace;
  /** Drawn once; kept so that a repeated submit gives the same number. */
  number?: string;
  /** Frames of called flows that are gone back into when this one comes to its call again: the run was carried over to a newer set. */
  above?: Frame[];
  /** Of a called flow that is passed anew: how the frames below stood before, bottom first. They stand so again when it is left half-way. */
  before?: Stood[];
}

/** What a frame knew of its way at some moment. */
export type Stood = Pick<Frame, 'answers' | 'trail' | 'retrace'>;

/** The way is walked again, after a correction or in a newer set: what was answered is given back as its questions are come by. */
export interface Retrace {
  /** Answers that were not come by yet. */
  kept: Answers;
  /** The question that is asked again, though it has an answer. */
  redo?: string;
  /** The step where the person stood: when it is reached, the way is as long as it was. */
  until?: string;
  /** What was not come by until then is given back all the same: the way went in circles, or through an older set. */
  loose?: true;
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
  | { about: 'rest' }
  | { about: 'language' }
  | { about: 'resume'; flow: string }
  | { about: 'field' }
  | { about: 'told'; values: { name: string; value: Json }[] }
  | { about: 'articles'; offered: { id: string; label: string }[] }
  | { about: 'helpful' };

/** The conversation is in staff's hands; the bot is silent once somebody took it. */
export interface Hold {
  since: number;
  /** Staff id once taken. */
  by?: string;
  /** Since when the person has been waiting for a word of staff. */
  owed?: number;
  /** The person was told, after writing on, that staff know. */
  told?: boolean;
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
  /** The person wants no messages (they said so, or blocked us): nothing is said unasked until they write again. */
  rest?: { since: number; by: 'person' | 'channel' };
  /** Unfinished runs put aside, newest last. */
  parked?: Frame[][];
  /** What the last answered question was about: "and how long?" points back to it. */
  topic?: string;
  /** The turn before answered a question from the articles, beside what was asked or by beginning a flow: what is said now may be about that answer. */
  answered?: 'beside' | 'begun';
  /** Nothing told the person's language yet: it was guessed, and their next words may still tell it. */
  languageOpen?: true;
  /** Set after the first turn of a conversation. */
  met?: boolean;
  /** The running minute: all messages, those that brought nothing on, and whether the one notice was given. */
  pace?: { from: number; all: number; idle: number; told?: boolean; same?: number; last?: string };
  /** When the step began to wait; silence is measured from here. */
  since?: number;
  /** The run was carried over to a newer set, and the person has not been asked anything since. */
  carried?: Carried;
}

/** The question that the person was asked before their run was carried over. */
export interface Carried {
  run: string;
  /** Its names and privacy class of then: what comes now answers that question. */
  flow: string;
  step: string;
  class: PrivacyClass;
  /** Where it stands now, when it still reads as it did. */
  now?: { flow: string; step: string };
}
