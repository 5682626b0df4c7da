/** What the classifier learns from: examples, strays and the articles' own questions, gathered and checked for one charity. */
import type { z } from 'zod';
import { plain } from '../engine/text/normalise.js';
import type { Article } from './article.js';
import { intentsOf } from './intents.js';
import type { Intent } from './intents.js';
import {
  addedAlarms,
  addedFile,
  addedRules,
  alarmsFile,
  dialectFile,
  kindsFile,
  LESSON_FILES,
  lineOf,
  ONE_EACH,
  readIntents,
  readYaml,
  rulesFile,
  trainingFile,
  voiceOf,
} from './lesson-files.js';
import type { LessonFinding, LessonSources, Read, Training } from './lesson-files.js';
import { labelled, tornBetween } from './torn.js';
import { intentsIn, wordingFile } from './wording.js';
import type { Wording } from './wording.js';

/** Everything that a classifier is trained from. Plain JSON, so that a compiled pack carries it. */
export interface Lessons {
  /** Those of this charity that are classified; rules are not. */
  readonly intents: readonly Intent[];
  /** Intents that ask for what this charity does not give. */
  readonly withheld: readonly string[];
  readonly examples: readonly Example[];
  readonly lexicon: LexiconData;
  /** Absent: danger is known by its phrases alone. */
  readonly alarms?: Alarms;
  /** Absent: what exact rules answer is known by its phrases alone. */
  readonly ruled?: RuleLessons;
  /** What words alone tell beside what is learned; a change of it trains nothing anew. Absent in a pack without it. */
  readonly wording?: Wording;
}

/** The kinds of danger, as `flows/danger.yaml` names them. */
export type Danger = 'medical' | 'self_harm' | 'violence';

/** A danger that a message sounds like; `sure`: more than like anything calm; `faint`: so little that exact words count for more. */
export interface HeardDanger {
  readonly kind: Danger;
  readonly sure: boolean;
  readonly faint: boolean;
}

/** The data of `flows/alarms.yaml` and `flows/alarms/*.yaml`: how each danger sounds, and what sounds like it and is none. */
export type Alarms = Readonly<Record<Danger | 'calm', readonly string[]>>;

/** What exact rules answer, as far as it is heard in words that no phrase foresaw. */
export type RuledKind = 'fraud' | 'medical-advice' | 'insult' | 'person' | 'opt-out';

/** The data of `flows/rule-lessons.yaml` and `flows/rule-lessons/*.yaml`: how each of these sounds, and what sounds like it and is none. */
export type RuleLessons = Readonly<Record<Exclude<RuledKind, 'opt-out'> | 'calm', readonly string[]>> & {
  /** Absent in a pack that was compiled before it was learned. */
  readonly 'opt-out'?: readonly string[] | undefined;
};

export interface Example {
  readonly text: string;
  readonly intent: string;
  /** Who wrote it, where one hand did: what it proves of other people's words is seen by learning without it. */
  readonly voice?: string;
  /** Staff taught it: how much it counts in training beside the written examples. 0: it is answered by its words alone. */
  readonly weight?: number;
}

/** The examples that training sees. */
export function trainable(examples: readonly Example[]): Example[] {
  return examples.filter(({ weight }) => weight !== 0);
}

/** The data of `flows/dialect.yaml`, and of `flows/kinds.yaml`. */
export interface LexiconData {
  /** Standard word → what people write for it. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Common English words: a message in Latin letters with few of them is Arabic in Latin letters. */
  readonly english: readonly string[];
  /** Kind of thing → words and phrases that name one. Absent in a pack without them. */
  readonly kinds?: Readonly<Record<string, readonly string[]>>;
}

/** The class of messages that no charity of this kind answers. */
export const STRAY = 'stray';

const ONE_KIND = 'Keep it under one kind, or under calm.';

/** Below this, an intent is found in hardly more than every second message (docs/inquiries.md). */
const FEWEST = 20;

export interface Gathered {
  /** Absent when one of the files is missing or cannot be read: questions are then only searched for. */
  readonly lessons?: Lessons;
  readonly findings: readonly LessonFinding[];
  readonly warnings: readonly LessonFinding[];
}

/**
 * Gathers the lessons of a charity with these flags and articles. Every fault is found at once.
 */
