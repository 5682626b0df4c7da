/** Texts for people: one in every language of the pack. */
import type { Language, Text } from '../types.js';
import type { DraftText } from './draft.js';
import { languageLimits } from './language-limits.js';
import type { Report } from './finding.js';
import { readStrings, readString, wrong } from './shape.js';
import type { Node } from './source.js';

/** `{ ar: …, en: … }`; further languages are left out of the set, a missing one is a finding. */
export function readText(
  node: Node | undefined,
  what: string,
  languages: readonly Language[],
  report: Report,
  also: readonly string[] = [],
): DraftText | undefined {
  if (!node) return undefined;
  if (node.kind !== 'map') {
    wrong(
      node,
      `${what} must be given in each language.`,
      `Write it as ${languages.map((language) => `"${language}: …"`).join(' and ')}.`,
      report,
    );
    return undefined;
  }
  const text: Record<Language, string> = {};
  const lines: Record<Language, number> = {};
  for (const [key, entry] of node.entries) {
    if (also.includes(key)) continue;
    if (!isLanguage(key)) {
      report.add('unknown_key', entry.at, `${what} knows no "${key}".`, `Write the texts as ${languages.join(', ')}.`);
      continue;
    }
    const value = readString(entry.value, `${what} (${key})`, report);
    if (value === undefined || !languages.includes(key)) continue;
    text[key] = checked(value, what, key, entry.value, report);
    lines[key] = entry.value.at.line;
  }
  for (const language of languages) {
    if (!node.entries.has(language)) {
      report.add('missing_language', node.at, `${what} is missing in "${language}".`, `Add a line "${language}: …".`);
    }
  }
  return { text, at: node.at, lines };
}

/** Words per language: `{ ar: [..], en: [..] }`. */
export function readWords(
  node: Node | undefined,
  what: string,
  languages: readonly Language[],
  report: Report,
): Record<Language, string[]> {
  const words: Record<Language, string[]> = {};
  if (!node) return words;
  if (node.kind !== 'map') {
    wrong(node, `${what} must be given for each language.`, 'Write "ar: [one, two]".', report);
    return words;
  }
  for (const [key, entry] of node.entries) {
    if (!isLanguage(key))
      report.add('unknown_key', entry.at, `${what} knows no "${key}".`, `Write the words as ${languages.join(', ')}.`);
    else words[key] = readStrings(entry.value, `${what} (${key})`, report);
  }
  return words;
}

export function emptyText(languages: readonly Language[]): Text {
  return Object.fromEntries(languages.map((language) => [language, '']));
}

function isLanguage(key: string): boolean {
  return /^[a-z]{2,3}(-[A-Za-z]{2,8})?$/.test(key);
}

function checked(value: string, what: string, language: Language, node: Node, report: Report): string {
  if (value.trim() === '') report.add('empty_text', node.at, `${what} is empty in "${language}".`, 'Write the text.');
  if (value.length > languageLimits.text) {
    report.add(
      'text_too_long',
      node.at,
      `${what} is ${value.length} letters long.`,
      `Keep it within ${languageLimits.text} letters; say the rest in a step of its own.`,
    );
  }
  return value;
}
