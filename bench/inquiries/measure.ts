/** Measures one system on one set of files: right answers, out-of-scope, time and memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seeded, shuffle } from '../../src/inquiries/classifier/index.js';
import type { Example } from '../../src/inquiries/index.js';
import type { Row } from './rows.js';
import { SEED } from './systems.js';
import type { System, Trained } from './systems.js';

export interface Measured {
  readonly system: string;
  /** Per test file, in per cent, over `rows` messages. */
  readonly tests: readonly {
    readonly name: string;
    readonly top1: number;
    readonly top3: number;
    readonly rows: number;
  }[];
  readonly trainMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** What the trained system holds in this process; another process's memory is not seen. */
  readonly megabytes: number;
}

export interface Test {
  readonly name: string;
  readonly rows: readonly Row[];
}

/** Trains once and asks every test message. */
export async function measure(system: System, train: readonly Example[], tests: readonly Test[]): Promise<Measured> {
  const before = held();
  const started = performance.now();
  const trained = await system.train(train);
  const trainMs = performance.now() - started;
  const megabytes = Math.max(0, held() - before) / 2 ** 20;
  const times: number[] = [];
  const results = [];
  for (const { name, rows } of tests) results.push({ name, ...(await ask(trained, some(rows, system.most), times)) });
  trained.close?.();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { system: system.name, tests: results, trainMs, p50Ms: at(0.5), p95Ms: at(0.95), megabytes };
}

/** Area under the ROC curve, in per cent: how well the system's sureness tells rows of known intents from rows of intents that were held out. */
export async function outOfScope(
  system: System,
  train: readonly Example[],
  rows: readonly Row[],
  heldOut: ReadonlySet<string>,
): Promise<number> {
  const trained = await system.train(train.filter(({ intent }) => !heldOut.has(intent)));
  const scored: { known: boolean; score: number }[] = [];
  for (const { text, intents } of some(rows, system.most)) {
    const guesses = await trained.guess(text);
    const score = trained.sure?.(guesses, text) ?? guesses[0]?.score ?? -Infinity;
    scored.push({ known: !heldOut.has(intents[0] ?? ''), score });
  }
  trained.close?.();
  return 100 * areaUnderCurve(scored);
}

/** `count` examples of every intent, drawn by the seed. */
export function few(examples: readonly Example[], count: number, seed: number): Example[] {
  const random = seeded(seed);
  return intentsOf(examples).flatMap((name) => {
    const own = examples.filter(({ intent }) => intent === name);
    return draw(own, count, random);
  });
}

/** A part of the intents, drawn by the seed. */
export function drawIntents(examples: readonly Example[], count: number, seed: number): Set<string> {
  return new Set(draw(intentsOf(examples), count, seeded(seed)));
}

function intentsOf(examples: readonly Example[]): string[] {
  return [...new Set(examples.map(({ intent }) => intent))];
}

function some(rows: readonly Row[], most = rows.length): readonly Row[] {
  return rows.length <= most ? rows : draw(rows, most, seeded(SEED));
}

function draw<T>(all: readonly T[], count: number, random: () => number): T[] {
  const order = all.map((_, at) => at);
  shuffle(order, random);
  return order.slice(0, count).flatMap((at) => all.slice(at, at + 1));
}

async function ask(
  trained: Trained,
  rows: readonly Row[],
  times: number[],
): Promise<Omit<Measured['tests'][number], 'name'>> {
  let [top1, top3] = [0, 0];
  for (const { text, intents } of rows) {
    const started = performance.now();
    const guesses = await trained.guess(text);
    times.push(performance.now() - started);
    const at = guesses.findIndex(({ intent }) => intents.includes(intent));
    if (at === 0) top1++;
    if (at >= 0 && at < 3) top3++;
  }
  return { top1: (100 * top1) / rows.length, top3: (100 * top3) / rows.length, rows: rows.length };
}

/** The share of pairs of a known and an unknown row in which the known one scores higher; a tie counts half. */
function areaUnderCurve(scored: readonly { known: boolean; score: number }[]): number {
  const sorted = [...scored].sort((a, b) => a.score - b.score);
  let wins = 0;
  let unknown = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++;
    const tied = sorted.slice(from, to);
    const strangers = tied.filter(({ known }) => !known).length;
    wins += (tied.length - strangers) * (unknown + strangers / 2);
    unknown += strangers;
    from = to;
  }
  return wins / (unknown * (sorted.length - unknown));
}

/** Bytes held after a collection. */
function held(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
