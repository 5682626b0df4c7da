// Every row of test/answers/<type>.tsv, read by its answer type: the behaviour of the types, one line each.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  cell,
  digitSets,
  inputOf,
  languages,
  NOW,
  readCorpora,
  shapes,
  yesNoWords,
  type Row,
} from '../../../bench/answers/rows.js';
import { answerTypes } from '../../../src/engine/answers/index.js';
import { digits } from '../../../src/engine/text/normalise.js';
import { compileTemplate, render, variables } from '../../../src/engine/text/template.js';
import type { Json, Reading } from '../../../src/engine/types.js';
import { choiceReader } from './choice-reader.js';

const root = new URL('../../../', import.meta.url);
const corpora = readCorpora(new URL('test/answers/', root));
const words = yesNoWords(readFileSync(new URL('flows/words.yaml', root), 'utf8'));
const byEngine = new Map([
  ['choice', choiceReader(false)],
  ['choices', choiceReader(true)],
]);

function read(type: string, row: Row): Reading {
  const engine = byEngine.get(type);
  if (engine) return engine(row.input);
  const options: Record<string, Json> = { ...(type === 'yes_no' && words), ...row.options };
  return answerTypes.get(type)!.read(inputOf(row.input), options, NOW);
}

test('every answer type has its corpus, and every corpus its type', () => {
  expect(corpora.map(({ type }) => type).sort()).toEqual([...answerTypes.keys(), ...byEngine.keys()].sort());
});

describe.each(corpora.map((corpus) => [corpus.type, corpus] as const))('%s', (type, { rows, grid, without }) => {
  test('has no row twice', () => {
    const keys = rows.map(({ input, options }) => `${input} ${JSON.stringify(options)}`);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  test('has a row for every cell of its grid, and a cell for every row', () => {
    expect(grid.length).toBeGreaterThan(0);
    expect([...new Set(rows.map(cell))].sort()).toEqual([...grid].sort());
  });

  test('leaves out no language, digit set or shape without saying why', () => {
    const axes: string[] = [...languages, ...digitSets, ...shapes];
    const used = new Set(grid.flatMap((one) => one.split('/').slice(0, -1)));
    expect(axes.filter((value) => !used.has(value))).toEqual(axes.filter((value) => without.has(value)));
  });

  test('names the digits of a row as they are', () => {
    for (const row of rows) expect(digitsIn(row.input), `line ${row.line}`).toBe(row.digits);
  });

  test.each(rows.map((row) => [row.line, row.comment, row] as const))('line %i: %s', (_line, _comment, row) => {
    const reading = read(type, row);
    if (row.expected.startsWith('!')) expect('wrong' in reading ? `!${reading.wrong}` : reading).toBe(row.expected);
    else expect(reading).toEqual({ value: JSON.parse(row.expected) });
  });
});

describe.each(['ar', 'en'])('the texts in %s', (language) => {
  const texts = parse(readFileSync(new URL(`flows/texts/${language}.yaml`, root), 'utf8')) as Record<string, string>;
  const refusals = corpora
    .filter(({ type }) => !byEngine.has(type))
    .flatMap(({ type, rows }) =>
      rows.flatMap((row) => {
        const reading = read(type, row);
        return 'wrong' in reading ? [{ key: `answers.${type}.${reading.wrong}`, reading, row }] : [];
      }),
    );

  test('have one for every reason, and a reason for each', () => {
    const written = Object.keys(texts).filter((key) => key.startsWith('answers.'));
    expect(written.sort()).toEqual([...new Set(refusals.map(({ key }) => key))].sort());
  });

  test('get a value for every variable', () => {
    for (const { key, reading } of refusals) {
      const asked = variables(compileTemplate(texts[key]!)).map(({ name }) => name);
      expect(Object.keys(reading.values ?? {}), key).toEqual(expect.arrayContaining(asked));
    }
  });

  test('never repeat a number that the person wrote', () => {
    for (const { key, reading, row } of refusals) {
      const said = render(compileTemplate(texts[key]!), (name) => String(reading.values?.[name] ?? ''), language);
      for (const run of digits(row.input).match(/[0-9]{5,}/g) ?? []) expect(said, key).not.toContain(run);
    }
  });
});

function digitsIn(input: string): string {
  if (input.startsWith('@')) return 'none';
  const blocks: readonly (readonly [string, RegExp])[] = [
    ['ascii', /[0-9]/],
    ['arabic', /[\u0660-\u0669]/],
    ['persian', /[\u06f0-\u06f9]/],
    ['wide', /[\uff10-\uff19]/],
    ['other', /[\u0966-\u096f]/],
  ];
  const [only = 'none', other] = blocks.filter(([, block]) => block.test(input)).map(([name]) => name);
  return other === undefined ? only : 'mixed';
}
