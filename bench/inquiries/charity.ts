/** Measures a charity's own pack on messages of its people: right answers by variety, bands, strays, danger. */
import { existsSync, readFileSync } from 'node:fs';
import { prepare } from '../../src/engine/prepare.js';
import { ruleFor } from '../../src/conversation/ruled.js';
import { dangersIn } from '../../src/engine/read/danger.js';
import { plain } from '../../src/engine/text/normalise.js';
import { trainInThread } from '../../src/conversation/train.js';
import { createAdviser, decode, parseRules, STRAY } from '../../src/inquiries/index.js';
import type { Adviser, Lessons } from '../../src/inquiries/index.js';
import type { Bundle } from '../../src/sila.js';
import { few } from './measure.js';
import type { Row } from './rows.js';
import { SEED } from './systems.js';
import type { Guess, System } from './systems.js';

/** What the whole way makes of a message, and which intents it ranks first. */
export interface Judgement {
  readonly band: 'answer' | 'offer' | 'none' | 'rule';
  readonly intents: readonly string[];
  readonly ranked: readonly string[];
}

export interface Score {
  readonly rows: number;
  /** Per cent. */
  readonly top1: number;
  readonly top3: number;
}

export interface CharityScores {
  /** Messages that ask for something, by system and variety; `all` among the varieties. */
  readonly requests: Readonly<Record<string, Readonly<Record<string, Score>>>>;
  readonly bands: Bands;
  /** Rows that exact rules decide: how many are heeded as what they are, and how many others are taken for them. */
  readonly rules: Readonly<Record<string, RuleScore>>;
  /** The whole pack, ears and borders included. */
  readonly trainMs: number;
  /** 45 intents with 20 examples each, drawn from the pack, and the borders: the fastest of three. */
  readonly smallMs: number;
  /** From the message to its answer, rules and search included: the fastest of three for each row. */
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export interface Bands {
  readonly answered: number;
  readonly offered: number;
  /** Of the direct answers, those that are right. */
  readonly right: number;
  /** Of strays, those answered directly. */
  readonly strays: number;
  /** Of messages with two wishes, those in which both are answered. */
  readonly both: number;
}

const RULES = new Set(
  'danger-medical danger-self-harm danger-violence noise media opt-out flow-word person case-number fraud medical-advice insult'.split(
    ' ',
  ),
);

export async function measureCharity(
  charity: string,
  rows: readonly Row[],
  others: readonly System[],
): Promise<CharityScores> {
  const path = `dist/flows/${charity}.json`;
  if (!existsSync(path)) throw new Error(`There is no ${path}: run npm run flows first`);
  const bundle = JSON.parse(readFileSync(path, 'utf8')) as Bundle;
  const { lessons } = bundle;
  if (!lessons) throw new Error(`${path} holds no lessons`);
  // In a thread, as the server does: what training does to the engine's guesses of types does not slow down answers.
  const started = performance.now();
  const trained = decode(await trainInThread(lessons));
  const trainMs = performance.now() - started;
  if (!trained) throw new Error('the thread gave no model');
  const adviser = createAdviser(lessons, trained, bundle.articles, () => Date.now());
  const judge = judgeOf(bundle, adviser, (text) => adviser.read(text));
  const judged = rows.map((row) => ({ row, judgement: judge(row.text) }));
  const answer = judgeOf(bundle, adviser, (text) => adviser.find(text, 'ar'));
  // As in a server that has run for an hour: nobody pays for what the engine compiles in the first minutes.
  for (let round = 0; round < WARM; round++) for (const { text } of rows) answer(text);
  const times = rows.map(({ text }) => fastest(() => answer(text))).sort((a, b) => a - b);
  const smallMs = await trainedSmall(small(lessons));
  const asking = judged.filter(({ row }) => row.intents.length > 0 && !row.intents.some((one) => RULES.has(one)));
  const requests: Record<string, Record<string, Score>> = {
    Sila: byVariety(asking.map(({ row, judgement }) => ({ row, ranked: judgement.ranked }))),
  };
  const courtesies = new Set(lessons.intents.filter(({ kind }) => kind === 'courtesy').map(({ name }) => name));
  for (const system of others) {
    const other = await system.train(lessons.examples);
    const ranked: { row: Row; ranked: string[] }[] = [];
    for (const { row } of asking) {
      const guesses = await other.guess(row.text);
      const wishes = row.intents.every((one) => courtesies.has(one)) ? guesses : without(guesses, courtesies);
      ranked.push({ row, ranked: wishes.filter(({ intent }) => intent !== STRAY).map(({ intent }) => intent) });
    }
    other.close?.();
    requests[system.name] = byVariety(ranked);
  }
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return {
    requests,
    bands: bandsOf(judged),
    rules: rulesOf(judged),
    trainMs,
    smallMs,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
  };
}

const TRIES = 3;
const WARM = 10;

/** In milliseconds. */
function fastest(run: () => unknown): number {
  return Math.min(
    ...Array.from({ length: TRIES }, () => {
      const started = performance.now();
      run();
      return performance.now() - started;
    }),
  );
}

/** The fastest of three trainings in a thread, its start included. */
async function trainedSmall(lessons: Lessons): Promise<number> {
  const times: number[] = [];
  for (let one = 0; one < TRIES; one++) {
    const started = performance.now();
    await trainInThread(lessons);
    times.push(performance.now() - started);
  }
  return Math.min(...times);
}

/** As many intents and examples as the bar names, without ears. */
function small({ alarms: _alarms, ruled: _ruled, ...lessons }: Lessons): Lessons {
  const names = new Set(lessons.intents.slice(0, SMALL.intents).map(({ name }) => name));
  const examples = lessons.examples.filter(({ intent }) => names.has(intent));
  return { ...lessons, examples: few(examples, SMALL.examples, SEED) };
}

const SMALL = { intents: 45, examples: 20 };

/** The whole way of a free message: danger, exact rules, words of the conversation, then what is left to `read`. */
function judgeOf<T>(bundle: Bundle, adviser: Adviser, read: (text: string) => T): (text: string) => Judgement | T {
  const prepared = prepare(bundle.set);
  const rules = bundle.rules === undefined ? undefined : parseRules('flows/rules.yaml', bundle.rules);
  const ruled = (intents: string[]): Judgement => ({ band: 'rule', intents, ranked: intents });
  return (text) => {
    const { danger, rule } = ruleFor({ finder: adviser, ...(rules && { rules }) }, { kind: 'message', text });
    const sounds = danger && { kind: danger.outcome, sure: danger.values?.['sure'] === 'yes' };
    const dangers = dangersIn(prepared, text, sounds).map(({ kind }) => `danger-${kind.replace('_', '-')}`);
    if (dangers.length > 0) return ruled(dangers);
    if (rule) return ruled([rule.outcome.replace('perhaps-', '')]);
    const word = prepared.words.get(plain(text));
    if (word === 'greeting' || word === 'thanks' || word === 'person') return ruled([word]);
    if (word !== undefined) return ruled([word === 'rest' ? 'opt-out' : 'flow-word']);
    return read(text);
  };
}

export interface RuleScore {
  readonly rows: number;
  readonly heeded: number;
  /** Messages that are none of its kind, and those of them that were taken for it. */
  readonly others: number;
  readonly wrongly: number;
}

interface Judged {
  readonly row: Row;
  readonly judgement: Judgement;
}

function without(guesses: readonly Guess[], names: ReadonlySet<string>): readonly Guess[] {
  return guesses.filter(({ intent }) => !names.has(intent));
}

function isRight({ intents, alsoOk }: Row, intent: string | undefined): boolean {
  return intent !== undefined && (intents.includes(intent) || alsoOk.includes(intent));
}

function byVariety(all: readonly { row: Row; ranked: readonly string[] }[]): Record<string, Score> {
  const varieties = ['all', ...new Set(all.map(({ row }) => row.variety))];
  return Object.fromEntries(
    varieties.map((variety) => {
      const rows = all.filter(({ row }) => variety === 'all' || row.variety === variety);
      const top1 = rows.filter(({ row, ranked }) => isRight(row, ranked[0])).length;
      const top3 = rows.filter(({ row, ranked }) => ranked.slice(0, 3).some((one) => isRight(row, one))).length;
      return [variety, { rows: rows.length, top1: share(top1, rows.length), top3: share(top3, rows.length) }];
    }),
  );
}

function bandsOf(judged: readonly Judged[]): Bands {
  const asking = judged.filter(({ row }) => row.intents.length > 0 && !row.intents.some((one) => RULES.has(one)));
  const direct = asking.filter(({ judgement }) => judgement.band === 'answer' || judgement.band === 'rule');
  const right = direct.filter(({ row, judgement }) => judgement.intents.every((one) => isRight(row, one)));
  const strays = judged.filter(({ row }) => row.intents.length === 0);
  const answeredStrays = strays.filter(({ judgement: { band } }) => band === 'answer' || band === 'rule');
  const two = asking.filter(({ row }) => row.intents.length > 1);
  const both = two.filter(
    ({ row, judgement: { band, intents } }) => band === 'answer' && row.intents.every((one) => intents.includes(one)),
  );
  return {
    answered: share(direct.length, asking.length),
    offered: share(asking.filter(({ judgement }) => judgement.band === 'offer').length, asking.length),
    right: share(right.length, direct.length),
    strays: share(answeredStrays.length, strays.length),
    both: share(both.length, two.length),
  };
}

function rulesOf(judged: readonly Judged[]): Record<string, RuleScore> {
  const told = judged.flatMap(({ row, judgement }) => [
    ...row.intents,
    ...(judgement.band === 'rule' ? judgement.intents : []),
  ]);
  const kinds = [...new Set(told.filter((one) => RULES.has(one)))];
  return Object.fromEntries(
    kinds.map((kind) => {
      const rows = judged.filter(({ row }) => row.intents.includes(kind));
      const heeded = rows.filter(
        ({ row, judgement }) => judgement.band === 'rule' && judgement.intents.some((one) => isRight(row, one)),
      );
      const taken = judged.filter(({ judgement }) => judgement.band === 'rule' && judgement.intents.includes(kind));
      const wrongly = taken.filter(({ row }) => !isRight(row, kind));
      return [
        kind,
        { rows: rows.length, heeded: heeded.length, others: judged.length - rows.length, wrongly: wrongly.length },
      ];
    }),
  );
}

function share(part: number, whole: number): number {
  return whole === 0 ? 100 : (100 * part) / whole;
}
