/** Puts questions that ask the same side by side, so that staff look at them once. */

/** From this likeness on, two questions are shown side by side. A chosen border, not a measured one: a wrong neighbour costs staff one look. */
const ALIKE = 0.6;

export interface Clusterable {
  readonly text: string;
  /** How often it was asked. */
  readonly count: number;
}

/**
 * Groups by likeness to the most asked question of each group, which stands first. Every question is in exactly one group; groups come
 * in the order of their first questions.
 */
export function cluster<T extends Clusterable>(
  questions: readonly T[],
  likeness: (a: string, b: string) => number,
): T[][] {
  const groups: [T, ...T[]][] = [];
  for (const question of [...questions].sort((a, b) => b.count - a.count)) {
    const home = groups.find(([first]) => likeness(first.text, question.text) >= ALIKE);
    if (home) home.push(question);
    else groups.push([question]);
  }
  return groups;
}

/** What teaching a group is worth: asked often, and the model wavers between its two best guesses. `lead` is how far they are apart. */
export function worth(asked: number, lead: number): number {
  return asked / (WAVER + Math.max(0, lead));
}

/** Keeps the worth of a tie finite: a question asked once, on the edge, is worth as much as a clear one asked five times. */
const WAVER = 0.25;
