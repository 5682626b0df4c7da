/** Codes that were hidden before the message came here: dots where digits stood, which a plain form would drop. */

/** Stands in a plain form for them: no word of a person's has it. */
export const HIDDEN = '•••';

export function hidesCode(text: string): boolean {
  return text.includes(HIDDEN);
}
