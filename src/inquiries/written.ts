/** What the classifier learns from when staff wrote articles beside those of the pack, or in their place. */
import { plain } from '../engine/text/normalise.js';
import type { Article } from './article.js';
import { featuresOf } from './classifier/features.js';
import { lexiconOf } from './classifier/lexicon.js';
import { learnVocabulary } from './classifier/vectors.js';
import type { Intent } from './intents.js';
import { Likeness } from './likeness.js';
import { once, questionsOf } from './lessons.js';
import type { Example, Lessons } from './lessons.js';
import { SAME } from './taught.js';

/** The lessons of the pack and its articles, with what staff wrote. An article that no intent names has one of its own. */
export function withWritten(lessons: Lessons, shipped: readonly Article[], written: readonly Article[]): Lessons {
  const intents = [...lessons.intents, ...written.filter(({ id }) => !isNamed(id, lessons)).map(intentOf)];
  const replaced = shipped.filter(({ id }) => written.some((one) => one.id === id));
  const gone = new Set(replaced.flatMap((article) => questionsOf(article, intents)).map(keyOf));
  const left = lessons.examples.filter((one) => !gone.has(keyOf(one)));
  return { ...lessons, intents, examples: once([...left, ...written.flatMap((one) => questionsOf(one, intents))]) };
}

/** A question of an article that stands elsewhere with another meaning, or says the same as one that does. */
export interface Conflict {
  readonly text: string;
  /** The sentence that stands there, and its intent. */
  readonly other: Example;
  /** Word for word. */
  readonly exact: boolean;
}

/** `lessons` are those with the article: its own questions are known by their intent. */
export function conflictsOf(article: Article, lessons: Lessons): Conflict[] {
  const { intents, examples } = lessons;
  const own = questionsOf(article, intents);
  const [first] = own;
  if (!first) return [];
  const others = examples.filter(({ intent }) => intent !== first.intent);
  const lexicon = lexiconOf(lessons);
  const likeness = new Likeness(learnVocabulary(examples.map(({ text }) => featuresOf(text, lexicon))), lexicon);
  const conflict = (text: string): Conflict | undefined => {
    const exact = others.find((one) => plain(one.text) === plain(text));
    const close = likeness.to(text);
    const other = exact ?? others.find((one) => close(one.text) >= SAME);
    return other && { text, other, exact: other === exact };
  };
  return own.flatMap(({ text }) => conflict(text) ?? []);
}

function isNamed(article: string, { intents }: Lessons): boolean {
  return intents.some(({ articles }) => articles?.includes(article));
}

function intentOf({ id, title }: Article): Intent {
  const [any = id] = Object.values(title);
  return { name: `article-${id}`, kind: 'article', ar: title['ar'] ?? any, en: title['en'] ?? any, articles: [id] };
}

function keyOf({ text, intent }: Example): string {
  return `${intent} ${plain(text)}`;
}
