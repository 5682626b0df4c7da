// What language the Latin letters of first words are in, for the engine: by the same list that keeps them apart for the classifier.
import type { Found, Input, Session } from '../engine/types.js';
import type { House } from './house.js';

/** Where the engine looks for it among what it is given; recorded with the turn. */
const KEY = 'tongue';

/** Only until the person's language is known. */
export function tongueFor(
  { tongue }: Pick<House, 'tongue'>,
  session: Session | null,
  input: Input,
): Record<string, Found> {
  if (input.kind !== 'message' || input.choice !== undefined || !input.text) return {};
  if (session?.met === true && session.languageOpen !== true) return {};
  const heard = tongue?.(input.text);
  return heard ? { [KEY]: { outcome: heard.kind, ...(heard.sure && { values: { sure: 'yes' } }) } } : {};
}
