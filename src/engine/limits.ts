/** Every bound of the engine in one place. */
export const limits = {
  /** Steps that one turn may pass before it counts as a loop. */
  stepsPerTurn: 500,
  /** Flows called from flows. */
  stackDepth: 8,
  /** Questions that "back" remembers. */
  trail: 60,
  /** Unfinished runs kept aside for one person. */
  parked: 3,
  /** UTF-16 units of a person's message that are read. */
  text: 4096,
  /** And of a letter, which is kept but not read. */
  letter: 20_000,
  /** Files in one answer. */
  files: 10,
} as const;
