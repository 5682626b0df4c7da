/** Reads YAML into plain nodes that know their lines; whatever is wrong with a file becomes a finding, never an exception. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Alias,
  type Document,
  type YAMLError,
} from 'yaml';
import { type Finding, type Place, Report } from './finding.js';
import { languageLimits } from './language-limits.js';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export type Scalar = string | number | boolean | null;
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly at: Place;
  readonly value: Scalar;
  /** As written, for numbers whose digits matter. */
  readonly source: string;
}
export interface ListNode {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly Node[];
}
export interface Entry {
  readonly at: Place;
  readonly value: Node;
}
export interface MapNode {
  readonly kind: 'map';
  readonly at: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}
export type Node = ScalarNode | ListNode | MapNode;

/** Files are the same for every charity of a run, and read once. */
const known = new WeakMap<SourceFile, { node: Node | undefined; findings: readonly Finding[] }>();

/** YAML 1.2, core schema, one document, no anchors. Undefined (with findings) when nothing usable is in the file. */
export function parseSource(file: SourceFile, report: Report): Node | undefined {
  const { node, findings } = known.get(file) ?? parseOnce(file);
  for (const { code, message, cure, ...at } of findings) report.add(code, at, message, cure);
  return node;
}

function parseOnce(file: SourceFile): { node: Node | undefined; findings: readonly Finding[] } {
  const report = new Report();
  const once = { node: parse(file, report), findings: report.findings };
  known.set(file, once);
  return once;
}

function parse(file: SourceFile, report: Report): Node | undefined {
  const top = { file: file.path, line: 1 };
  reportBidi(file, report);
  if (file.text.length > languageLimits.fileLength) {
    report.add(
      'too_big',
      top,
      `The file is longer than ${languageLimits.fileLength} characters.`,
      'Split it into several flows.',
    );
    return undefined;
  }
  try {
    return read(file, report);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report.add('too_deep', top, 'The file is nested too deeply to be read.', 'Write it flatter.');
    return undefined;
  }
}

function read(file: SourceFile, report: Report): Node | undefined {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(file.text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    merge: false,
    // Checked below: the library compares every key with every other.
    uniqueKeys: false,
    prettyErrors: true,
    logLevel: 'silent',
  });
  const documents = Array.isArray(parsed) ? (parsed as Document.Parsed[]) : [];
  const [document, second] = documents;
  if (!document?.contents) {
    if (document) reportErrors(document, file, report);
    if (!document || document.errors.length === 0) {
      report.add('yaml', { file: file.path, line: 1 }, 'The file is empty.', 'Write it, or delete it.');
    }
    return undefined;
  }
  reportErrors(document, file, report);
  if (second) {
    const at = { file: file.path, line: lines.linePos(second.range[0]).line };
    report.add(
      'several_documents',
      at,
      'The file holds more than one document.',
      'Remove the line "---" or make two files.',
    );
  }
  if (document.errors.length > 0) return undefined;
  return new Walker(document, file.path, lines, report).node(document.contents, 0);
}

/** Only the first error: those after it are mostly its consequences. */
function reportErrors(document: Document.Parsed, file: SourceFile, report: Report): void {
  const tags = document.warnings.slice(0, 20);
  [...document.errors.slice(0, 1), ...tags].forEach((error) => reportError(error, file, report));
}

function reportError(error: YAMLError, file: SourceFile, report: Report): void {
  const at = { file: file.path, line: error.linePos?.[0].line ?? 1 };
  const message = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? error.code;
  if (error.code === 'TAG_RESOLVE_FAILED') report.add('tag', at, message, 'Write the value without a tag (!…).');
  else
    report.add(
      'yaml',
      at,
      message,
      'Look at the indentation, the colons and the quotation marks of this line and the one before.',
    );
}

class Walker {
  private aliases = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly file: string,
    private readonly lines: LineCounter,
    private readonly report: Report,
  ) {}

  node(node: unknown, depth: number): Node | undefined {
    const at = this.at(node);
    if (depth > languageLimits.depth) {
      this.report.add('too_deep', at, `More than ${languageLimits.depth} levels.`, 'Write it flatter.');
      return undefined;
    }
    if (isAlias(node)) return this.alias(node, at, depth);
    if (isScalar(node)) return { kind: 'scalar', at, value: scalar(node.value), source: node.source ?? '' };
    if (isSeq(node)) return { kind: 'list', at, items: node.items.flatMap((item) => this.node(item, depth + 1) ?? []) };
    if (isMap(node)) return { kind: 'map', at, entries: this.entries(node.items, depth) };
    return { kind: 'scalar', at, value: null, source: '' };
  }

  /** A repeated part (`*name`). Each repetition counts, those inside repetitions too, so that none can grow without bound. */
  private alias(alias: Alias, at: Place, depth: number): Node | undefined {
    const original = alias.resolve(this.document);
    if (!original) {
      this.report.add(
        'alias',
        at,
        `Nothing is named &${alias.source}.`,
        'Write the text out, in quotation marks if it begins with *.',
      );
      return undefined;
    }
    if (++this.aliases <= languageLimits.aliases) return this.node(original, depth + 1);
    this.report.add('alias', at, `More than ${languageLimits.aliases} repetitions (*).`, 'Write the texts out.');
    return undefined;
  }

  private entries(items: readonly { key: unknown; value: unknown }[], depth: number): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    for (const { key, value } of items) {
      const at = this.at(key);
      if (!isScalar(key) || key.value === null) {
        this.report.add(
          'wrong_type',
          at,
          'A name before a colon must be a plain word.',
          'Write one word before the colon.',
        );
        continue;
      }
      const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
      if (entries.has(name)) {
        this.report.add('duplicate_key', at, `"${name}" is written twice in one place.`, 'Keep one of the two.');
        continue;
      }
      const read =
        value === null ? ({ kind: 'scalar', at, value: null, source: '' } as const) : this.node(value, depth + 1);
      if (read) entries.set(name, { at, value: read });
    }
    return entries;
  }

  private at(node: unknown): Place {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    return { file: this.file, line: range?.[0] === undefined ? 1 : Math.max(1, this.lines.linePos(range[0]).line) };
  }
}

/** The core schema gives nothing but these. */
function scalar(value: unknown): Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Marks that turn the reading direction unseen: Unicode's Bidi_Control characters (UAX 9). */
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\\u(?:061[cC]|200[eEfF]|202[a-eA-E]|206[6-9])/;

/** Every line that holds such a mark, written or escaped. */
export function reportBidi(file: SourceFile, report: Report): void {
  if (!bidi.test(file.text)) return;
  file.text.split('\n').forEach((line, index) => {
    if (!bidi.test(line)) return;
    const at = { file: file.path, line: index + 1 };
    report.add(
      'bidi_control',
      at,
      'An invisible direction mark stands in this line.',
      'Type the line anew; the engine sets directions itself.',
    );
  });
}
