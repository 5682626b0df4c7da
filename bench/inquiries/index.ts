/**
 * `npm run bench -- inquiries --train FILE --test FILE [--test FILE] [--few N] [--only NAME] [--peers] [--json]`: how often
 * each system names the right intent, on the same files. `--few` draws that many examples of every intent.
 * `… --unknown --few N --train FILE --test FILE [--only NAME] [--peers] [--json]`: how well each tells messages of intents that it
 * never saw from the others (bench/inquiries/unknown.ts).
 * `… --charity NAME --test FILE.jsonl [--only NAME] [--peers] [--json]`: the charity's own pack on messages of its people.
 * `--write NAME` puts the table between the marks of that name in docs/inquiries.md.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseIntents } from '../../src/inquiries/index.js';
import type { Example } from '../../src/inquiries/index.js';
import { measureCharity } from './charity.js';
import { few, measure } from './measure.js';
import type { Measured, Test } from './measure.js';
import { writeSection } from './page.js';
import { peerSystems } from './peers.js';
import { readRows, unknownNames } from './rows.js';
import { ownSystems } from './systems.js';
import type { System } from './systems.js';
import { charityTable, table } from './tables.js';
import { measureUnknown, unknownSystems, unknownTable } from './unknown.js';

const INTENTS = 'flows/intents.yaml';

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
  if (args.includes('--unknown')) return benchUnknown(examples, tests, count, folder, args);
  const { systems, missing } = peerSystems(folder);
  const lines: Measured[] = [];
  for (const system of wanted([...ownSystems(), ...systems], args))
    lines.push(await lineOf(system, examples, tests, count));
  const drawn =
    count > 0 ? `${count} examples an intent, mean of ${DRAWS.length} draws` : `All ${examples.length} rows`;
  tell(lines, `${drawn}:\n\n${table(lines)}`, missing, args);
}

async function benchUnknown(
  examples: readonly Example[],
  tests: readonly Test[],
  count: number,
  folder: string,
  args: readonly string[],
): Promise<void> {
  const { systems, missing } = peerSystems(folder);
  const rows = tests.flatMap((test) => test.rows);
  const scores = [];
  for (const system of wanted([...unknownSystems(), ...systems], args))
    scores.push(await measureUnknown(system, examples, rows, count));
  tell(scores, unknownTable(scores), missing, args);
}

async function benchCharity(charity: string, folder: string, args: readonly string[]): Promise<void> {
  const rows = valuesOf(args, '--test').flatMap(readRows);
  if (rows.length === 0) throw new Error('--test FILE.jsonl is needed');
  const { systems, missing } = peerSystems(folder);
  // Ours is measured as people meet it: with its rules, and in bands.
  const others = [...ownSystems().filter(({ name }) => name !== 'Sila'), ...systems];
  warnOf(unknownNames(rows, new Set(parseIntents(INTENTS, readFileSync(INTENTS, 'utf8')).map(({ name }) => name))));
  const scores = await measureCharity(charity, rows, wanted(others, args));
  tell(scores, charityTable(scores), missing, args);
}

/** On standard error, so that figures as JSON stay whole. */
function warnOf(unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  console.error(
    `No such intent, counted as missed by every system: ${unknown.join(', ')} (npm run inquiries -- --intents lists all)`,
  );
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
): Promise<Measured> {
  if (count === 0) return measure(system, examples, tests);
  const lines: Measured[] = [];
  for (const seed of DRAWS) lines.push(await measure(system, few(examples, count, seed), tests));
  return meanOf(lines);
}

function meanOf(lines: readonly Measured[]): Measured {
  const mean = (pick: (line: Measured) => number): number =>
    lines.reduce((sum, one) => sum + pick(one), 0) / lines.length;
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
  };
}

/** The systems that --only names, or all. */
function wanted(systems: readonly System[], args: readonly string[]): System[] {
  const only = valuesOf(args, '--only');
  return systems.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));
}

/** The values of an option that may stand several times. */
function valuesOf(args: readonly string[], option: string): string[] {
  return args.flatMap((one, at) => (one === option ? args.slice(at + 1, at + 2) : []));
}
