// The knowledge base: articles of the pack, and those that staff wrote beside them or in their place.
import { TemplateError } from '../engine/text/template.js';
import { conflictsOf, isOver, parseArticle, withWritten } from '../inquiries/index.js';
import type { Article, Lessons } from '../inquiries/index.js';
import type { ArticleVersion } from '../store/contract.js';
import { articleOf, draftOf } from './article-draft.js';
import type {
  ArticleDoubt,
  ArticleDraft,
  ArticleFault,
  ArticleLine,
  ArticlesContract,
  ArticleVersionLine,
  CheckedArticle,
} from './article-types.js';
import { DeskAudit } from './desk-audit.js';
import { DeskError, type Staff } from './desk-types.js';
import type { House } from './house.js';
import type { Knowledge } from './knowledge.js';
import { bodyOf } from './questions.js';

/** Fewer questions than this find an article only by luck. */
const FEWEST_QUESTIONS = 5;
const MOST_VERSIONS = 50;
/** Before the id of an article that staff write anew. */
const OWN = 'answer-';

export interface ArticlesParts {
  house: House;
  knowledge: Knowledge;
  /** The articles of the pack. */
  shipped: readonly Article[];
  /** What the pack teaches; null: questions are only searched for. */
  pack: Lessons | null;
}

export class Articles implements ArticlesContract {
  private readonly audit: DeskAudit;
  /** Is called when another article stands: what is learned from them is learned anew. */
  onChange: () => void = () => undefined;
  private newest: readonly ArticleVersion[] = [];
  private written: readonly Article[] = [];
  private lessons: Lessons | undefined;

  constructor(private readonly parts: ArticlesParts) {
    this.audit = new DeskAudit(parts.house);
  }

  /** Puts what staff wrote to work, here or in another process: search knows it when this resolves. False: nothing is new. */
  async load(): Promise<boolean> {
    const newest = await this.store.newest();
    if (namesOf(newest) === namesOf(this.newest)) return false;
    this.newest = newest;
    this.lessons = undefined;
    this.written = newest.flatMap(({ article, body }) => readBack(article, body) ?? []);
    this.parts.knowledge.shelve(standing(this.parts.shipped, this.written));
    return true;
  }

  /** What every model learns, whatever staff taught about questions: what the pack teaches, and what was written. */
  over(pack: Lessons): Lessons {
    if (this.written.length === 0) return pack;
    return (this.lessons ??= withWritten(pack, this.parts.shipped, this.written));
  }

  async list(staff: Staff): Promise<ArticleLine[]> {
    await this.audit.read(staff, 'articles.read', 'all');
    const { knowledge, house } = this.parts;
    const gone = await Promise.all(this.newest.filter((one) => this.isGone(one)).map((one) => this.before(one)));
    return [...knowledge.articles, ...gone.flatMap((one) => one ?? [])].map((article) => {
      const newest = this.newest.find((one) => one.article === article.id);
      return {
        ...{ id: article.id, draft: draftOf(article), over: isOver(article, house.now()) },
        ...{ origin: this.originOf(article.id, newest), version: newest?.version ?? 0 },
        ...{ by: newest?.by ?? null, at: newest?.at ?? null },
      };
    });
  }

  async versions(article: string, staff: Staff): Promise<ArticleVersionLine[]> {
    await this.audit.read(staff, 'articles.read', article);
    const rows = await this.store.versions(article, MOST_VERSIONS);
    return rows.map(({ version, by, at, body }) => {
      const read = readBack(article, body);
      return { version, by, at, draft: read ? draftOf(read) : null };
    });
  }

  check(article: string | null, draft: ArticleDraft): CheckedArticle {
    const read = this.read(article ?? OWN, draft);
    const preview = this.preview(draft);
    return 'faults' in read ? { faults: read.faults, doubts: [], preview } : { ...this.doubted(read.article), preview };
  }

  async write(article: string | null, expected: number, draft: ArticleDraft, staff: Staff): Promise<string> {
    const id = article ?? `${OWN}${this.house.ids.unlinked().replaceAll('-', '').slice(-12)}`;
    if (article !== null && !this.isKnown(article)) throw new DeskError('not_found');
    const read = this.read(id, draft);
    if ('faults' in read || this.doubted(read.article).faults.length > 0) throw new DeskError('invalid');
    await this.put(id, expected, read.text, staff, 'article.written');
    return id;
  }

