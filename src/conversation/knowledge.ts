// Where answers to questions come from: search at once, the trained classifier as soon as it is there.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../engine/types.js';
import { createAdviser, createFinder, decode, lessonsKey } from '../inquiries/index.js';
import type { Article, Finder, FoundArticles, Lessons, Trained } from '../inquiries/index.js';
import { codeOf, type Log } from './log.js';

export interface Training {
  /** Where trained models are kept; made when it is missing. */
  readonly dir: string;
  /** Makes the bytes of a model, beside this thread. */
  readonly train: (lessons: Lessons) => Promise<Uint8Array>;
}

export class Knowledge implements Finder {
  private current: Finder;

  constructor(
    private readonly articles: readonly Article[],
    private readonly now: () => number,
  ) {
    this.current = createFinder(articles, now);
  }

  find(question: string, language: Language, topic?: string): FoundArticles {
    return this.current.find(question, language, topic);
  }

  article(id: string): Article | undefined {
    return this.current.article(id);
  }

  /**
   * Takes the kept model of these lessons, or has one trained and keeps it. Never rejects: what fails is logged, and search
   * answers on.
   */
  async learn(lessons: Lessons, { dir, train }: Training, log: Log): Promise<void> {
    const started = this.now();
    try {
      const name = `${createHash('sha256').update(lessonsKey(lessons)).digest('hex').slice(0, 32)}${ENDING}`;
      const kept = await readModel(join(dir, name));
      const trained = kept ?? (await trainAndKeep(dir, name, () => train(lessons)));
      this.current = createAdviser(lessons, trained, this.articles, this.now);
      log('questions.ready', { model: name, kept: kept !== undefined, ms: this.now() - started });
    } catch (error) {
      log('questions.untrained', { reason: codeOf(error) });
    }
  }
}

const ENDING = '.model';

async function readModel(path: string): Promise<Trained | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && decode(bytes);
}

/** Written whole or not at all; models of other lessons go. */
async function trainAndKeep(dir: string, name: string, train: () => Promise<Uint8Array>): Promise<Trained> {
  const bytes = await train();
  const trained = decode(bytes);
  if (!trained) throw new UnreadableModelError();
  await mkdir(dir, { recursive: true });
  const draft = join(dir, `${name}.${process.pid}`);
  await writeFile(draft, bytes);
  await rename(draft, join(dir, name));
  const others = (await readdir(dir)).filter((one) => one.endsWith(ENDING) && one !== name);
  await Promise.all(others.map((one) => rm(join(dir, one), { force: true })));
  return trained;
}

class UnreadableModelError extends Error {
  override readonly name = 'UnreadableModelError';
}
