/** Reads the golden corpus of answers, test/answers/<type>.tsv: one row a behaviour, for the tests and for the benchmark. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { clean } from '../../src/engine/text/clean.js';
import { plain } from '../../src/engine/text/normalise.js';
import type { AnswerInput, FileRef, Json } from '../../src/engine/types.js';

export const languages = ['bare', 'standard', 'saudi', 'english'] as const;
export const digitSets = ['none', 'ascii', 'arabic', 'persian', 'wide', 'other', 'mixed'] as const;
export const shapes = ['clean', 'typo', 'spacing', 'bidi', 'wrapped'] as const;

export interface Row {
  readonly line: number;
  /** What the person sends, with escapes resolved; `@file …` and `@place …` stand for what is no text. */
  readonly input: string;
  readonly options: Readonly<Record<string, Json>>;
  /** A value as JSON, or `!reason`. */
  readonly expected: string;
  readonly language: string;
  readonly digits: string;
  readonly shape: string;
  readonly comment: string;
}

export interface Corpus {
  readonly type: string;
  readonly rows: readonly Row[];
  /** Declared cells: `saudi/arabic/clean/+` for right, `/-` for wrong. */
  readonly grid: readonly string[];
  /** Values of the axes that the file says have no place in it, with the reason. */
  readonly without: ReadonlyMap<string, string>;
}

/** The moment of every row: Thursday 15 January 2026, noon UTC; 26 Rajab 1447. */
export const NOW = Date.UTC(2026, 0, 15, 12);

/** Every corpus in a folder. Throws with file and line where a row is malformed. */
export function readCorpora(folder: string | URL): Corpus[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.tsv'));
  return files.sort().map((file) => readCorpus(file, readFileSync(new URL(file, folderUrl(folder)), 'utf8')));
}

/** What the answer type is given for a row. */
export function inputOf(written: string): AnswerInput {
  const nothing = { text: '', plain: '', files: [] };
  if (written.startsWith('@file ')) return { ...nothing, files: written.slice('@file '.length).split('|').map(fileOf) };
  if (written.startsWith('@place ')) return { ...nothing, location: placeOf(written.slice('@place '.length)) };
  const text = clean(written);
  return { text, plain: plain(text), files: [] };
}

/** `+` for a row with a value, `-` for one that is to be refused. */
export function verdict(row: Row): '+' | '-' {
  return row.expected.startsWith('!') ? '-' : '+';
}

export function cell(row: Row): string {
  return `${row.language}/${row.digits}/${row.shape}/${verdict(row)}`;
}

/** The shipped words for yes and no, as the engine passes them to the answer type. */
export function yesNoWords(wordsYaml: string): Record<string, Json> {
  const { words } = parse(wordsYaml) as { words: Record<string, Record<string, string[]>> };
  const list = (name: string): string[] => Object.values(words[name] ?? {}).flat();
  return { yes: list('yes'), no: list('no'), courtesy: [...list('greeting'), ...list('thanks'), ...list('courtesy')] };
}

function folderUrl(folder: string | URL): URL {
  return typeof folder === 'string' ? new URL(`file://${folder.replace(/\/?$/, '/')}`) : folder;
}

function readCorpus(file: string, text: string): Corpus {
  const lines = text.split('\n');
  const heads = lines.filter((line) => line.startsWith('#'));
  const rows = lines.flatMap((line, at) => (line === '' || line.startsWith('#') ? [] : [rowOf(file, line, at + 1)]));
  const without = heads.flatMap((line) => {
    const [, value, reason] = /^# without (\w+): (.+)$/.exec(line) ?? [];
    return value === undefined || reason === undefined ? [] : [[value, reason] as const];
  });
  return { type: file.replace(/\.tsv$/, ''), rows, grid: heads.flatMap(gridCells), without: new Map(without) };
}

/** `# saudi/arabic  +-  .  +  .  +`: one row of the grid, a column for each shape. */
function gridCells(line: string): string[] {
  const [, front, columns] = /^# (\w+\/\w+) +([-+. ]+)$/.exec(line) ?? [];
  if (front === undefined || columns === undefined) return [];
  return columns
    .trim()
    .split(/ +/)
    .flatMap((signs, at) =>
      signs === '.' ? [] : Array.from(signs).map((sign) => `${front}/${shapes[at] ?? '?'}/${sign}`),
    );
}

function rowOf(file: string, line: string, number: number): Row {
  const [input = '', options = '', expected = '', tag = '', comment = ''] = line.split('\t');
  const [language = '', digits = '', shape = ''] = tag.split('/');
  if (expected === '' || comment === '' || shape === '') {
    throw new Error(`${file}:${number}: input, options, expected, cell and comment are needed`);
  }
  const given = options === '' ? {} : (JSON.parse(options) as Record<string, Json>);
  return { line: number, input: unescape(input), options: given, expected, language, digits, shape, comment };
}

function fileOf(name: string): FileRef {
  return { id: 'f1', name, mime: 'application/pdf', bytes: 10 };
}

function placeOf(written: string): NonNullable<AnswerInput['location']> {
  const [lat, lon, ...label] = written.split(' ');
  return { lat: Number(lat), lon: Number(lon), ...(label.length > 0 && { label: label.join(' ') }) };
}

/** `\n` and `\u{200f}` are written out, so that a reader of the file sees them. */
function unescape(text: string): string {
  return text
    .replaceAll('\\n', '\n')
    .replace(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
}
