/** What an answer type is: one file each in `engine/answers`. */
import type { Json, Language } from './flow-types.js';
import type { FileRef, SayEffect } from './turn-types.js';

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
  /** An identifier that a bystander could misuse: masked even in the person's own review. */
  readonly identifier?: boolean;
  readonly expects: NonNullable<SayEffect['expects']>;
  read(input: AnswerInput, options: Readonly<Record<string, Json>>, now: number): Reading;
  /** For reviews and staff; `masked` hides what a bystander should not read. */
  show(value: Json, language: Language, masked: boolean): string;
}
