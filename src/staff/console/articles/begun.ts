// What a new article begins with: the questions that asked for it. Stays as long as the page, and nowhere else.

export interface Begun {
  /** Their masked words. */
  texts: readonly string[];
  /** Ids of the questions, which the article settles when it stands. */
  questions: readonly string[];
}

const NOTHING: Begun = { texts: [], questions: [] };
let begun = NOTHING;

export function beginWith(next: Begun = NOTHING): void {
  begun = next;
}

export function begunWith(): Begun {
  return begun;
}
