// Where answers to questions come from: search at once, the trained classifier as soon as it is there.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../engine/types.js';
import { createAdviser, createFinder, decode, lessonsKey } from '../inquiries/index.js';
import type {
  Article,
  Comparison,
  Contest,
  HeardDanger,
  Finder,
  FoundArticles,
  Lessons,
  RuledKind,
  Trained,
} from '../inquiries/index.js';
import { codeOf, type Log } from './log.js';

export interface Training {
  /** Where trained models are kept; made when it is missing. */
  readonly dir: string;
  /** Makes the bytes of a model, beside this thread. */
  readonly train: (lessons: Lessons) => Promise<Uint8Array>;
  /** Holds two models against each other, beside this thread; absent: nothing new is promoted. */
  readonly compare?: (contest: Contest) => Promise<Comparison>;
}

/** What answers now: a model with what it was trained from. */
export interface Learned {
  readonly lessons: Lessons;
  readonly trained: Trained;
}

export class Knowledge implements Finder {
  private current: Finder;
  private asked = 0;
  /** Null while search alone answers. */
  learned: Learned | null = null;

  /** `articles`: those that stand, in their order. */
  constructor(
    private shelf: readonly Article[],
    private readonly now: () => number,
  ) {
    this.current = createFinder(shelf, now);
  }

  get articles(): readonly Article[] {
    return this.shelf;
  }

  /** Other articles stand: search knows them at once, the classifier when it has learned them. */
  shelve(articles: readonly Article[]): void {
    this.shelf = articles;
    this.current = this.learned
      ? createAdviser(this.learned.lessons, this.learned.trained, articles, this.now)
      : createFinder(articles, this.now);
  }

  find(question: string, language: Language, topic?: string): FoundArticles {
    return this.current.find(question, language, topic);
  }

  danger(text: string): HeardDanger | undefined {
    return this.current.danger?.(text);
  }

  ruled(text: string): RuledKind | undefined {
    return this.current.ruled?.(text);
  }

  article(id: string): Article | undefined {
    return this.current.article(id);
  }

  /**
   * Takes the kept model of these lessons, or has one trained and keeps it. Never rejects: what fails is logged, and search
   * answers on.
   */
  async learn(lessons: Lessons, training: Training, log: Log): Promise<void> {
    const started = this.now();
    const turn = ++this.asked;
    try {
      const { trained, name, kept } = await trainedFrom(lessons, training);
      // What was asked for later answers, however long each takes.
      if (turn !== this.asked) return;
      this.current = createAdviser(lessons, trained, this.shelf, this.now);
      this.learned = { lessons, trained };
      log('questions.ready', { model: name, kept, ms: this.now() - started });
    } catch (error) {
      log('questions.untrained', { reason: codeOf(error) });
    }
  }
}

/** What a model of these lessons is known by. */
export function modelHash(lessons: Lessons): string {
  return createHash('sha256').update(lessonsKey(lessons)).digest('hex').slice(0, 32);
}

/** The kept model of the lessons, or one that is trained and kept. Rejects when training fails. */
export async function trainedFrom(
  lessons: Lessons,
  { dir, train }: Training,
): Promise<{ trained: Trained; name: string; kept: boolean }> {
  const name = `${modelHash(lessons)}${ENDING}`;
  const kept = await readModel(join(dir, name));
  const trained = kept ?? (await trainAndKeep(dir, name, () => train(lessons)));
  return { trained, name, kept: kept !== undefined };
}

const ENDING = '.model';

/** The one that answers, the one before, a candidate and one more: going back takes no training. */
const MOST_KEPT = 4;

async function readModel(path: string): Promise<Trained | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  const trained = bytes && decode(bytes);
  // Whichever was used last goes last.
  if (trained) await utimes(path, new Date(), new Date()).catch(() => undefined);
  return trained;
}

/** Written whole or not at all; of models of other lessons the latest stay. */
async function trainAndKeep(dir: string, name: string, train: () => Promise<Uint8Array>): Promise<Trained> {
  const bytes = await train();
  const trained = decode(bytes);
  if (!trained) throw new UnreadableModelError();
  await mkdir(dir, { recursive: true });
  // Beside other processes, which may share the folder and even the number.
  const draft = join(dir, `${name}.${randomUUID()}`);
  await writeFile(draft, bytes);
  await rename(draft, join(dir, name));
  await dropOldest(dir, name);
  return trained;
}

async function dropOldest(dir: string, name: string): Promise<void> {
  const others = (await readdir(dir)).filter((one) => one.endsWith(ENDING) && one !== name);
  const dated = await Promise.all(others.map(async (one) => ({ one, at: (await stat(join(dir, one))).mtimeMs })));
  const old = dated.sort((a, b) => b.at - a.at).slice(MOST_KEPT - 1);
  await Promise.all(old.map(({ one }) => rm(join(dir, one), { force: true })));
}

class UnreadableModelError extends Error {
  override readonly name = 'UnreadableModelError';
}
