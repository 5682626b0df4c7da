/** The second ear for danger: hears it in words that no exact phrase foresaw, as far as they are like what was heard before. */
import type { Alarms, Danger, Example } from '../lessons.js';
import { featuresOf } from './features.js';
import type { Lexicon } from './lexicon.js';
import { scoreLinear, trainLinear } from './linear.js';
import type { Linear } from './linear.js';
import { seedOf } from './random.js';
import { learnVocabulary, Vectoriser } from './vectors.js';
import type { Vocabulary } from './vectors.js';

export interface Ear {
  readonly vocabulary: Vocabulary;
  /** The classes are `CALM` and the dangers, in the order of `KINDS`. */
  readonly linear: Linear;
}

const CALM = 0;
const KINDS: readonly (Danger | undefined)[] = [undefined, 'medical', 'self_harm', 'violence'];
/** Chosen on a round of phrasings and on questions to a bank (docs/inquiries-data.md): rather an alarm too many than one too few. */
const BORDER = -0.15;
const SETTINGS = { cost: 1, own: 3 };
/** A word or two, torn from a form, are no cry for help that an exact phrase would not know. */
const FEWEST_WORDS = 3;

/** Learns from alarms and, as calm words, from everything else that is said to a charity. */
export function trainEar(alarms: Alarms, examples: readonly Example[], lexicon: Lexicon, seed: number): Ear {
  const said = [
    ...KINDS.flatMap((kind, at) => (kind === undefined ? [] : alarms[kind].map((text) => ({ text, at })))),
    ...[...alarms.calm, ...examples.map(({ text }) => text)].map((text) => ({ text, at: CALM })),
  ];
  const features = said.map(({ text }) => featuresOf(text, lexicon));
  const vocabulary = learnVocabulary(features);
  const vectoriser = new Vectoriser(vocabulary);
  const linear = trainLinear(
    features.map((one) => vectoriser.vector(one)),
    Int32Array.from(said, ({ at }) => at),
    { width: vectoriser.width, classes: KINDS.length },
    SETTINGS,
    Uint32Array.from(said, ({ text }) => seedOf(text, seed)),
  );
  return { vocabulary, linear };
}

/** Listens with one ear. */
export class Listener {
  private readonly vectoriser: Vectoriser;

  constructor(
    private readonly ear: Ear,
    private readonly lexicon: Lexicon,
  ) {
    this.vectoriser = new Vectoriser(ear.vocabulary);
  }

  /** The danger that a message sounds like; undefined when it sounds calm. */
  danger(text: string): Danger | undefined {
    const features = featuresOf(text, this.lexicon);
    if (features.words < FEWEST_WORDS) return undefined;
    const scores = new Float32Array(KINDS.length);
    scoreLinear(this.ear.linear, this.vectoriser.vector(features), scores);
    const [calm = 0, ...dangers] = scores;
    const worst = Math.max(...dangers);
    return worst - calm > BORDER ? KINDS[dangers.indexOf(worst) + 1] : undefined;
  }
}
