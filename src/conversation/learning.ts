// The learning loop: what staff taught about questions becomes a candidate, which is compared and only then answers.
import { harms, mayAnswer, STRAY } from '../inquiries/index.js';
import type { Comparison, Contest, Example, Lessons } from '../inquiries/index.js';
import type { LessonRow, ModelRow } from '../store/contract.js';
import type { Articles } from './articles.js';
import { DeskAudit } from './desk-audit.js';
import { DeskError, type Staff } from './desk-types.js';
import type { House } from './house.js';
import { modelHash, trainedFrom, type Knowledge, type Training } from './knowledge.js';
import type { LearningContract, LearningOverview, LessonLine, Meaning, ModelLine, Trial } from './learning-types.js';
import { codeOf } from './log.js';
import { QuestionGroups } from './question-groups.js';

/**
 * What people wrote by the way weighs less than what was written to be learned from. Where it makes the model weaker nonetheless, the model
 * stays as it is, and what was taught is answered by its words and words that say the same.
 */
const WEIGHTS = [1 / 3, 0] as const;
const MOST_SHOWN = 400;

export interface LearningParts {
  house: House;
  knowledge: Knowledge;
  /** What every model learns, whatever staff taught: of the pack, and of the articles that stand. */
  pack: () => Lessons;
  articles: Pick<Articles, 'load' | 'onChange'>;
  training: Training;
}

export class Learning implements LearningContract {
  private readonly audit: DeskAudit;
  private readonly groups = new QuestionGroups();
  private state: LearningOverview['training'] = 'idle';
  /** The model that was last put to work here; null: the pack alone. */
  private answering: string | null | undefined;

  constructor(private readonly parts: LearningParts) {
    this.audit = new DeskAudit(parts.house);
    parts.articles.onChange = () => void this.relearn();
  }

  /** Puts the promoted model to work, training it anew where the pack changed. Never rejects. */
  async begin(): Promise<void> {
    const { house, knowledge, training } = this.parts;
    const model = await this.store.currentModel();
    this.answering = model?.id ?? null;
    const lessons = await this.lessonsOf(model);
    await knowledge.learn(lessons, training, house.log);
  }

  /** Puts to work what another process promoted or took back, and the articles that were written there. Never rejects. */
  async follow(): Promise<void> {
    try {
      const renewed = await this.parts.articles.load();
      const model = await this.store.currentModel();
      if (renewed || (this.answering !== undefined && this.answering !== (model?.id ?? null))) await this.begin();
    } catch (error) {
      this.house.log('questions.not_followed', { reason: codeOf(error) });
    }
  }

  /** Other articles stand: the classifier learns their questions, while search answers from them already. */
  private async relearn(): Promise<void> {
    try {
      await this.begin();
    } catch (error) {
      this.house.log('questions.untrained', { reason: codeOf(error) });
    }
    this.changed();
  }

  async overview(staff: Staff): Promise<LearningOverview> {
    await this.audit.read(staff, 'questions.read', 'all');
    const current = await this.store.currentModel();
    const learned = this.parts.knowledge.learned;
    const questions = await Promise.all(
      (await this.store.open(MOST_SHOWN)).map(async ({ sealed, key: _key, state: _state, ...row }) => ({
        ...row,
        text: (await this.house.records.question.open('', row.id, sealed)).text,
      })),
    );
    return {
      clusters: this.groups.of(questions, learned),
      meanings: this.meanings(),
      lessons: await this.standing(current),
      training: this.state,
      current: current && (await this.line(current)),
      candidate: await this.candidate(current),
      bands: learned && { ...learned.trained.bands },
    };
  }

  async teach(questions: readonly string[], intent: string, staff: Staff): Promise<void> {
    if (intent !== STRAY && !this.meanings().some((one) => one.intent === intent)) throw new DeskError('invalid');
    const wanted = new Set(questions);
    const rows = (await this.store.open(MOST_SHOWN)).filter(({ id }) => wanted.has(id));
    if (rows.length === 0) throw new DeskError('conflict');
    const at = this.house.now();
    const unique = [...new Map(rows.map((row) => [row.key, row])).values()];
    const lessons = await Promise.all(
      unique.map(async ({ id: question, key, sealed }) => {
        const id = this.house.ids.next();
        const body = await this.house.records.question.open('', question, sealed);
        return { id, key, intent, by: staff.id, at, sealed: await this.house.records.lesson.seal('', id, body) };
      }),
    );
    for (const { id } of lessons) await this.audit.wrote(staff, 'question.taught', id);
    await this.store.teach(lessons);
    this.changed();
  }

  async takeBack(lesson: string, staff: Staff): Promise<void> {
    await this.audit.wrote(staff, 'lesson.ended', lesson);
    if (!(await this.store.unteach(lesson, this.house.now()))) throw new DeskError('conflict');
    this.changed();
  }

  async drop(questions: readonly string[], staff: Staff): Promise<void> {
    for (const id of questions) await this.audit.wrote(staff, 'question.dropped', id);
    await this.store.drop(questions);
    this.changed();
  }

  async train(staff: Staff): Promise<void> {
    const { compare } = this.parts.training;
    if (this.state === 'running' || !compare) throw new DeskError('conflict');
    this.state = 'running';
    try {
      const id = this.house.ids.next();
      await this.audit.wrote(staff, 'model.trained', id);
      const current = await this.store.currentModel();
      const lessons = (await this.store.lessons()).filter(({ endedAt }) => endedAt === null);
      void this.makeCandidate(id, current, lessons, compare);
    } catch (error) {
      this.state = 'failed';
      throw error;
    }
  }

