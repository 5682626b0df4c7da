/** Reads the files that lessons are made of. */
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { parseIntents } from './intents.js';
import type { Intent } from './intents.js';

/** A fault in the data, with what cures it. Lines count from 1. */
export interface LessonFinding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly cure: string;
}

export const LESSON_FILES = {
  intents: 'flows/intents.yaml',
  training: 'flows/training.yaml',
  dialect: 'flows/dialect.yaml',
  kinds: 'flows/kinds.yaml',
  alarms: 'flows/alarms.yaml',
  ruled: 'flows/rule-lessons.yaml',
  wording: 'flows/wording.yaml',
} as const;

/** The text of a file; undefined when there is none. */
export type Read = (path: string) => string | undefined;

const sentence = z.string().trim().min(1);
export const trainingFile = z.strictObject({
  examples: z.record(z.string(), z.array(sentence).min(1)),
  strays: z.array(sentence).min(1),
});
/** What is added to that file: either may be absent, not both. */
export const addedFile = z
  .strictObject({
    examples: trainingFile.shape.examples.default({}),
    strays: trainingFile.shape.strays.default([]),
  })
  .refine(({ examples, strays }) => Object.keys(examples).length + strays.length > 0, {
    message: 'There are neither examples nor strays.',
  });
/** A pack may be without it: a word is then known by its letters and by what stands beside it alone. */
export const kindsFile = z.strictObject({ kinds: z.record(sentence, z.array(sentence).min(1)) });
export const dialectFile = z.strictObject({
  words: z.record(sentence, z.array(sentence).min(1)),
  english: z.array(sentence).min(1),
});
/** A pack may be without it: danger is then known by its phrases alone. */
export const alarmsFile = z.strictObject({
  medical: z.array(sentence).min(1),
  self_harm: z.array(sentence).min(1),
  violence: z.array(sentence).min(1),
  calm: z.array(sentence).min(1),
});
/** A voice may have something of one kind only. */
export const addedAlarms = alarmsFile.partial();
/** So it may without this: what exact rules answer is then known by its phrases alone. */
export const rulesFile = z.strictObject({
  fraud: z.array(sentence).min(1),
  'medical-advice': z.array(sentence).min(1),
  insult: z.array(sentence).min(1),
  person: z.array(sentence).min(1),
  'opt-out': z.array(sentence).min(1).optional(),
  calm: z.array(sentence).min(1),
});
export const addedRules = rulesFile.partial();
export type Training = z.infer<typeof trainingFile>;

/** The files of a pack that hold sentences to learn from, in the order in which they are read. */
export interface LessonSources {
  readonly training: readonly string[];
  readonly alarms: readonly string[];
  readonly ruled: readonly string[];
}

/** A pack in which many hands wrote one file of each. */
export const ONE_EACH: LessonSources = {
  training: [LESSON_FILES.training],
  alarms: [LESSON_FILES.alarms],
  ruled: [LESSON_FILES.ruled],
};

/**
 * Of the files of a pack those that hold sentences: what belongs to no voice (`flows/training.yaml`), what each voice wrote
 * (`flows/training/*.yaml`; so for alarms and rule-lessons), and what a charity adds (`flows/charities/<name>/training.yaml`).
 */
export function lessonSources(paths: Iterable<string>, charity: string): LessonSources {
  // A dot sorts before a slash: flows/alarms.yaml, which must have every kind, before flows/alarms/*.
  const all = [...paths].sort();
  const written = (name: string): string[] =>
    all.filter(
      (path) => path === `flows/${name}.yaml` || (dirname(path) === `flows/${name}` && path.endsWith('.yaml')),
    );
  const own = all.filter((path) => path === `flows/charities/${charity}/training.yaml`);
  return { training: [...own, ...written('training')], alarms: written('alarms'), ruled: written('rule-lessons') };
}

function dirname(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Who wrote the sentences of a training file; undefined where many hands did. */
export function voiceOf(path: string): string | undefined {
  return /^flows\/training\/([^/]+)\.yaml$/.exec(path)?.[1];
}

/** The intents; a fault is added to `findings`. */
export function readIntents(read: Read, findings: LessonFinding[]): readonly Intent[] | undefined {
  const text = read(LESSON_FILES.intents);
  if (text === undefined) return undefined;
  try {
    return parseIntents(LESSON_FILES.intents, text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    findings.push({ file: LESSON_FILES.intents, line: 1, message, cure: 'Mend what the message names.' });
    return undefined;
  }
}

/** One of the YAML files, in the form of its schema; faults are added to `findings`. */
export function readYaml<T>(file: string, read: Read, schema: z.ZodType<T>, findings: LessonFinding[]): T | undefined {
  const text = read(file);
  if (text === undefined) return undefined;
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, logLevel: 'silent' });
  const [broken] = document.errors;
  if (broken) {
    const { line } = counter.linePos(broken.pos[0]);
    findings.push({
      file,
      line,
      message: broken.message,
      cure: 'Put texts with a colon or # between quotation marks.',
    });
    return undefined;
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const node = document.getIn(path, true);
    const line = isNode(node) && node.range ? counter.linePos(node.range[0]).line : 1;
    findings.push({
      file,
      line,
      message: `${path.map(String).join('.')}: ${message}`,
      cure: 'Write it in the form that the head of the file shows.',
    });
  }
  return undefined;
}

/** The first line that holds the words; 1 when none does. */
export function lineOf(read: Read, file: string, words: string): number {
  const lines = (read(file) ?? '').split('\n');
  return Math.max(1, lines.findIndex((line) => line.includes(words)) + 1);
}
