/** Questions that were not answered well, what staff taught about them, and the models that came of it. Nothing here leads to a person. */
import type { Sealed } from './contract-turns.js';

/** A question as a turn writes it down. Its id has no time in it, and no conversation is named. */
export interface NewQuestion {
  id: string;
  /** `unsure`: "did you mean" was asked. `unhelpful`: the answer did not help. `handed_off`: staff were asked for after it. */
  kind: 'unsure' | 'unanswered' | 'unhelpful' | 'handed_off';
  language: string;
  /** `YYYY-MM`, in which it was last asked. */
  month: string;
  /** Keyed hash of its masked words: the same words of the same kind are counted, not kept twice. */
  key: string;
  /** The masked words, under the installation's key. */
  sealed: Sealed;
}
export interface QuestionRow extends NewQuestion {
  count: number;
  /** `taught` and `stray`: a lesson stands under its key. */
  state: 'open' | 'taught' | 'stray';
}

/** What staff taught about a question. Never changed: a later one for the same key ends it. */
export interface LessonRow {
  id: string;
  /** The question's key. */
  key: string;
  /** Name of an intent; `stray`: nobody here answers such a thing. */
  intent: string;
  /** Staff id. */
  by: string;
  at: number;
  endedAt: number | null;
  /** The masked words, under the installation's key. */
  sealed: Sealed;
}

/** A model that was trained and compared: the pack and these lessons. */
export interface ModelRow {
  id: string;
  /** What it was trained from, as a hash. */
  hash: string;
  /** Ids of lessons. */
  lessons: string[];
  /** What the comparison found, as JSON. */
  figures: string;
  at: number;
  /** The model that it was compared with; null: the pack alone. */
  previous: string | null;
  /** Staff id; null: it never answered. */
  promotedBy: string | null;
  promotedAt: number | null;
  withdrawnAt: number | null;
}

export interface Questions {
  /** Open ones, the most often asked first. */
  open(limit: number): Promise<QuestionRow[]>;
  /** Writes lessons; questions with their keys are settled. */
  teach(lessons: readonly Omit<LessonRow, 'endedAt'>[]): Promise<void>;
  /** Ends a lesson; its questions are open again. False: there is none, or it ended before. */
  unteach(lesson: string, at: number): Promise<boolean>;
  /** Deletes questions. */
  drop(ids: readonly string[]): Promise<void>;
  /** Oldest first; those that ended too, as long as a promoted model knows them. */
  lessons(): Promise<LessonRow[]>;
  keepModel(model: Omit<ModelRow, 'promotedBy' | 'promotedAt' | 'withdrawnAt'>): Promise<void>;
  model(id: string): Promise<ModelRow | null>;
  /** The one that answers; null: the pack alone. */
  currentModel(): Promise<ModelRow | null>;
  /** Newest first. */
  models(limit: number): Promise<ModelRow[]>;
  /** False: unknown, promoted before, or another one than its `previous` answers meanwhile. */
  promote(id: string, by: string, at: number): Promise<boolean>;
  /** The one before answers again. False: it is not the one that answers. */
  withdraw(id: string, at: number): Promise<boolean>;
}

/** More open questions than this nobody reads: the least asked go. */
export const MOST_QUESTIONS = 1_000;
