/** Answers questions from the articles by the trained classifier, in three bands; search stands in where it does not know. */
import type { Language } from '../engine/types.js';
import type { Article } from './article.js';
import { sureness } from './classifier/bands.js';
import { DANGERS, Listener, RULED } from './classifier/ear.js';
import { featuresOf } from './classifier/features.js';
import type { Features } from './classifier/features.js';
import { lexiconOf } from './classifier/lexicon.js';
import type { Lexicon } from './classifier/lexicon.js';
import { Classifier } from './classifier/model.js';
import type { Guess } from './classifier/model.js';
import type { Trained } from './classifier/trained.js';
import { Courtesies } from './courtesy.js';
import { createFinder } from './finder.js';
import type { Finder, FoundArticles } from './finder.js';
import type { Intent } from './intents.js';
import { STRAY } from './lessons.js';
import type { Lessons } from './lessons.js';
import { followsUp } from './split.js';
import { Taught } from './taught.js';
import { wishesIn } from './wishes.js';

/** What a question seems to ask for, before articles are looked for. */
export interface Reading {
  readonly band: 'answer' | 'offer' | 'none';
  /** Answer: what is asked, one or two. Offer: what may be asked, likeliest first. None: the likeliest, for the record. */
  readonly intents: readonly string[];
  /** All intents of the whole message, likeliest first; strays and, where something is asked, courtesies left out. */
  readonly ranked: readonly string[];
}

export interface Adviser extends Finder {
  /** `topic` is the intent of the last answer: a message that only points back is read together with it. */
  read(question: string, topic?: string): Reading;
}

const MOST_OFFERED = 3;
/** So many places after the first are likely too. */
const MOST_LIKELY = 2;
/** In characters: what is longer was pasted, and its beginning says what it is about. */
const LONGEST = 2000;

/** Joins a trained model with the articles. `now` gives UTC milliseconds: an article past its day is not used. */
export function createAdviser(
  lessons: Lessons,
  trained: Trained,
  articles: readonly Article[],
  now: () => number,
): Adviser {
  const finder = createFinder(articles, now);
  const lexicon = lexiconOf(lessons);
  const look = latest((text) => featuresOf(text, lexicon));
  const reader = new Reader(lessons, trained, lexicon, look);
  const shelf = new Shelf(lessons, finder);
  const alarm = trained.ear && new Listener(trained.ear, DANGERS, look);
  const rules = trained.ruleEar && new Listener(trained.ruleEar, RULED, look);
  return {
    article: (id) => finder.article(id),
    danger: (text) => alarm?.hear(text),
    ruled: (text) => {
      const kind = rules?.hear(text)?.kind;
      return kind !== undefined && reader.read(text, undefined).band !== 'answer' ? kind : undefined;
    },
    read: (question, topic) => reader.read(question, topic),
    find: (question, language, topic) => {
      const searched = finder.find(question, language);
      if (shelf.isAlone(searched)) return searched;
      return shelf.take(reader.read(question, topic), searched, language) ?? shelf.beside(searched);
    },
  };
}

type Guessing = (text: string) => readonly Guess[];
type Look = (text: string) => Features;

/** The ears and the classifier look at the same message one after the other. */
function latest(look: Look): Look {
  let last: { text: string; features: Features } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, features: look(text) };
    return last.features;
  };
}

/** Makes a reading of a question. */
class Reader {
  private readonly classifier: Classifier;
  private readonly kinds: ReadonlyMap<string, Intent['kind']>;
  private readonly taught: Taught;
  private readonly courtesies: Courtesies;

  constructor(
    lessons: Lessons,
    private readonly trained: Trained,
    lexicon: Lexicon,
    private readonly look: Look,
  ) {
    this.classifier = new Classifier(trained.model, lexicon);
    this.kinds = new Map(lessons.intents.map(({ name, kind }) => [name, kind]));
    this.courtesies = new Courtesies(lessons);
    this.taught = new Taught(lessons.examples, trained.model.vocabulary, lexicon);
  }

  read(question: string, topic: string | undefined): Reading {
    const taught = this.taught.meaningOf(question);
    if (taught === STRAY) return { band: 'none', intents: [], ranked: [] };
    if (taught !== undefined) return { band: 'answer', intents: [taught], ranked: [taught] };
    const guess = this.guessOnce();
    const said = this.beyondCourtesy(question.slice(0, LONGEST), guess);
    const whole = guess(said);
    const requests = this.requests(whole);
    const ask = (text: string): readonly Guess[] => this.requests(guess(text));
    const wishes = wishesIn(said, requests, ask, this.trained.bands.answer);
    const courteous = this.isCourtesy(whole) && (this.courtesies.saysOnly(said) || this.asksNothing(requests));
    const asked = courteous && wishes.length === 0 ? whole : requests;
    const reading = this.band(asked);
    const { ranked } = reading;
    if (wishes.length > 1) return { band: 'answer', intents: wishes, ranked };
    if (reading.band === 'answer') return reading;
    if (wishes.length > 0) return { band: 'answer', intents: wishes, ranked };
    const back = topic !== undefined && followsUp(question) && this.kinds.has(topic);
    return back ? { ...reading, ...this.following(ranked, topic) } : reading;
  }

  /** For one reading: a message and its parts come up again and again. */
  private guessOnce(): Guessing {
    const known = new Map<string, readonly Guess[]>();
    return (text) => {
      const guesses = known.get(text) ?? this.classifier.rank(this.look(text));
      known.set(text, guesses);
      return guesses;
    };
  }

  /** What is asked beside greeting and thanks, if anything is. */
  private beyondCourtesy(text: string, guess: Guessing): string {
    const rest = this.courtesies.without(text);
    const asks = sureness(this.requests(guess(rest))) >= this.trained.bands.offer;
    return asks ? rest : text;
  }

  /** The question's own meaning first; the topic is what it points back to. */
  private following(ranked: readonly string[], topic: string): Pick<Reading, 'band' | 'intents'> {
    const own = ranked.find((intent) => intent !== topic);
    return { band: 'offer', intents: own === undefined ? [topic] : [own, topic] };
  }

  private band(ranked: readonly Guess[]): Reading {
    const { answer, offer } = this.trained.bands;
    const sure = sureness(ranked);
    const named = ranked.map(({ intent }) => intent).filter((intent) => intent !== STRAY);
    if (sure >= answer) return { band: 'answer', intents: named.slice(0, 1), ranked: named };
    if (sure >= offer) return { band: 'offer', intents: named.slice(0, MOST_OFFERED), ranked: named };
    return { band: 'none', intents: named.slice(0, 1), ranked: named };
  }

  /** Thanks may tell a whole story: then nothing that could be asked is near. */
  private asksNothing(requests: readonly Guess[]): boolean {
    return sureness(requests) < this.trained.bands.offer;
  }

  private isCourtesy([first]: readonly Guess[]): boolean {
    return first !== undefined && this.kinds.get(first.intent) === 'courtesy';
  }

  private requests(ranked: readonly Guess[]): Guess[] {
    return ranked.filter(({ intent }) => this.kinds.get(intent) !== 'courtesy');
  }
}

/** Finds the articles of intents. */
class Shelf {
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
    const { band, intents } = this.withTwin(reading);
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
    const withheld = this.withheld.has(first);
    const flow = this.intents.get(first)?.flow;
    const deed = this.intents.get(first)?.kind === 'deed';
    const begins = flow !== undefined && !withheld && articles.length === 1 && { flow, deed };
    return { outcome: 'answered', best, others: [], also: articles.slice(1), intent: first, withheld, ...begins };
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
