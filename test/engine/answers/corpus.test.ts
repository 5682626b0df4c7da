// Every row of test/answers/<type>.tsv, read by its answer type: the behaviour of the types, one line each.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { answerTypes } from '../../../src/engine/answers/index.js';
import { clean } from '../../../src/engine/text/clean.js';
import { plain } from '../../../src/engine/text/normalise.js';
import { compileTemplate, variables } from '../../../src/engine/text/template.js';
import type { AnswerInput, FileRef, Json } from '../../../src/engine/types.js';

interface Row {
  line: number;
  input: string;
  options: Record<string, Json>;
  expected: string;
  comment: string;
}

const FOLDER = new URL('../../answers/', import.meta.url);
const NOW = Date.UTC(2026, 0, 15, 12);
/** Stands for the word lists that the engine passes from a pack. */
const WORDS = {
  yes: ['نعم', 'أيوه', 'إي', 'موافق', 'لا مانع', 'yes', 'ok'],
  no: ['لا', 'غير موافق', 'no'],
  courtesy: ['شكرا', 'لو سمحت', 'thanks'],
};

const corpora = new Map(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.tsv'))
    .map((file) => [file.slice(0, -4), rowsOf(file)]),
);

test('every answer type has its corpus, and every corpus its type', () => {
  expect([...corpora.keys()].sort()).toEqual([...answerTypes.keys()].sort());
});

describe.each([...corpora])('%s', (name, rows) => {
  test('has no row twice', () => {
    const keys = rows.map(({ input, options }) => `${input} ${JSON.stringify(options)}`);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  test.each(rows.map((row) => [row.line, row.comment, row] as const))('line %i: %s', (_line, _comment, row) => {
    const reading = answerTypes.get(name)!.read(inputOf(row.input), row.options, NOW);
    if (row.expected.startsWith('!')) expect('wrong' in reading ? `!${reading.wrong}` : reading).toBe(row.expected);
    else expect(reading).toEqual({ value: JSON.parse(row.expected) });
  });
});

test.each(['ar', 'en'])('every reason has its text in %s, and every text its reason', (language) => {
  const texts = parse(readFileSync(new URL(`../../../flows/texts/${language}.yaml`, import.meta.url), 'utf8'));
  const written = Object.keys(texts).filter((key) => key.startsWith('answers.'));
  const reasons = [...corpora].flatMap(([name, rows]) =>
    rows
      .filter(({ expected }) => expected.startsWith('!'))
      .map(({ expected }) => `answers.${name}.${expected.slice(1)}`),
  );
  expect(written.sort()).toEqual([...new Set(reasons)].sort());
});

test.each(['ar', 'en'])('a reason fills every variable of its text in %s', (language) => {
  const texts = parse(readFileSync(new URL(`../../../flows/texts/${language}.yaml`, import.meta.url), 'utf8'));
  for (const [name, rows] of corpora) {
    for (const { input, options } of rows) {
      const reading = answerTypes.get(name)!.read(inputOf(input), options, NOW);
      if ('value' in reading) continue;
      const asked = variables(compileTemplate(texts[`answers.${name}.${reading.wrong}`])).map(
        (variable) => variable.name,
      );
      expect(Object.keys(reading.values ?? {}), `${name}.${reading.wrong}`).toEqual(expect.arrayContaining(asked));
    }
  }
});

function rowsOf(file: string): Row[] {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').split('\n');
  return lines.flatMap((text, at) => {
    if (text === '' || text.startsWith('#')) return [];
    const [input = '', options = '', expected = '', comment = ''] = text.split('\t');
    if (expected === '' || comment === '')
      throw new Error(`${file}:${at + 1}: input, options, expected and comment are needed`);
    const given = file === 'yes_no.tsv' ? WORDS : {};
    return [
      {
        line: at + 1,
        input: unescape(input),
        options: { ...given, ...(options && JSON.parse(options)) },
        expected,
        comment,
      },
    ];
  });
}

/** `\n` and `\u{200f}` are written out; `@file name` is a file, `@place` a shared location. */
function inputOf(written: string): AnswerInput {
  if (written.startsWith('@file ')) return { text: '', plain: '', files: written.slice(6).split('|').map(fileOf) };
  if (written === '@place')
    return { text: '', plain: '', files: [], location: { lat: 24.7, lon: 46.7, label: 'الرياض' } };
  const text = clean(written);
  return { text, plain: plain(text), files: [] };
}

function fileOf(name: string): FileRef {
  return { id: 'f1', name, mime: 'application/pdf', bytes: 10 };
}

function unescape(text: string): string {
  return text
    .replaceAll('\\n', '\n')
    .replace(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
}
