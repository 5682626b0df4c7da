/** A second ear beside exact phrases: hears danger, or what another rule answers, in words that no phrase foresaw, as far as they are like what was heard before. */
import type { Alarms, Danger, Example, RuledKind, RuleLessons } from '../lessons.js';
import type { Features } from './features.js';
import { scoreLinear, trainLinear } from './linear.js';
import type { Linear } from './linear.js';
import { seedOf } from './random.js';
import { learnVocabulary, Vectoriser } from './vectors.js';
import type { Vocabulary } from './vectors.js';

export interface Ear {
  readonly vocabulary: Vocabulary;
  /** The first class is calm; the others are what the ear listens for, in the order of its kinds. */
  readonly linear: Linear;
}

/** What an ear listens for, and from which lead over calm words on it is believed. */
export interface Attention<Kind extends string> {
  readonly kinds: readonly Kind[];
  readonly border: number;
  /** Kinds with a border of their own. */
  readonly borders?: Readonly<Partial<Record<Kind, number>>>;
  /** Fewer words than this, torn from a form, say nothing that an exact phrase would not know. */
  readonly fewestWords: number;
  /** What leads over the calm by less than this is faint: no more than a doubt. */
  readonly faint: number;
}

/** Borders were chosen by leaving out whole voices (docs/decisions: second-ear, ear-for-rules). Of danger rather an alarm too many than one too few. */
export const DANGERS: Attention<Danger> = {
  kinds: ['medical', 'self_harm', 'violence'],
  border: -0.5,
  fewestWords: 3,
  faint: -0.27,
};
export const RULED: Attention<RuledKind> = {
  kinds: ['fraud', 'medical-advice', 'insult', 'person', 'opt-out'],
  border: -0.3,
  // Much that is asked about messages sounds like wanting none, and whoever asks it is not helped by being asked "stop?".
  borders: { 'opt-out': -0.1 },
  fewestWords: 2,
  faint: 0,
};

const SETTINGS = { cost: 1, own: 3, rounds: 10 };

/** Gives the features of a text. */
type Look = (text: string) => Features;

/** The ear for danger. To it, everything else that is said to a charity is calm. */
export function trainAlarmEar(alarms: Alarms, examples: readonly Example[], look: Look, seed: number): Ear {
  const calm = [...alarms.calm, ...examples.map(({ text }) => text)];
  return trainEar(
    DANGERS.kinds.map((kind) => alarms[kind]),
    calm,
    look,
    seed,
  );
}

/** The ear for what exact rules answer. To it, cries for help are calm: they are heard before. */
export function trainRuleEar(
  ruled: RuleLessons,
  alarms: Alarms | undefined,
  examples: readonly Example[],
  look: Look,
  seed: number,
): Ear {
  const calm = [...ruled.calm, ...Object.values(alarms ?? {}).flat(), ...examples.map(({ text }) => text)];
  return trainEar(
    RULED.kinds.map((kind) => ruled[kind] ?? []),
    calm,
    look,
    seed,
  );
}

/** Learns from the sentences of each kind and from calm ones. */
function trainEar(kinds: readonly (readonly string[])[], calm: readonly string[], look: Look, seed: number): Ear {
  const said = [calm, ...kinds].flatMap((texts, at) => texts.map((text) => ({ text, at })));
  const features = said.map(({ text }) => look(text));
  const vocabulary = learnVocabulary(features);
  const vectoriser = new Vectoriser(vocabulary);
  const linear = trainLinear(
    features.map((one) => vectoriser.vector(one)),
    Int32Array.from(said, ({ at }) => at),
    { width: vectoriser.width, classes: 1 + kinds.length },
    SETTINGS,
    Uint32Array.from(said, ({ text }) => seedOf(text, seed)),
  );
  return { vocabulary, linear };
}

/** Listens with one ear. */
export class Listener<Kind extends string> {
  private readonly vectoriser: Vectoriser;

  constructor(
    private readonly ear: Ear,
    private readonly attention: Attention<Kind>,
    private readonly look: Look,
  ) {
    this.vectoriser = new Vectoriser(ear.vocabulary);
  }

  /** What a message sounds like; undefined when it sounds calm. `sure`: it sounds more like that than like anything calm. */
  hear(text: string): { kind: Kind; sure: boolean; faint: boolean } | undefined {
    const { kinds, border, borders, faint, fewestWords } = this.attention;
    const features = this.look(text);
    if (features.words < fewestWords) return undefined;
    const scores = new Float32Array(1 + kinds.length);
    scoreLinear(this.ear.linear, this.vectoriser.vector(features), scores);
    const [calm = 0, ...heard] = scores;
    const loudest = Math.max(...heard);
    const kind = kinds[heard.indexOf(loudest)];
    if (kind === undefined || loudest - calm <= (borders?.[kind] ?? border)) return undefined;
    return { kind, sure: loudest > calm, faint: loudest - calm < faint };
  }
}
