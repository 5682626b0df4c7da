/** The classifier of questions: trained from examples, it says which intents a message may have. */
import { STRAY } from '../lessons.js';
import type { Example } from '../lessons.js';
import { Familiarity, learnFamiliar } from './familiar.js';
import type { Familiar, Seen } from './familiar.js';
import { featuresOf } from './features.js';
import type { Features } from './features.js';
import { scoreHidden, trainHidden } from './hidden.js';
import type { Hidden } from './hidden.js';
import type { Lexicon } from './lexicon.js';
import { scoreLinear, trainLinear } from './linear.js';
import type { Linear } from './linear.js';
import { seedOf } from './random.js';
import { countCommon, learnVocabulary, Vectoriser } from './vectors.js';
import type { Vector, Vocabulary } from './vectors.js';

/** Everything that was learned. The same examples, lexicon and seed give the same numbers. */
export interface Model {
  readonly intents: readonly string[];
  readonly vocabulary: Vocabulary;
  readonly linear: Linear;
  readonly hidden: Hidden;
  readonly familiar: Familiar;
}

export interface Guess {
  readonly intent: string;
  /** About −1.5 to 2: how far on the intent's side of all others the message lies. */
  readonly score: number;
  /** How familiar the message would be as one of this intent: about 0 for what was seen, falling. Worked out when asked; strays have none. */
  readonly familiar?: number;
}

/** An example beside its features, so that several trainings look at it once. */
export interface Sighted extends Example {
  readonly features: Features;
}

/**
 * By the number of examples, from so many on. Few need more smoothing and can be gone through more often. The first and the last were chosen
 * on ArBanking77's validation rows, the middle one by leaving out whole voices of the packs' lessons.
 */
const SETTINGS = [
  { rows: 20_000, linear: { cost: 1, own: 3, rounds: 10 }, hidden: { units: 128, rounds: 8, rate: 0.05 } },
  { rows: 10_000, linear: { cost: 1, own: 3, rounds: 6 }, hidden: { units: 64, rounds: 10, rate: 0.03 } },
  { rows: 0, linear: { cost: 0.3, own: 10, rounds: 6 }, hidden: { units: 64, rounds: 10, rate: 0.03 } },
] as const;
const HIDDEN_SHARE = 0.7;

/** Trains on examples. */
export function trainModel(examples: readonly Example[], lexicon: Lexicon, seed: number): Model {
  return trainSighted(
    examples.map((one) => ({ ...one, features: featuresOf(one.text, lexicon) })),
    seed,
  );
}

/** Without examples the model knows no intent. What is drawn for an example hangs on its words and the seed alone. */
export function trainSighted(examples: readonly Sighted[], seed: number): Model {
  const intents = [...new Set(examples.map(({ intent }) => intent))];
  const vocabulary = learnVocabulary(examples.map(({ features }) => features));
  const vectoriser = new Vectoriser(vocabulary);
  const rows = examples.map(({ features }) => vectoriser.vector(features));
  const classOf = new Map(intents.map((intent, at) => [intent, at]));
  const labels = Int32Array.from(examples, ({ intent }) => classOf.get(intent) ?? 0);
  const { width } = vectoriser;
  const classes = intents.length;
  const columnSeeds = vocabulary.hashes.subarray(0, countCommon(rows, width)).map((hash) => hash ^ seed);
  const settings = SETTINGS.find(({ rows: from }) => examples.length >= from) ?? SETTINGS[0];
  const rowSeeds = Uint32Array.from(examples, ({ text }) => seedOf(text, seed));
  const rowWeights = Float32Array.from(examples, ({ weight }) => weight ?? 1);
  const linear = trainLinear(rows, labels, { width, classes }, { ...settings.linear, rowWeights }, rowSeeds);
  const hidden = trainHidden(rows, labels, { columnSeeds, classes }, { ...settings.hidden, rowWeights }, rowSeeds);
  const seen = rows.map((row) => see(linear, hidden, row));
  return { intents, vocabulary, linear, hidden, familiar: learnFamiliar(seen, labels, width, classes) };
}

interface Sight extends Seen {
  readonly likely: Float32Array;
}

function see(linear: Linear, hidden: Hidden, row: Vector): Sight {
  const scores = new Float32Array(linear.classes);
  const likely = new Float32Array(linear.classes);
  scoreLinear(linear, row, scores);
  const active = scoreHidden(hidden, row, likely);
  return { row, scores, likely, active };
}

/** Classifies with one model. */
export class Classifier {
  private readonly vectoriser: Vectoriser;
  private readonly familiarity: Familiarity;

  constructor(
    private readonly model: Model,
    private readonly lexicon: Lexicon,
  ) {
    this.vectoriser = new Vectoriser(model.vocabulary);
    this.familiarity = new Familiarity(model.familiar, model.intents.length);
  }

  /** All intents, likeliest first. A text without any known feature has none. */
  guess(text: string): Guess[] {
    return this.rank(featuresOf(text, this.lexicon));
  }

  /** The same for a text that was looked at before. */
  rank(features: Features): Guess[] {
    const { intents, linear, hidden } = this.model;
    const row = this.vectoriser.vector(features);
    if (row.columns.length === 0) return [];
    const sight = see(linear, hidden, row);
    let judge: ((one: number) => number) | undefined;
    const familiar = (one: number): number => (judge ??= this.familiarity.of(sight))(one);
    return intents
      .map((intent, at) => {
        const score = (sight.scores[at] as number) + HIDDEN_SHARE * (sight.likely[at] as number);
        return intent === STRAY ? { intent, score } : new Known(intent, score, () => familiar(at));
      })
      .sort((a, b) => b.score - a.score);
  }
}

/** A guess that is asked how familiar it is only where somebody wants to know. */
class Known implements Guess {
  private judged: number | undefined;

  constructor(
    readonly intent: string,
    readonly score: number,
    private readonly judge: () => number,
  ) {}

  get familiar(): number {
    return (this.judged ??= this.judge());
  }
}