  async promote(model: string, staff: Staff): Promise<void> {
    onlyAdministrators(staff);
    const row = await this.store.model(model);
    if (!row) throw new DeskError('not_found');
    if (!(await this.line(row)).fit) throw new DeskError('conflict');
    await this.audit.wrote(staff, 'model.promoted', model);
    if (!(await this.store.promote(model, staff.id, this.house.now()))) throw new DeskError('conflict');
    await this.begin();
    this.changed();
  }

  async goBack(model: string, staff: Staff): Promise<void> {
    onlyAdministrators(staff);
    await this.audit.wrote(staff, 'model.withdrawn', model);
    if (!(await this.store.withdraw(model, this.house.now()))) throw new DeskError('conflict');
    await this.begin();
    this.changed();
  }

  private get house(): House {
    return this.parts.house;
  }

  private get store(): House['store']['questions'] {
    return this.parts.house.store.questions;
  }

  private changed(): void {
    this.house.hints.give('questions', 'all');
  }

  /** Beside everything else; the page hears of its end. */
  private async makeCandidate(
    id: string,
    current: ModelRow | null,
    rows: readonly LessonRow[],
    compare: NonNullable<Training['compare']>,
  ): Promise<void> {
    const { training } = this.parts;
    try {
      const pack = this.parts.pack();
      const taught = await this.examplesOf(current);
      const { bands } = (await trainedFrom(withTaught(pack, taught), training)).trained;
      const figures = await this.tried({ pack, current: taught, border: bands.answer }, rows, compare);
      const lessons = withTaught(this.parts.pack(), await this.examples(rows, figures.weight));
      await trainedFrom(lessons, training);
      await this.store.keepModel({
        ...{ id, hash: modelHash(lessons), lessons: rows.map((row) => row.id), figures: JSON.stringify(figures) },
        ...{ at: this.house.now(), previous: current?.id ?? null },
      });
      this.state = 'idle';
    } catch (error) {
      this.house.log('questions.untrained', { reason: codeOf(error) });
      this.state = 'failed';
    }
    this.changed();
  }

  private async lessonsOf(model: ModelRow | null): Promise<Lessons> {
    return withTaught(this.parts.pack(), await this.examplesOf(model));
  }

  private async examplesOf(model: ModelRow | null): Promise<Example[]> {
    const wanted = new Set(model?.lessons);
    if (!model || wanted.size === 0) return [];
    const rows = (await this.store.lessons()).filter(({ id }) => wanted.has(id));
    return this.examples(rows, figuresOf(model).weight);
  }

  /** The first weight with which nothing drops, else the last. What contradicts or does harm is refused with any. */
  private async tried(
    now: Omit<Contest, 'candidate'>,
    rows: readonly LessonRow[],
    compare: (contest: Contest) => Promise<Comparison>,
  ): Promise<Trial> {
    const [first, ...others] = WEIGHTS;
    const on = async (weight: number): Promise<Trial> => ({
      ...(await compare({ ...now, candidate: await this.examples(rows, weight) })),
      weight,
    });
    let trial = await on(first);
    for (const weight of others) {
      if (mayAnswer(trial) || trial.torn.length > 0 || harms(trial.top1) || harms(trial.strays)) break;
      trial = await on(weight);
    }
    return trial;
  }

  /** What the pack does not know any more is passed over. */
  private async examples(rows: readonly LessonRow[], weight: number): Promise<Example[]> {
    const names = new Set([STRAY, ...this.parts.pack().intents.map(({ name }) => name)]);
    const known = rows.filter(({ intent }) => names.has(intent));
    return Promise.all(
      known.map(async ({ id, intent, sealed }) => {
        const { text } = await this.house.records.lesson.open('', id, sealed);
        return { text, intent, weight };
      }),
    );
  }

  /** Those that an article answers today. */
  private meanings(): Meaning[] {
    return this.parts.pack().intents.flatMap(({ name, kind, ar, en, articles = [] }) => {
      const [article] = articles.flatMap((id) => this.parts.knowledge.article(id) ?? []);
      return article && kind !== 'courtesy' ? [{ intent: name, about: { ar, en }, title: article.title }] : [];
    });
  }

  private async standing(current: ModelRow | null): Promise<LessonLine[]> {
    const rows = (await this.store.lessons()).filter(({ endedAt }) => endedAt === null).reverse();
    return Promise.all(
      rows.slice(0, MOST_SHOWN).map(async ({ id, intent, by, at, sealed }) => {
        const { text } = await this.house.records.lesson.open('', id, sealed);
        return { id, text, intent, by, at, learned: current?.lessons.includes(id) ?? false };
      }),
    );
  }

  private async candidate(current: ModelRow | null): Promise<ModelLine | null> {
    const [newest] = await this.store.models(1);
    const waits = newest?.promotedAt === null && newest.previous === (current?.id ?? null);
    return waits ? this.line(newest) : null;
  }

  private async line(row: ModelRow): Promise<ModelLine> {
    const { id, at, promotedBy, promotedAt } = row;
    const figures = figuresOf(row);
    const current = await this.store.currentModel();
    const samePack = modelHash(await this.lessonsOf(row)) === row.hash;
    const fit = samePack && row.previous === (current?.id ?? null) && mayAnswer(figures);
    return { id, at, lessons: row.lessons.length, figures, fit, promotedBy, promotedAt };
  }
}

/** Those of the first models name no weight. */
function figuresOf({ figures }: ModelRow): Trial {
  return { weight: WEIGHTS[0], ...(JSON.parse(figures) as Comparison) };
}

function withTaught(pack: Lessons, taught: readonly Example[]): Lessons {
  return { ...pack, examples: [...pack.examples, ...taught] };
}

function onlyAdministrators({ role }: Staff): void {
  if (role !== 'administrator') throw new DeskError('not_allowed');
}
