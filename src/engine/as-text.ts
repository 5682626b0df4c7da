/** An answer's value as a word: how conditions, look-ups and jumps see it. */
import type { Answers, Json } from './types.js';

/** The answers without one of them. */
export function without(answers: Answers, name: string): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => id !== name));
}

export function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
