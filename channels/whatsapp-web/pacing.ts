// How long somebody would type these words.
import { typing } from './limits.js';

/** Milliseconds; `random` is 0 to 1. */
export function typingTime(text: string, random: number): number {
  const usual = Math.min(typing.most, Math.max(typing.least, text.length * typing.perLetter));
  return Math.round(usual * (1 + typing.jitter * (2 * random - 1)));
}