  async goBack(article: string, version: number, staff: Staff): Promise<void> {
    const [newest, before] = await this.store.versions(article, 2);
    if (!newest) throw new DeskError('not_found');
    if (newest.version !== version) throw new DeskError('conflict');
    await this.put(article, version, before?.body ?? null, staff, 'article.taken_back');
  }

  private get house(): House {
    return this.parts.house;
  }

  private get store(): House['store']['articles'] {
    return this.parts.house.store.articles;
  }

  private originOf(id: string, newest: ArticleVersion | undefined): ArticleLine['origin'] {
    const shipped = this.isShipped(id);
    if (newest?.body == null) return shipped ? 'pack' : 'gone';
    return shipped ? 'changed' : 'own';
  }

  private isShipped(id: string): boolean {
    return this.parts.shipped.some((one) => one.id === id);
  }

  private isGone({ article, body }: ArticleVersion): boolean {
    return body === null && !this.isShipped(article);
  }

  private isKnown(id: string): boolean {
    return this.isShipped(id) || this.newest.some(({ article }) => article === id);
  }

  /** What an article said before it was taken back. */
  private async before({ article }: ArticleVersion): Promise<Article | undefined> {
    const [, last] = await this.store.versions(article, 2);
    return readBack(article, last?.body ?? null);
  }

  private read(id: string, draft: ArticleDraft): ReturnType<typeof articleOf> {
    const { texts, charity } = this.parts.house;
    return articleOf(id, draft, texts.languages, charity);
  }

  /** In every language in which there is something to be read already. */
  private preview({ body }: ArticleDraft): CheckedArticle['preview'] {
    const { house } = this.parts;
    const spoken = house.texts.languages.flatMap((language) => {
      const text = (body[language] ?? '').trim();
      try {
        return text === '' ? [] : [[language, bodyOf(house, language, { body: { [language]: text } })] as const];
      } catch (error) {
        if (error instanceof TemplateError) return [];
        throw error;
      }
    });
    return Object.fromEntries(spoken);
  }

  private async put(
    article: string,
    before: number,
    body: string | null,
    staff: Staff,
    act: 'article.written' | 'article.taken_back',
  ): Promise<void> {
    const version = before + 1;
    await this.audit.wrote(staff, act, `${article}.${version}`);
    const row = { article, version, body, by: staff.id, at: this.house.now() };
    if (!(await this.store.write(row))) throw new DeskError('conflict');
    if (await this.load()) this.onChange();
    this.house.hints.give('questions', 'all');
  }

  /** What stands elsewhere is a fault word for word, a doubt where it is nearly the same. */
  private doubted(article: Article): { faults: ArticleFault[]; doubts: ArticleDoubt[] } {
    const { pack, shipped } = this.parts;
    const others = this.written.filter(({ id }) => id !== article.id);
    const lessons = pack && withWritten(pack, shipped, [...others, article]);
    const conflicts = lessons ? conflictsOf(article, lessons) : [];
    const told = ({ text, other }: (typeof conflicts)[number]) => ({ about: text, other: other.text });
    const asked = Object.values(article.questions).flat().length;
    return {
      faults: conflicts
        .filter(({ exact }) => exact)
        .map((one) => ({ code: 'contradicts', language: null, ...told(one) })),
      doubts: [
        ...conflicts.filter(({ exact }) => !exact).map((one) => ({ code: 'near' as const, ...told(one) })),
        ...(asked < FEWEST_QUESTIONS ? [{ code: 'few' as const, about: String(asked), other: '' }] : []),
      ],
    };
  }
}

/** What a newer program wrote and this one cannot read is as if it were not there. */
function readBack(id: string, body: string | null): Article | undefined {
  const parsed = body === null ? undefined : parseArticle(id, body);
  return parsed && 'article' in parsed ? parsed.article : undefined;
}

function namesOf(versions: readonly ArticleVersion[]): string {
  return versions.map(({ article, version }) => `${article}.${version}`).join(' ');
}

function standing(shipped: readonly Article[], written: readonly Article[]): Article[] {
  const instead = new Map(written.map((one) => [one.id, one]));
  const known = new Set(shipped.map(({ id }) => id));
  return [...shipped.map((one) => instead.get(one.id) ?? one), ...written.filter(({ id }) => !known.has(id))];
}
