/** How sure is sure enough: the borders between answering, asking "did you mean" and saying that no answer was found. */
import { STRAY } from '../lessons.js';
import type { Example } from '../lessons.js';
import type { Lexicon } from './lexicon.js';
import { Classifier, trainSighted } from './model.js';
import type { Guess, Sighted } from './model.js';
import { seeded, shuffle } from './random.js';

export interface Bands {
  /** From this sureness on, the likeliest intent is answered directly. */
  readonly answer: number;
  /** From this sureness on, the likeliest intents are offered. */
  readonly offer: number;
  /** What other borders would do, in shares of 1, falling by border: for the console, and for whoever doubts the choice. */
  readonly curve: readonly Point[];
}

/** What a border for direct answers does to messages that the model did not learn from. */
export interface Point {
  readonly border: number;
  /** Of messages with an intent: those answered directly and rightly. */
  readonly answered: number;
  /** Of the direct answers to messages with an intent: those that are right. */
  readonly right: number;
  /** Of strays: those answered directly. */
  readonly strays: number;
}

/**
 * At most this share of strays may get a direct answer, and at least this share of direct answers must be right: stricter than the 5 and
 * 95 % that are wanted, since there are few strays to measure by, and a pack without voices promises more than life keeps.
 */
const MOST_STRAYS = 0.03;
const FEWEST_RIGHT = 0.96;
/** This share of messages with an intent is at least offered something. */
const OFFERED = 0.93;
/** A small pack is to be ready at once: halves take half the time of thirds, and make the border a little stricter. */
const FOLDS = { few: 2, many: 3, manyFrom: 1_500 };
/** The lead over the second tells more of a right answer than the distance from strays does. */
const LEAD_WEIGHT = 2;
/** Strays that were taught do most of what familiarity does without them; chosen on the packs' validation messages. */
const FAMILIAR_WEIGHT = { withoutStrays: 1, besideStrays: 0.4 };
const POINTS = 25;
/** Without any stray to measure by, only a clear lead is answered. */
const UNMEASURED: Bands = { answer: 4, offer: 0.5, curve: [] };

/**
 * How sure a ranking is: how far the best intent stands before the strays and before the second, and how familiar the message is as one of
 * it. −∞ without an intent.
 */
export function sureness(ranked: readonly Guess[]): number {
  const [first, second] = ranked.filter(({ intent }) => intent !== STRAY);
  if (!first) return -Infinity;
  const stray = ranked.find(({ intent }) => intent === STRAY)?.score;
  const weight = stray === undefined ? FAMILIAR_WEIGHT.withoutStrays : FAMILIAR_WEIGHT.besideStrays;
  // Where there is no other intent to compare with, there is no lead.
  const lead = first.score - (second?.score ?? first.score);
  return first.score - Math.max(stray ?? -1, -1) + LEAD_WEIGHT * lead + weight * (first.familiar ?? 0);
}

/**
 * Finds the borders by cross-validation: every example is judged by a model that did not see it, and that saw nothing else by the same
 * voice. Sentences of one hand are alike, and a model that knows some of them judges the others better than it will judge strangers.
 */
export function findBands(examples: readonly Sighted[], lexicon: Lexicon, seed: number): Bands {
  const judged = judge(examples, lexicon, seed);
  const known = judged.filter(({ stray }) => !stray);
  const strays = judged.filter(({ stray }) => stray);
  if (known.length === 0 || strays.length === 0) return UNMEASURED;
  const candidates = [...new Set(judged.map(({ sure }) => sure))].filter(Number.isFinite).sort((a, b) => a - b);
  const kept = (border: number): boolean => {
    const point = pointAt(border, known, strays);
    return point.strays <= MOST_STRAYS && point.right >= FEWEST_RIGHT;
  };
  const answer = candidates.find(kept) ?? UNMEASURED.answer;
  const sorted = known.map(({ sure }) => sure).sort((a, b) => a - b);
  const offer = Math.min(answer, sorted[Math.floor(sorted.length * (1 - OFFERED))] ?? answer);
  const step = Math.max(1, Math.floor(candidates.length / POINTS));
  const curve = candidates.filter((_, at) => at % step === 0).map((border) => pointAt(border, known, strays));
  return { answer, offer: Number.isFinite(offer) ? offer : answer, curve };
}

interface Judged {
  readonly sure: number;
  readonly right: boolean;
  readonly stray: boolean;
}

function judge(examples: readonly Sighted[], lexicon: Lexicon, seed: number): Judged[] {
  const count = examples.length < FOLDS.manyFrom ? FOLDS.few : FOLDS.many;
  const folds = inFolds(examples, count, seed);
  return Array.from({ length: count }, (_, fold) => fold).flatMap((fold) => {
    const learned = examples.filter((_, at) => folds[at] !== fold);
    const classifier = new Classifier(trainSighted(learned, seed), lexicon);
    return examples.filter((_, at) => folds[at] === fold).map((example) => judgeOne(classifier, example));
  });
}

/** By example, its fold: that of its voice, or one drawn by the seed. The voices are spread so that no fold is much larger. */
function inFolds(examples: readonly Example[], count: number, seed: number): readonly number[] {
  const sizes = new Map<string, number>();
  for (const { voice } of examples) if (voice !== undefined) sizes.set(voice, (sizes.get(voice) ?? 0) + 1);
  const spread = Array.from({ length: count }, () => 0);
  const ofVoice = new Map<string, number>();
  for (const [voice, size] of [...sizes].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))) {
    const fold = spread.indexOf(Math.min(...spread));
    (spread[fold] as number) += size;
    ofVoice.set(voice, fold);
  }
  const order = examples.map((_, at) => at);
  shuffle(order, seeded(seed));
  const places = new Map(order.map((at, place) => [at, place % count]));
  return examples.map(({ voice }, at) => (voice === undefined ? undefined : ofVoice.get(voice)) ?? places.get(at) ?? 0);
}

function judgeOne(classifier: Classifier, { features, intent }: Sighted): Judged {
  const ranked = classifier.rank(features);
  const best = ranked.find((one) => one.intent !== STRAY);
  return { sure: sureness(ranked), right: best?.intent === intent, stray: intent === STRAY };
}

function pointAt(border: number, known: readonly Judged[], strays: readonly Judged[]): Point {
  const direct = known.filter(({ sure }) => sure >= border);
  const right = direct.filter((one) => one.right).length;
  return {
    border,
    answered: right / known.length,
    right: direct.length === 0 ? 1 : right / direct.length,
    strays: strays.filter(({ sure }) => sure >= border).length / strays.length,
  };
}
