/** The classifier of questions: trained from examples, it says which intents a message may have. */
import type { Example } from '../lessons.js';
import { featuresOf } from './features.js';
import { scoreHidden, trainHidden } from './hidden.js';
import type { Hidden } from './hidden.js';
import type { Lexicon } from './lexicon.js';
import { scoreLinear, trainLinear } from './linear.js';
import type { Linear } from './linear.js';
import { seedOf } from './random.js';
import { learnVocabulary, Vectoriser } from './vectors.js';
import type { Vocabulary } from './vectors.js';

/** Everything that was learned. The same examples, lexicon and seed give the same numbers. */
export interface Model {
  readonly intents: readonly string[];
  readonly vocabulary: Vocabulary;
  readonly linear: Linear;
  readonly hidden: Hidden;
}

export interface Guess {
  readonly intent: string;
  /** About −1.5 to 2: how far on the intent's side of all others the message lies. */
  readonly score: number;
}

/** Few examples need more smoothing and can be gone through more often; chosen on ArBanking77's validation rows. */
const MANY_ROWS = 10_000;
const FEW = { linear: { cost: 0.3, own: 10 }, hidden: { units: 64, rounds: 10 } };
const MANY = { linear: { cost: 1, own: 3 }, hidden: { units: 128, rounds: 8 } };
const HIDDEN_SHARE = 0.7;

/** Trains on examples. Without examples the model knows no intent. What is drawn for an example hangs on its words and the seed alone. */
export function trainModel(examples: readonly Example[], lexicon: Lexicon, seed: number): Model {
  const intents = [...new Set(examples.map(({ intent }) => intent))];
  const features = examples.map(({ text }) => featuresOf(text, lexicon));
  const vocabulary = learnVocabulary(features);
  const vectoriser = new Vectoriser(vocabulary);
  const rows = features.map((one) => vectoriser.vector(one));
  const classOf = new Map(intents.map((intent, at) => [intent, at]));
  const labels = Int32Array.from(examples, ({ intent }) => classOf.get(intent) ?? 0);
  const { width } = vectoriser;
  const classes = intents.length;
  const columnSeeds = vocabulary.hashes.map((hash) => hash ^ seed);
  const settings = examples.length >= MANY_ROWS ? MANY : FEW;
  const rowSeeds = Uint32Array.from(examples, ({ text }) => seedOf(text, seed));
  const rowWeights = Float32Array.from(examples, ({ weight }) => weight ?? 1);
  const linear = trainLinear(rows, labels, { width, classes }, { ...settings.linear, rowWeights }, rowSeeds);
  const hidden = trainHidden(rows, labels, { columnSeeds, classes }, { ...settings.hidden, rowWeights }, rowSeeds);
  return { intents, vocabulary, linear, hidden };
}

/** Classifies with one model. */
export class Classifier {
  private readonly vectoriser: Vectoriser;

  constructor(
    private readonly model: Model,
    private readonly lexicon: Lexicon,
  ) {
    this.vectoriser = new Vectoriser(model.vocabulary);
  }

  /** All intents, likeliest first. A text without any known feature has none. */
  guess(text: string): Guess[] {
    const { intents, linear, hidden } = this.model;
    const row = this.vectoriser.vector(featuresOf(text, this.lexicon));
    if (row.columns.length === 0) return [];
    const scores = new Float32Array(intents.length);
    const likely = new Float32Array(intents.length);
    scoreLinear(linear, row, scores);
    scoreHidden(hidden, row, likely);
    return intents
      .map((intent, at) => ({ intent, score: (scores[at] as number) + HIDDEN_SHARE * (likely[at] as number) }))
      .sort((a, b) => b.score - a.score);
  }
}
