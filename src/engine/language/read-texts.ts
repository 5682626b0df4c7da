/** Reads flows/texts/<language>.yaml: nested keys become dotted ones, and every key must stand in every language. */
import type { Language, Text } from '../types.js';
import type { Place, Report } from './finding.js';
import { readString } from './shape.js';
import type { Node } from './source.js';

/** The part of the texts that travels in a flow set. */
const travelling = /^(engine|answers|edge|status)\./;

export interface LanguageFile {
  readonly language: Language;
  readonly node: Node;
}
export interface Texts {
  readonly all: Readonly<Record<string, Text>>;
  readonly lines: ReadonlyMap<string, ReadonlyMap<Language, Place>>;
}

export function readTexts(files: readonly LanguageFile[], report: Report): Texts {
  const all: Record<string, Record<Language, string>> = {};
  const lines = new Map<string, Map<Language, Place>>();
  for (const { language, node } of files) {
    for (const [key, at, text] of leaves(node, '', report)) {
      const places = lines.get(key) ?? new Map<Language, Place>();
      if (places.has(language)) report.add('duplicate_key', at, `"${key}" is written twice.`, 'Keep one of the two.');
      lines.set(key, places.set(language, at));
      (all[key] ??= {})[language] = text;
    }
  }
  reportMissing(
    files.map((file) => file.language),
    lines,
    report,
  );
  return { all, lines };
}

export function travellingTexts(texts: Texts): Record<string, Text> {
  return Object.fromEntries(Object.entries(texts.all).filter(([key]) => travelling.test(key)));
}

function* leaves(node: Node, path: string, report: Report): Generator<[string, Place, string]> {
  if (node.kind !== 'map') {
    const text = readString(node, `The text "${path}"`, report);
    if (text?.trim() === '')
      report.add(
        'empty_text',
        node.at,
        `The text "${path}" is empty.`,
        'Write it, or remove the key in every language.',
      );
    if (text !== undefined) yield [path, node.at, text];
    return;
  }
  for (const [key, entry] of node.entries) {
    if (!/^[A-Za-z_][\w.-]*$/.test(key))
      report.add('bad_id', entry.at, `"${key}" cannot name a text.`, 'Use Latin letters, digits, _ and dots.');
    else yield* leaves(entry.value, path === '' ? key : `${path}.${key}`, report);
  }
}

function reportMissing(languages: readonly Language[], lines: Texts['lines'], report: Report): void {
  for (const [key, places] of lines) {
    const [first] = places.values();
    for (const language of languages) {
      if (!places.has(language) && first)
        report.add(
          'missing_text_key',
          first,
          `The text "${key}" is missing in "${language}".`,
          `Add it to flows/texts/${language}.yaml.`,
        );
    }
  }
}
