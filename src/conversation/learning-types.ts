// What the learning loop hands to staff and takes from them: plain JSON for the console's API.
import type { Comparison } from '../inquiries/index.js';
import type { Text } from '../engine/types.js';
import type { QuestionRow } from '../store/contract.js';
import type { Staff } from './desk-types.js';

export interface QuestionLine {
  id: string;
  kind: QuestionRow['kind'];
  text: string;
  count: number;
  language: string;
  /** `YYYY-MM` */
  month: string;
}

/** Questions that ask the same, the most asked first. */
export interface QuestionCluster {
  questions: QuestionLine[];
  asked: number;
  /** What the model that answers now takes it for, likeliest first; names of intents. */
  guesses: string[];
  /** How far the best guess lies before the second; 0 where there is none. */
  lead: number;
}

/** What a question can be taught to mean. */
export interface Meaning {
  intent: string;
  /** What belongs to it. */
  about: Text;
  /** The title of the article that answers it. */
  title: Text;
}

export interface LessonLine {
  id: string;
  text: string;
  intent: string;
  by: string;
  at: number;
  /** The model that answers now knows it. */
  learned: boolean;
}

/** What a candidate was found to be, and how its lessons count beside written examples; 0: they are answered by their words alone. */
export type Trial = Comparison & { weight: number };

export interface ModelLine {
  id: string;
  at: number;
  lessons: number;
  figures: Trial;
  /** It was compared with the model that answers now, from the same pack, and neither figure drops. */
  fit: boolean;
  promotedBy: string | null;
  promotedAt: number | null;
}

export interface LearningOverview {
  clusters: QuestionCluster[];
  meanings: Meaning[];
  /** Those that stand, newest first. */
  lessons: LessonLine[];
  training: 'idle' | 'running' | 'failed';
  /** Null: the pack alone. */
  current: ModelLine | null;
  /** The newest that was compared with the current one and did not answer yet. */
  candidate: ModelLine | null;
  /** The borders of the model that answers now, with what others would do; null while search alone answers. */
  bands: {
    answer: number;
    offer: number;
    curve: readonly { border: number; answered: number; right: number; strays: number }[];
  } | null;
}

export interface LearningContract {
  overview(staff: Staff): Promise<LearningOverview>;
  /** `intent`: the name of a meaning, or `stray`. */
  teach(questions: readonly string[], intent: string, staff: Staff): Promise<void>;
  takeBack(lesson: string, staff: Staff): Promise<void>;
  /** Deletes questions that nobody should keep. */
  drop(questions: readonly string[], staff: Staff): Promise<void>;
  /** Begins to train a candidate and to compare it; `conflict` while one is under way. Resolves at once. */
  train(staff: Staff): Promise<void>;
  /** Administrators only. `conflict`: it is not fit, or something else answers meanwhile. */
  promote(model: string, staff: Staff): Promise<void>;
  /** Administrators only: the model before answers again. */
  goBack(model: string, staff: Staff): Promise<void>;
}
