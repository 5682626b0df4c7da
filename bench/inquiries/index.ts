/**
 * `npm run bench -- inquiries --train FILE --test FILE [--test FILE] [--few N] [--only NAME] [--peers] [--json]`: how often
 * each system names the right intent, on the same files. `--few` draws that many examples of every intent, and measures
 * beside it how well unknown intents are told apart.
 * `… --charity NAME --test FILE.jsonl [--only NAME] [--peers] [--json]`: the charity's own pack on messages of its people.
 * `--write NAME` puts the table between the marks of that name in docs/inquiries.md.
 */
import { basename } from 'node:path';
import type { Example } from '../../src/inquiries/index.js';
import { measureCharity } from './charity.js';
import { charityTable, table } from './tables.js';
import type { Line } from './tables.js';
import { drawIntents, few, measure, outOfScope } from './measure.js';
import type { Test } from './measure.js';
import { writeSection } from './page.js';
import { peerSystems } from './peers.js';
import { readRows } from './rows.js';
import { ownSystems } from './systems.js';
import type { System } from './systems.js';

/** The share of intents that are held out to stand for what nobody foresaw. */
const HELD_OUT = 0.25;
/** Draws of a few examples differ; the mean of these counts. */
const DRAWS = [1, 2, 3];

/** Prints the table, or the figures as JSON. `folder` is where the peers are installed, if they are. */
export async function benchInquiries(folder: string, args: readonly string[]): Promise<void> {
  const [charity] = valuesOf(args, '--charity');
  if (charity !== undefined) return benchCharity(charity, folder, args);
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
  const drawn =
    count > 0 ? `${count} examples an intent, mean of ${DRAWS.length} draws` : `All ${examples.length} rows`;
  tell(lines, `${drawn}:\n\n${table(lines)}`, missing, args);
}

async function benchCharity(charity: string, folder: string, args: readonly string[]): Promise<void> {
  const rows = valuesOf(args, '--test').flatMap(readRows);
  if (rows.length === 0) throw new Error('--test FILE.jsonl is needed');
  const { systems, missing } = peerSystems(folder);
  const only = valuesOf(args, '--only');
  // Ours is measured as people meet it: with its rules, and in bands.
  const others = [...ownSystems().filter(({ name }) => name !== 'Sila'), ...systems];
  const wanted = others.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));
  const scores = await measureCharity(charity, rows, wanted);
  tell(scores, charityTable(scores), missing, args);
}

/** Prints the tables or, with --json, the figures; with --write NAME they stand in docs/inquiries.md too. */
function tell(figures: unknown, tables: string, missing: readonly string[], args: readonly string[]): void {
  const [section] = valuesOf(args, '--write');
  if (section !== undefined) writeSection(section, tables);
  console.log(args.includes('--json') ? JSON.stringify(figures) : [tables, ...missing].join('\n'));
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

/** The values of an option that may stand several times. */
function valuesOf(args: readonly string[], option: string): string[] {
  return args.flatMap((one, at) => (one === option ? args.slice(at + 1, at + 2) : []));
}
