/** Finds the article that answers a question, and says honestly when none does. */
import MiniSearch from 'minisearch';
import type { Language } from '../engine/types.js';
import type { Article } from './article.js';
import type { HeardDanger, RuledKind } from './lessons.js';
import { Meant } from './meant.js';
import { termOf, termsOf, words } from './terms.js';

export interface FoundArticles {
  /** `answered`: `best` answers the question. `unsure`: it may be one of `others`. `none`: nothing is near. */
  readonly outcome: 'answered' | 'unsure' | 'none';
  readonly best?: Article;
  /** At most three, nearest first; without `best`. */
  readonly others: readonly Article[];
  /** What answers the second of two questions in one message. */
  readonly also?: readonly Article[];
  /** The flow that does what was asked for. */
  readonly flow?: string;
  /** The flow is what was asked for, not only what comes near it. */
  readonly deed?: boolean;
  /** The message was only a greeting, thanks or farewell: the name of that intent. */
  readonly courtesy?: string;
  /** The charity gives nothing of what is asked for; `best` tells what it gives. */
  readonly withheld?: boolean;
  /** The articles, of `best` and `also`, that tell what is given in place of something that is not. */
  readonly instead?: readonly string[];
  /** What was asked, where that is known: the topic to which a next question may point back. */
  readonly intent?: string;
}

export interface Finder {
  /** Looks among the articles that are written in `language`; the question itself may be in any. `topic`: the last answer's. */
  find(question: string, language: Language, topic?: string): FoundArticles;
  /** An article that may be given today, by its id. */
  article(id: string): Article | undefined;
  /** The danger that a message sounds like, beside the exact phrases; absent where nothing was learned. */
  danger?(text: string): HeardDanger | undefined;
  /** What exact rules answer, where a message sounds like it and no article is sure to answer it; absent where nothing was learned. */
  ruled?(text: string): RuledKind | undefined;
}

/** Set on the test questions: high enough that a stray gets no direct answer, low enough that dialect still does. */
export const CONFIDENCE = { answered: 0.62, unsure: 0.32, lead: 0.08 };
const CANDIDATES = 12;
const MOST_OFFERED = 3;
const FUZZY_CREDIT = 0.8;
/** A question has fewer topics than this; a pasted letter has more, and must not cost more. */
const MOST_TERMS = 40;

/** Builds the index. `now` gives UTC milliseconds: an article past its day is no longer found. */
export function createFinder(articles: readonly Article[], now: () => number): Finder {
  const index = indexOf(articles);
  const valid = (article: Article): boolean => !isOver(article, now());
  return {
    find: (question, language) =>
      settle(index.rank(question).filter(({ article }) => valid(article) && article.body[language] !== undefined)),
    article: (id) => articles.find((article) => article.id === id && valid(article)),
  };
}

/** An index never changes: one for each list of articles. */
const indexes = new WeakMap<readonly Article[], Index>();

function indexOf(articles: readonly Article[]): Index {
  const index = indexes.get(articles) ?? new Index(articles);
  indexes.set(articles, index);
  return index;
}

interface Ranked {
  readonly article: Article;
  /** 0 to 1. */
  readonly confidence: number;
}

function settle(ranked: readonly Ranked[]): FoundArticles {
  const offered = ranked.filter(({ confidence }) => confidence >= CONFIDENCE.unsure);
  const [first, second] = offered;
  if (first === undefined) return { outcome: 'none', others: [] };
  const leads = first.confidence - (second?.confidence ?? 0) >= CONFIDENCE.lead || first.confidence > 0.95;
  const others = offered.map(({ article }) => article);
  if (first.confidence < CONFIDENCE.answered || !leads)
    return { outcome: 'unsure', others: others.slice(0, MOST_OFFERED) };
  return { outcome: 'answered', best: first.article, others: others.slice(1, MOST_OFFERED + 1) };
}

/** What an article says, as it was written. */
interface Entry {
  readonly article: Article;
  /** The terms of its title and of each of its questions. */
  readonly phrases: readonly ReadonlySet<string>[];
  /** The terms of its text, these included. */
  readonly everywhere: ReadonlySet<string>;
}

/** The same, weighed. */
interface Weighed extends Entry {
  /** What the terms of each phrase tell together. */
  readonly sizes: readonly number[];
}

