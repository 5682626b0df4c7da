/** Finds the articles that serve a reading. */
import type { Language } from '../engine/types.js';
import type { Article } from './article.js';
import type { Finder, FoundArticles } from './finder.js';
import type { Intent } from './intents.js';
import type { Lessons } from './lessons.js';
import { MOST_OFFERED } from './reader.js';
import type { Reading } from './reader.js';

/** So many places after the first are likely too. */
const MOST_LIKELY = 2;

/** What serves one wish. */
interface Served {
  readonly intent: string;
  readonly article: Article;
}

export class Shelf {
  private readonly intents: ReadonlyMap<string, Intent>;
  /** Articles that some intent names: only what none names is left to search alone. */
  private readonly named: ReadonlySet<string>;
  private readonly withheld: ReadonlySet<string>;

  constructor(
    { intents, withheld }: Lessons,
    private readonly finder: Finder,
  ) {
    this.withheld = new Set(withheld);
    this.intents = new Map(intents.map((intent) => [intent.name, intent]));
    this.named = new Set(intents.flatMap(({ articles }) => articles ?? []));
  }

  /** What serves a reading; undefined when nothing here does. */
  take(reading: Reading, searched: FoundArticles, language: Language): FoundArticles | undefined {
    const { band, intents, courtesy } = this.withTwin(reading);
    if (courtesy !== undefined) return { outcome: 'answered', others: [], courtesy };
    const [first] = intents;
    if (first === undefined || band === 'none') return undefined;
    if (this.intents.get(first)?.kind === 'courtesy') return { outcome: 'answered', others: [], courtesy: first };
    const served = intents.flatMap((intent) => {
      const article = this.fittest(intent, searched, language);
      return article ? [{ intent, article }] : [];
    });
    const articles = unique(served.map(({ article }) => article));
    const [best] = articles;
    if (!best) return undefined;
    if (band === 'offer') return { outcome: 'unsure', others: articles };
    return {
      outcome: 'answered',
      best,
      others: [],
      also: articles.slice(1),
      intent: first,
      ...this.withholding(served),
      ...this.flowOf(served, articles.length),
    };
  }

  /** What is not given among what is asked, and which articles say what is given in its place. */
  private withholding(served: readonly Served[]): Pick<FoundArticles, 'withheld' | 'instead'> {
    const declined = served.filter(({ intent }) => this.withheld.has(intent));
    const withheld = declined.length > 0 && declined.length === served.length;
    const instead = [...new Set(declined.map(({ article }) => article.id))];
    return { withheld, ...(instead.length > 0 && { instead }) };
  }

  /** The flow of the one thing that is asked, or that is given of two: beside something that is not given nothing begins by itself. */
  private flowOf(served: readonly Served[], articles: number): Pick<FoundArticles, 'flow' | 'deed'> {
    const given = this.given(served);
    const [one] = given;
    const alone = given.length === served.length ? articles === 1 : given.length === 1;
    const intent = alone && one ? this.intents.get(one.intent) : undefined;
    if (intent?.flow === undefined) return {};
    return { flow: intent.flow, deed: intent.kind === 'deed' && given.length === served.length };
  }

  private given(served: readonly Served[]): readonly Served[] {
    return served.filter(({ intent }) => !this.withheld.has(intent));
  }

  /** Who wants to give and who is in need may ask in the same words: where both are likely, neither is taken for the other. */
  private withTwin(reading: Reading): Reading {
    const { band, intents, ranked } = reading;
    const [first = ''] = intents;
    const likely = ranked.slice(1, 1 + MOST_LIKELY);
    const twin = this.intents.get(first)?.mistaken_for?.find((name) => likely.includes(name));
    return band === 'answer' && intents.length === 1 && twin !== undefined
      ? { ...reading, band: 'offer', intents: [first, twin] }
      : reading;
  }

  /** Whether search found the answer in an article that no intent names: the classifier knows nothing of it. */
  isAlone({ outcome, best }: FoundArticles): boolean {
    return outcome === 'answered' && best !== undefined && !this.named.has(best.id);
  }

  /** Where the classifier knows nothing near, search offers only what no intent names: the rest would be a guess. */
  beside({ others }: FoundArticles): FoundArticles {
    const left = others.filter(({ id }) => !this.named.has(id));
    return left.length > 0
      ? { outcome: 'unsure', others: left.slice(0, MOST_OFFERED) }
      : { outcome: 'none', others: [] };
  }

  /** Of the intent's articles that may be given today, the first; where the question is nearer to a later one, that one. */
  private fittest(intent: string, searched: FoundArticles, language: Language): Article | undefined {
    const given = (this.intents.get(intent)?.articles ?? [])
      .flatMap((id) => this.finder.article(id) ?? [])
      .filter(({ body }) => body[language] !== undefined);
    return given.find(({ id }) => id === searched.best?.id) ?? given[0];
  }
}

function unique(articles: readonly Article[]): Article[] {
  return [...new Map(articles.map((article) => [article.id, article])).values()];
}
