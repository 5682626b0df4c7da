/**
 * `npm run bench -- inquiries --train FILE --test FILE [--test FILE] [--few N] [--only NAME] [--peers] [--json]`: how often
 * each system names the right intent, on the same files. `--few` draws that many examples of every intent, and measures
 * beside it how well unknown intents are told apart.
 */
import { basename } from 'node:path';
import type { Example } from '../../src/inquiries/index.js';
import { drawIntents, few, measure, outOfScope } from './measure.js';
import type { Measured, Test } from './measure.js';
import { peerSystems } from './peers.js';
import { readRows } from './rows.js';
import { ownSystems } from './systems.js';
import type { System } from './systems.js';

/** The share of intents that are held out to stand for what nobody foresaw. */
const HELD_OUT = 0.25;
/** Draws of a few examples differ; the mean of these counts. */
const DRAWS = [1, 2, 3];

export interface Line extends Measured {
  /** Only with few examples, on the first test file. */
  readonly auroc?: number;
}

/** Prints the table, or the figures as JSON. `folder` is where the peers are installed, if they are. */
export async function benchInquiries(folder: string, args: readonly string[]): Promise<void> {
  const [train] = valuesOf(args, '--train');
  const tests = valuesOf(args, '--test').map((path) => ({ name: basename(path), rows: readRows(path) }));
  if (train === undefined || tests.length === 0) throw new Error('--train FILE and --test FILE are needed');
  const examples = readRows(train).map(({ text, intents }) => ({ text, intent: intents[0] ?? '' }));
  const count = Number(valuesOf(args, '--few')[0] ?? 0);
  const { systems, missing } = peerSystems(folder);
  const only = valuesOf(args, '--only');
  const wanted = [...ownSystems(), ...systems].filter(
    ({ name }) => only.length === 0 || only.some((part) => name.includes(part)),
  );
  const lines: Line[] = [];
  for (const system of wanted) lines.push(await lineOf(system, examples, tests, count));
  if (args.includes('--json')) {
    console.log(JSON.stringify(lines));
    return;
  }
  console.log(
    `${count > 0 ? `${count} examples an intent, mean of ${DRAWS.length} draws` : `${examples.length} rows`}\n`,
  );
  console.log(table(lines));
  for (const line of missing) console.log(line);
}

async function lineOf(
  system: System,
  examples: readonly Example[],
  tests: readonly Test[],
  count: number,
): Promise<Line> {
  if (count === 0) return measure(system, examples, tests);
  const lines: Line[] = [];
  for (const seed of DRAWS) {
    const drawn = few(examples, count, seed);
    const measured = await measure(system, drawn, tests);
    const heldOut = drawIntents(examples, Math.round(new Set(drawn.map(({ intent }) => intent)).size * HELD_OUT), seed);
    lines.push({ ...measured, auroc: await outOfScope(system, drawn, tests[0]?.rows ?? [], heldOut) });
  }
  return meanOf(lines);
}

function meanOf(lines: readonly Line[]): Line {
  const mean = (pick: (line: Line) => number): number => lines.reduce((sum, one) => sum + pick(one), 0) / lines.length;
  const [first] = lines;
  return {
    system: first?.system ?? '',
    tests: (first?.tests ?? []).map(({ name, rows }, at) => ({
      name,
      rows,
      top1: mean((line) => line.tests[at]?.top1 ?? 0),
      top3: mean((line) => line.tests[at]?.top3 ?? 0),
    })),
    trainMs: mean((line) => line.trainMs),
    p50Ms: mean((line) => line.p50Ms),
    p95Ms: mean((line) => line.p95Ms),
    megabytes: mean((line) => line.megabytes),
    auroc: mean((line) => line.auroc ?? 0),
  };
}

function table(lines: readonly Line[]): string {
  const names = lines[0]?.tests.map(({ name }) => name) ?? [];
  const scope = lines.some(({ auroc }) => auroc !== undefined) ? ['unknown intents, AUROC'] : [];
  const head = [
    'system',
    ...names.map((name) => `${name}: top-1 / top-3`),
    ...scope,
    'training',
    'query p50 / p95',
    'memory',
  ];
  const rows = lines.map((line) => [
    line.system,
    ...line.tests.map(({ top1, top3, rows: asked }) => `${top1.toFixed(1)} / ${top3.toFixed(1)} (${asked})`),
    ...scope.map(() => line.auroc?.toFixed(1) ?? '–'),
    `${(line.trainMs / 1000).toFixed(1)} s`,
    `${line.p50Ms.toFixed(2)} / ${line.p95Ms.toFixed(2)} ms`,
    line.system.startsWith('fastText') ? 'another process' : `${line.megabytes.toFixed(0)} MB`,
  ]);
  return [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** The values of an option that may stand several times. */
function valuesOf(args: readonly string[], option: string): string[] {
  return args.flatMap((one, at) => (one === option ? args.slice(at + 1, at + 2) : []));
}