/** MiniSearch finds candidates; how sure we are is measured against the closest single phrase of each. */
class Index {
  private readonly entries: ReadonlyMap<string, Weighed>;
  private readonly search: MiniSearch<{ id: string; title: string; questions: string; body: string }>;
  /** How much a term tells: rare ones more. */
  private readonly weights: ReadonlyMap<string, number>;
  private readonly unknownWeight: number;
  private readonly meant: Meant;

  constructor(articles: readonly Article[]) {
    const entries = articles.map(entryOf);
    this.weights = weightsOf(entries);
    this.entries = new Map(entries.map((entry) => [entry.article.id, { ...entry, sizes: this.sizesOf(entry) }]));
    this.unknownWeight = Math.log(1 + articles.length);
    this.meant = new Meant([...this.weights.keys()]);
    this.search = new MiniSearch({
      fields: ['title', 'questions', 'body'],
      tokenize: words,
      processTerm: (word) => termOf(word) ?? false,
      // A question comes as terms already, its typing mistakes mended.
      searchOptions: { boost: { questions: 3 }, tokenize: (terms) => terms.split(' '), processTerm: (term) => term },
    });
    this.search.addAll(articles.map(documentOf));
  }

  /** Articles by confidence, best first. */
  rank(question: string): Ranked[] {
    const asked = this.known(termsOf(question));
    if (asked.size === 0) return [];
    return this.search
      .search([...asked.keys()].join(' '))
      .slice(0, CANDIDATES)
      .flatMap(({ id }) => this.entries.get(String(id)) ?? [])
      .map((entry) => ({ article: entry.article, confidence: this.confidence(asked, entry) }))
      .sort((a, b) => b.confidence - a.confidence);
  }

  private sizesOf({ phrases }: Entry): number[] {
    return phrases.map((phrase) => sum([...phrase].map((term) => this.weights.get(term) ?? 0)));
  }

  /** The asked terms with their weights; a mistyped one stands for the known term that it is nearest to. */
  private known(asked: ReadonlySet<string>): Map<string, number> {
    const known = new Map<string, number>();
    for (const term of [...asked].slice(0, MOST_TERMS)) {
      const weight = this.weights.get(term);
      const meant = weight === undefined ? this.meant.by(term) : undefined;
      if (meant === undefined) known.set(term, weight ?? this.unknownWeight);
      else known.set(meant, (this.weights.get(meant) ?? 0) * FUZZY_CREDIT);
    }
    return known;
  }

  private confidence(asked: ReadonlyMap<string, number>, { phrases, sizes, everywhere }: Weighed): number {
    const all = sum(asked.values());
    let best = 0;
    for (const [at, phrase] of phrases.entries()) {
      const shared = this.shared(asked, phrase);
      if (shared > 0) best = Math.max(best, (2 * shared) / (all + (sizes[at] ?? 0)));
    }
    // Words that only the answer's text has still speak for it, but never enough for a direct answer.
    return 0.8 * best + 0.2 * (this.shared(asked, everywhere) / all);
  }

  private shared(asked: ReadonlyMap<string, number>, terms: ReadonlySet<string>): number {
    let shared = 0;
    for (const [term, weight] of asked) if (terms.has(term)) shared += weight;
    return shared;
  }
}

function entryOf(article: Article): Entry {
  const phrases = [...Object.values(article.title), ...Object.values(article.questions).flat()].map(termsOf);
  const body = termsOf(Object.values(article.body).join('\n'));
  return {
    article,
    phrases: phrases.filter((phrase) => phrase.size > 0),
    everywhere: new Set([...phrases.flatMap((phrase) => [...phrase]), ...body]),
  };
}

/** How much each term tells: the fewer articles have it, the more. */
function weightsOf(entries: readonly Entry[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { everywhere } of entries) for (const term of everywhere) seen.set(term, (seen.get(term) ?? 0) + 1);
  return new Map([...seen].map(([term, count]) => [term, Math.log(1 + entries.length / count)]));
}

function documentOf({ id, title, questions, body }: Article): {
  id: string;
  title: string;
  questions: string;
  body: string;
} {
  return {
    id,
    title: Object.values(title).join('\n'),
    questions: Object.values(questions).flat().join('\n'),
    body: Object.values(body).join('\n'),
  };
}

/** Whether an article's last day has passed. Days end at midnight UTC: nobody is told yesterday's news for more than the zone's hours. */
export function isOver({ validUntil }: Article, now: number): boolean {
  return validUntil !== undefined && new Date(now).toISOString().slice(0, 10) > validUntil;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
