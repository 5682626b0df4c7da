/** What the classifier learns from when staff wrote articles beside those of the pack, or in their place. */
import { plain } from '../engine/text/normalise.js';
import type { Article } from './article.js';
import { featuresOf } from './classifier/features.js';
import { lexiconOf } from './classifier/lexicon.js';
import { skeleton } from './classifier/skeleton.js';
import { learnVocabulary } from './classifier/vectors.js';
import type { Intent } from './intents.js';
import { Likeness } from './likeness.js';
import { once, questionsOf } from './lessons.js';
import type { Example, Lessons, LexiconData } from './lessons.js';
import { SAME } from './taught.js';
import { words as wordsOf } from './terms.js';

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
  const scale = scaleOf(lessons);
  const others = examples
    .filter(({ intent }) => intent !== first.intent)
    .map((one) => ({ one, said: plain(one.text), signs: scale.signs(one.text) }));
  const conflict = (text: string): Conflict | undefined => {
    const [said, signs] = [plain(text), scale.signs(text)];
    const exact = others.find((other) => other.said === said);
    const close = scale.likeness.once(text);
    const other = exact ?? others.find((other) => shareWords(signs, other.signs) && close(other.one.text) >= SAME);
    return other && { text, other: other.one, exact: other === exact };
  };
  return own.flatMap(({ text }) => conflict(text) ?? []);
}

/** What sentences are compared by: an article is looked at again with every pause of whoever writes it. */
interface Scale {
  readonly likeness: Likeness;
  /** By what each word may be known in another sentence: its standard form, and its consonants in whichever letters. */
  signs(text: string): readonly Signs[];
}

type Signs = readonly [standard: string, consonants: string];

/** Of a pack, whose lexicon stays the same object whatever is written beside it. How rare a word is, a further article hardly changes. */
const scales = new WeakMap<LexiconData, Scale>();

function scaleOf(lessons: Lessons): Scale {
  const known = scales.get(lessons.lexicon);
  if (known) return known;
  const lexicon = lexiconOf(lessons);
  const vocabulary = learnVocabulary(lessons.examples.map(({ text }) => featuresOf(text, lexicon)));
  const scale: Scale = {
    likeness: new Likeness(vocabulary, lexicon),
    signs: (text) => wordsOf(text).map((word) => [lexicon.standard(lexicon.meant(word)), `~${skeleton(word)}`]),
  };
  scales.set(lessons.lexicon, scale);
  return scale;
}

/** In shares of the longer one's words. Sentences that share fewer are not as alike as `SAME`, and need not be looked at letter by letter. */
const FEWEST_SHARED = 1 / 3;

function shareWords(one: readonly Signs[], other: readonly Signs[]): boolean {
  const known = new Set(other.flat());
  const shared = one.filter((signs) => signs.some((sign) => known.has(sign))).length;
  return shared >= FEWEST_SHARED * Math.max(one.length, other.length);
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
