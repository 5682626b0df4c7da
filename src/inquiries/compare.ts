/** Holds two models against each other by cross-validation: what answers now, and what would answer with what staff taught. */
import { plain } from '../engine/text/normalise.js';
import { sureness } from './classifier/bands.js';
import { looker } from './classifier/features.js';
import { lexiconOf } from './classifier/lexicon.js';
import type { Lexicon } from './classifier/lexicon.js';
import type { Features } from './classifier/features.js';
import { Classifier, trainSighted } from './classifier/model.js';
import { seeded, shuffle } from './classifier/random.js';
import { learnVocabulary } from './classifier/vectors.js';
import { Likeness } from './likeness.js';
import { STRAY, trainable } from './lessons.js';
import type { Example, Lessons } from './lessons.js';
import { SAME, Taught } from './taught.js';

/** In shares of 1, measured on the pack's written examples only: what was taught never judges itself. */
export interface Figures {
  /** Of written examples with an intent: those whose likeliest intent is right. */
  readonly top1: number;
  /** Of written strays: those answered directly, at the border of the model that answers now. */
  readonly strays: number;
  /** Of what staff taught, judged by models that did not see it: right. Null: nothing is taught. */
  readonly taught: number | null;
}

export interface Comparison {
  readonly current: Figures;
  readonly candidate: Figures;
  /** How many written examples changed sides: right before and wrong now, or the other way round. */
  readonly top1: Change;
  /** The same for strays: `lost` are answered directly only now. */
  readonly strays: Change;
  /** Taught sentences that say the same as something in the pack, or as something else that was taught, and mean another thing. */
  readonly torn: readonly string[];
}

export interface Change {
  readonly lost: number;
  readonly won: number;
}

/** What is compared: the same pack with what answers now, and with what would. Taught examples carry their weight. */
export interface Contest {
  readonly pack: Lessons;
  readonly current: readonly Example[];
  readonly candidate: readonly Example[];
  /** From which sureness on the model that answers now answers directly. */
  readonly border: number;
}

const FOLDS = 3;
const SEED = 1;

/** Whether the candidate may answer: nothing taught contradicts anything else, and neither figure drops at all. */
export function mayAnswer({ top1, strays, torn }: Comparison): boolean {
  return torn.length === 0 && !drops(top1) && !drops(strays);
}

/** More was lost than won. */
export function drops({ lost, won }: Change): boolean {
  return lost > won;
}

/** In standard deviations; harmless sentences stayed below 1.8 on the shipped pack. */
const CHANCE = 2.5;

/** More was lost than a toss of a coin for each change would bring (McNemar's test): what was taught does harm, not only noise. */
export function harms({ lost, won }: Change): boolean {
  return lost - won > CHANCE * Math.sqrt(lost + won);
}

/** Compares them; takes as long as four trainings. The same contest gives the same figures. */
export function compare({ pack, current, candidate, border }: Contest): Comparison {
  const lexicon = lexiconOf(pack);
  const look = looker(lexicon);
  const [before, after] = [current, candidate].map((taught) => judge(pack.examples, taught, candidate, lexicon, look));
  const isRight = ({ intent, right }: Judged): boolean => intent === STRAY || right;
  const isHeld = ({ intent, sure }: Judged): boolean => intent !== STRAY || sure < border;
  return {
    current: figures(before ?? [], border),
    candidate: figures(after ?? [], border),
    top1: change(before ?? [], after ?? [], isRight),
    strays: change(before ?? [], after ?? [], isHeld),
    torn: contradictions(pack.examples, candidate, lexicon, look),
  };
}

/** Both judged the same examples in the same order. */
function change(before: readonly Judged[], after: readonly Judged[], good: (one: Judged) => boolean): Change {
  let [lost, won] = [0, 0];
  before.forEach((one, at) => {
    const now = after[at];
    if (one.taught || !now || good(one) === good(now)) return;
    if (good(now)) won++;
    else lost++;
  });
  return { lost, won };
}

