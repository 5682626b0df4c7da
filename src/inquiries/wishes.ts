/** Hears the wishes of one message: what its parts ask for, as far as they differ and the whole message agrees. */
import { plain, tokens } from '../engine/text/normalise.js';
import { sureness } from './classifier/bands.js';
import type { Guess } from './classifier/model.js';
import { STRAY } from './lessons.js';
import { cutsOf, partsOf } from './split.js';
import type { Cut } from './split.js';

/** What a text asks for, likeliest first; courtesies are left out. The same part is asked for more than once. */
type Ask = (text: string) => readonly Guess[];

/**
 * Above this weight two wishes are taken. The numbers below were set on pairs of sentences that training had not seen, joined in ten ways,
 * and on such sentences alone; this one on what whole voices wrote that training did not know, stories above all, of which it takes one in
 * a hundred for two (docs/inquiries.md).
 */
const BORDER = 8;
/** What the lead over the second meaning of a part counts beside how far it stands before the strays. */
const LEAD = 2;
/** What the difference of the parts and the agreement of the whole count. */
const AGREEMENT = 1.6;
/** What a sign that another question begins adds, and what a part of a single word costs. */
const SIGN = 1.4;
/** Parts that differ more than this tell no more. */
const MOST_DIFFERENCE = 2.5;
/** An intent that a text is not ranked under has no higher score than this; strays count from the second number on. */
const UNLIKELY = -2;
const NOWHERE = -1;
/** A remark beside a question is longer than a word. */
const FEWEST_WORDS = 2;

/**
 * The intents of a message in parts: two, in its order; one that is sure by itself among remarks; none where the message is to be read as one.
 * `whole` is what the message asks for in one, `answer` the border of a direct answer.
 */
export function wishesIn(text: string, whole: readonly Guess[], ask: Ask, answer: number): readonly string[] {
  const cuts = cutsOf(text);
  let best: Weighed | undefined;
  for (const cut of cuts) best = weigh(cut, whole, ask, best?.weight ?? BORDER) ?? best;
  if (best !== undefined) return best.intents;
  const parts = [...partsOf(text), ...cuts.flatMap((cut) => (cut.marked ? cut.parts : []))];
  return parts.length > 1 ? onlySure(new Set(parts), ask, answer) : [];
}

/** What is surely asked for in parts; none when that is more than one thing. */
function onlySure(parts: Iterable<string>, ask: Ask, answer: number): readonly string[] {
  const sure = new Set<string>();
  for (const part of parts) {
    const intent = isMoreThanAWord(part) ? sureIntent(ask(part), answer) : undefined;
    if (intent !== undefined) sure.add(intent);
    if (sure.size > 1) return [];
  }
  return [...sure];
}

interface Weighed {
  readonly intents: readonly [string, string];
  /** In scores. */
  readonly weight: number;
}

/**
 * How much speaks for two wishes at a cut; undefined where that is not more than `least`, and where both parts want the same, or nothing.
 * Which part comes first tells nothing; where the first leaves the second no chance, the second is not asked for.
 */
function weigh({ parts, marked }: Cut, whole: readonly Guess[], ask: Ask, least: number): Weighed | undefined {
  const signs = (marked ? SIGN : 0) - (parts.every(isMoreThanAWord) ? 0 : SIGN);
  const weight = (clear: number, difference: number, agreed: number): number =>
    clear + AGREEMENT * (Math.min(difference, MOST_DIFFERENCE) + agreed) + signs;

  const first = ask(parts[0]);
  const one = intentOf(first);
  if (one === undefined) return undefined;
  const most = Math.min(scoreOf(whole, one), scoreOfOther(whole, one));
  if (weight(clearness(first), MOST_DIFFERENCE, most) <= least) return undefined;

  const second = ask(parts[1]);
  const other = intentOf(second);
  if (other === undefined || one === other) return undefined;
  const difference = Math.min(
    scoreOf(first, one) - scoreOf(first, other),
    scoreOf(second, other) - scoreOf(second, one),
  );
  const agreed = Math.min(scoreOf(whole, one), scoreOf(whole, other));
  const both = weight(Math.min(clearness(first), clearness(second)), difference, agreed);
  return both > least ? { intents: [one, other], weight: both } : undefined;
}

/** How clearly a part means one thing. How familiar its words are tells little: they were taken out of a sentence. */
function clearness(guesses: readonly Guess[]): number {
  const [first, second] = guesses.filter(({ intent }) => intent !== STRAY).map(({ score }) => score);
  if (first === undefined) return -Infinity;
  return first - Math.max(scoreOf(guesses, STRAY), NOWHERE) + LEAD * (first - (second ?? first));
}

function sureIntent(guesses: readonly Guess[], answer: number): string | undefined {
  return sureness(guesses) >= answer ? intentOf(guesses) : undefined;
}

function intentOf(guesses: readonly Guess[]): string | undefined {
  return guesses.find(({ intent }) => intent !== STRAY)?.intent;
}

function scoreOf(guesses: readonly Guess[], intent: string): number {
  return guesses.find((one) => one.intent === intent)?.score ?? UNLIKELY;
}

/** Of the likeliest intent but this one. */
function scoreOfOther(guesses: readonly Guess[], intent: string): number {
  const other = guesses.find((one) => one.intent !== intent && one.intent !== STRAY);
  return Math.max(other?.score ?? UNLIKELY, UNLIKELY);
}

/** A single word says too little to be a wish of its own. */
export function isMoreThanAWord(part: string): boolean {
  return tokens(plain(part)).length >= FEWEST_WORDS;
}