export function gatherLessons(
  read: Read,
  flags: Readonly<Record<string, boolean>>,
  articles: readonly Article[],
  sources: LessonSources = ONE_EACH,
): Gathered {
  const findings: LessonFinding[] = [];
  const all = readIntents(read, findings);
  const training = readTraining(sources.training, read, findings);
  const dialect = readYaml(LESSON_FILES.dialect, read, dialectFile, findings);
  const kinds = readYaml(LESSON_FILES.kinds, read, kindsFile, findings);
  const alarms = readTogether(sources.alarms, read, { first: alarmsFile, added: addedAlarms }, findings);
  const ruled = readTogether(sources.ruled, read, { first: rulesFile, added: addedRules }, findings);
  const wording = readYaml(LESSON_FILES.wording, read, wordingFile, findings);
  if (!all || !training || !dialect) return { findings, warnings: [] };
  const taught = all.filter(({ kind }) => kind !== 'rule');
  const intents = intentsOf(taught, flags);
  const names = new Set(intents.map(({ name }) => name));
  findings.push(...training.flatMap((one) => unknownIntents(one.file, Object.keys(one.examples), taught, read)));
  if (wording) findings.push(...unknownIntents(LESSON_FILES.wording, intentsIn(wording), taught, read));
  const sentences = [
    ...training.flatMap(examplesOf).filter(({ intent }) => names.has(intent) || intent === STRAY),
    ...articles.flatMap((article) => questionsOf(article, intents)),
  ];
  const examples = [...intents.flatMap(linesOf), ...sentences];
  findings.push(
    ...tornBetween(
      examples.map(({ text, intent }) => ({ text, label: intent })),
      sources.training,
      read,
      { otherwise: LESSON_FILES.training, cure: 'Keep it under one intent, here or in the questions of the article.' },
    ),
    ...tornBetween(labelled(alarms), sources.alarms, read, { otherwise: LESSON_FILES.alarms, cure: ONE_KIND }),
    ...tornBetween(labelled(ruled), sources.ruled, read, { otherwise: LESSON_FILES.ruled, cure: ONE_KIND }),
  );
  const withheld = intents.filter(({ given }) => given !== undefined && flags[given] !== true).map(({ name }) => name);
  const lessons = {
    intents,
    withheld,
    examples: once(examples),
    lexicon: { ...dialect, ...kinds },
    ...(alarms && { alarms }),
    ...(ruled && { ruled }),
    ...(wording && { wording }),
  };
  return { lessons, findings, warnings: tooFew(intents, once(sentences), read) };
}

/** A training file as it was read. */
interface Source extends Training {
  readonly file: string;
}

/** Undefined when one of the files is missing or cannot be read. */
function readTraining(files: readonly string[], read: Read, findings: LessonFinding[]): Source[] | undefined {
  const sources = files.flatMap((file) => {
    const schema: z.ZodType<Training> = file === LESSON_FILES.training ? trainingFile : addedFile;
    const training = readYaml(file, read, schema, findings);
    return training ? { ...training, file } : [];
  });
  return sources.length > 0 && sources.length === files.length ? sources : undefined;
}

/** Sentences by kind. */
type Lists = Readonly<Record<string, readonly string[] | undefined>>;

/** The lists of a first file that has every kind, and of those that add to it; undefined where the first one cannot be read. */
function readTogether<First extends Lists>(
  [first = '', ...others]: readonly string[],
  read: Read,
  schemas: { readonly first: z.ZodType<First>; readonly added: z.ZodType<Lists> },
  findings: LessonFinding[],
): First | undefined {
  const all = readYaml(first, read, schemas.first, findings);
  const added = others.map((file) => readYaml(file, read, schemas.added, findings) ?? {});
  if (!all) return undefined;
  const files: Lists[] = [all, ...added];
  const kinds = new Set(files.flatMap((one) => Object.keys(one)));
  const joined = [...kinds].map((kind) => [kind, files.flatMap((one) => one[kind] ?? [])] as const);
  return { ...all, ...Object.fromEntries(joined) };
}

function examplesOf({ file, examples, strays }: Source): Example[] {
  const voice = voiceOf(file);
  return [...Object.entries(examples), [STRAY, strays] as const].flatMap(([intent, texts]) =>
    texts.map((text) => ({ text, intent, ...(voice !== undefined && { voice }) })),
  );
}

/** What says what belongs to an intent teaches it too. Its parts alone may belong to others as well: who says "furniture" may give or want. */
function linesOf({ name, ar, en }: Intent): Example[] {
  return [ar, en].map((text) => ({ text, intent: name }));
}

/** The intent that alone names the article. The questions of an article that serves several wishes teach none. */
function taughtBy(article: string, intents: readonly Intent[]): string | undefined {
  const naming = intents.filter(({ articles }) => articles?.includes(article));
  return naming.length === 1 ? naming[0]?.name : undefined;
}

/** The questions of an article as examples. */
export function questionsOf(article: Article, intents: readonly Intent[]): Example[] {
  const intent = taughtBy(article.id, intents);
  return intent === undefined
    ? []
    : Object.values(article.questions).flatMap((all) => all.map((text) => ({ text, intent })));
}

/** The same sentence under the same intent teaches once. */
export function once(examples: readonly Example[]): Example[] {
  return [...new Map(examples.map((one) => [`${one.intent} ${plain(one.text)}`, one])).values()];
}

function unknownIntents(
  file: string,
  names: readonly string[],
  taught: readonly Intent[],
  read: Read,
): LessonFinding[] {
  const known = new Set(taught.map(({ name }) => name));
  return names
    .filter((name) => !known.has(name))
    .map((name) => ({
      file,
      line: lineOf(read, file, `${name}:`),
      message: `There is no intent "${name}" that is learned.`,
      cure: `Use a name of ${LESSON_FILES.intents} whose kind is not rule.`,
    }));
}

function tooFew(intents: readonly Intent[], examples: readonly Example[], read: Read): LessonFinding[] {
  const counts = new Map<string, number>();
  for (const { intent } of examples) counts.set(intent, (counts.get(intent) ?? 0) + 1);
  return intents
    .filter(({ name }) => (counts.get(name) ?? 0) < FEWEST)
    .map(({ name }) => ({
      file: LESSON_FILES.training,
      line: lineOf(read, LESSON_FILES.training, `${name}:`),
      message: `The intent "${name}" has ${counts.get(name) ?? 0} examples.`,
      cure: `Write at least ${FEWEST}, in standard Arabic, Saudi speech, with typing mistakes and in English.`,
    }));
}
