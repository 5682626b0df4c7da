/** Every bound of the flow language in one place. */
export const languageLimits = {
  /** Characters of one file. */
  fileLength: 8_000_000,
  /** Levels of nesting in one file. */
  depth: 24,
  /** Repetitions (`*name`) in one file. */
  aliases: 100,
  /** Steps of one flow, each-steps written out. */
  steps: 10_000,
  /** Ends of one flow. */
  ends: 200,
  /** Choices of one question, items of one list. */
  choices: 200,
  /** Flows of one pack. */
  flows: 200,
  /** UTF-16 units of one text. */
  text: 4_000,
  /** Answers about ways through one flow that are remembered while it is checked. */
  waysKept: 64,
  /** Letters of a finding's message. */
  message: 300,
  /** The least and the most that a silence may last, in milliseconds. */
  silence: { least: 60_000, most: 400 * 86_400_000 },
  /** A reminder comes no later, so that even one that waits for the morning lies in the tightest reply window; and so long before the exit. */
  reminder: { most: 12 * 3_600_000, before: 3_600_000 },
  /** Before the end of a reply window by our clock the provider's may be over: milliseconds. */
  windowMargin: 5 * 60_000,
} as const;