interface Judged {
  readonly intent: string;
  readonly taught: boolean;
  readonly right: boolean;
  readonly sure: number;
}

/** Every example is judged by a model that did not see it; `judges` are the taught ones that are asked about. */
function judge(
  written: readonly Example[],
  taught: readonly Example[],
  judges: readonly Example[],
  lexicon: Lexicon,
  look: (text: string) => Features,
): Judged[] {
  const foldOf = folds([...written, ...judges]);
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const seen = (one: Example): boolean => foldOf.get(plain(one.text)) !== fold;
    const learned = [...written, ...taught].filter(seen);
    const model = trainSighted(
      trainable(learned).map((one) => ({ ...one, features: look(one.text) })),
      SEED,
    );
    const classifier = new Classifier(model, lexicon);
    const words = new Taught(learned, model.vocabulary, lexicon);
    const judged = (one: Example, isTaught: boolean): Judged => {
      const meant = words.meaningOf(one.text);
      if (meant !== undefined) return judgedBy(one, meant, isTaught);
      const ranked = classifier.rank(look(one.text));
      const likeliest = isTaught ? ranked[0] : ranked.find(({ intent }) => intent !== STRAY);
      return { intent: one.intent, taught: isTaught, right: likeliest?.intent === one.intent, sure: sureness(ranked) };
    };
    return [
      ...written.filter((one) => !seen(one)).map((one) => judged(one, false)),
      ...judges.filter((one) => !seen(one)).map((one) => judged(one, true)),
    ];
  });
}

/** Words that were taught settle it, whatever the model makes of them. */
function judgedBy({ intent }: Example, meant: string, taught: boolean): Judged {
  return { intent, taught, right: meant === intent, sure: meant === STRAY ? -Infinity : Infinity };
}

/** The same words are always in the same fold; written examples fall as they do without what is taught. */
function folds(examples: readonly Example[]): Map<string, number> {
  const foldOf = new Map<string, number>();
  const texts = [...new Set(examples.map(({ text }) => plain(text)))];
  const random = seeded(SEED);
  const order = Array.from({ length: FOLDS }, (_, fold) => fold);
  texts.forEach((text, at) => {
    if (at % FOLDS === 0) shuffle(order, random);
    foldOf.set(text, order[at % FOLDS] ?? 0);
  });
  return foldOf;
}

function figures(judged: readonly Judged[], border: number): Figures {
  const written = judged.filter(({ taught }) => !taught);
  const known = written.filter(({ intent }) => intent !== STRAY);
  const strays = written.filter(({ intent }) => intent === STRAY);
  const taught = judged.filter((one) => one.taught);
  return {
    top1: share(known, ({ right }) => right) ?? 0,
    strays: share(strays, ({ sure }) => sure >= border) ?? 0,
    taught: share(taught, ({ right }) => right),
  };
}

function share(all: readonly Judged[], is: (one: Judged) => boolean): number | null {
  return all.length === 0 ? null : all.filter(is).length / all.length;
}

/** A taught sentence whose nearest other one, written or taught, says the same, and means something else. */
function contradictions(
  written: readonly Example[],
  taught: readonly Example[],
  lexicon: Lexicon,
  look: (text: string) => Features,
): string[] {
  const all = [...written, ...taught];
  const likeness = new Likeness(learnVocabulary(all.map(({ text }) => look(text))), lexicon);
  return taught.flatMap((self) => {
    const { text, intent } = self;
    let nearest = { like: 0, intent };
    for (const one of all) {
      if (one === self) continue;
      const like = plain(one.text) === plain(text) ? 1 : likeness.of(one.text, text);
      if (like > nearest.like || (like === nearest.like && one.intent === intent))
        nearest = { like, intent: one.intent };
    }
    return nearest.like >= SAME && nearest.intent !== intent ? [text] : [];
  });
}
