/** The words that are understood wherever a person is. */

/** Those that every pack names in each of its languages. */
export const globalWords = [
  'menu',
  'back',
  'cancel',
  'help',
  'person',
  'language',
  'skip',
  'yes',
  'no',
  'edit',
  'negation',
  'greeting',
  'thanks',
] as const;

/** Words that help reading but that a pack may leave out. */
export const helpingWords = ['courtesy', 'asking', 'unhelpful', 'rest', 'link', 'code', 'separate', 'upload'] as const;

export type GlobalWord = (typeof globalWords)[number] | (typeof helpingWords)[number];

/** Something for each of the words. */
export function forEachWord<T>(make: (word: GlobalWord) => T): Record<GlobalWord, T> {
  const made = [...globalWords, ...helpingWords].map((word) => [word, make(word)]);
  return Object.fromEntries(made) as Record<GlobalWord, T>;
}
