/** Reads data sets for the bench: CSV of two quoted columns, or JSON Lines. */
import { readFileSync } from 'node:fs';

export interface Row {
  readonly text: string;
  /** What the message asks for; none for a stray. Two need both. */
  readonly intents: readonly string[];
  /** Answers that are right too. */
  readonly alsoOk: readonly string[];
  /** How it is written: `standard`, `saudi`, `arabizi`, …; the file's own word. */
  readonly variety: string;
}

/**
 * `label,text` with both in quotes (inner quotes may stand unescaped, as in ArBanking77), or a JSON object a line:
 * `{"text", "intents", "also_ok"?, "variety"?}`. Throws for a line that is neither.
 */
export function readRows(path: string): Row[] {
  const lines = readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  return path.endsWith('.jsonl')
    ? lines.map((line, at) => fromJson(line, `${path}:${at + 1}`))
    : lines.slice(1).map((line, at) => fromCsv(line, `${path}:${at + 2}`));
}

const CSV_LINE = /^"(.*)","(.*)"$/;

function fromCsv(line: string, where: string): Row {
  const [, intent, text] = CSV_LINE.exec(line) ?? [];
  if (intent === undefined || text === undefined) throw new Error(`${where}: not two quoted columns`);
  return { text, intents: [intent], alsoOk: [], variety: 'all' };
}

function fromJson(line: string, where: string): Row {
  const value = parsed(line, where);
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
    throw new Error(`${where}: no text`);
  return {
    text: value.text,
    intents: 'intents' in value ? strings(value.intents, where) : [],
    alsoOk: 'also_ok' in value ? strings(value.also_ok, where) : [],
    variety: 'variety' in value && typeof value.variety === 'string' ? value.variety : 'all',
  };
}

function parsed(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Error(`${where}: not a JSON object`, { cause: error });
  }
}

/** The names that rows ask for and nobody knows: such a row counts as a miss of every system, so whoever wrote it must hear of it. */
export function unknownNames(rows: readonly Row[], known: ReadonlySet<string>): string[] {
  return [...new Set(rows.flatMap(({ intents, alsoOk }) => [...intents, ...alsoOk]))].filter(
    (name) => !known.has(name),
  );
}

function strings(value: unknown, where: string): string[] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
    throw new Error(`${where}: a list of names is expected`);
  return value;
}
