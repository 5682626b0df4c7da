// The test and validation files are frozen: not a byte of them changes, and none of their messages is learnt from.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { plain, tokens } from '../../src/engine/text/normalise.js';
import { parseIntents } from '../../src/inquiries/index.js';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const row = z.strictObject({
  text: z.string().min(1),
  intents: z.array(z.string()),
  also_ok: z.array(z.string()),
  variety: z.enum(['msa', 'saudi', 'dialect', 'typo', 'arabizi', 'english', 'mixed', 'long']),
  situation: z.number().int().optional(),
});
const files = ['safe-treatment', 'qutoof'].flatMap((charity) =>
  ['test', 'validation'].map((use) => `bench/inquiries/data/${charity}.${use}.jsonl`),
);
const rowsOf = (path: string) =>
  read(path)
    .trimEnd()
    .split('\n')
    .map((line) => row.parse(JSON.parse(line)));
const rows = files.flatMap(rowsOf);

describe('the frozen files', () => {
  test.each(files)('%s is as it was frozen', (path) => {
    const hash = createHash('sha256').update(read(path)).digest('hex');
    expect(read('docs/inquiries-data.md')).toContain(`\`${path}\``);
    expect(
      read('docs/inquiries-data.md')
        .split('\n')
        .find((line) => line.includes(path)),
    ).toContain(hash);
  });

  test('name only intents that there are, and come from people who are described', () => {
    const known = new Set(parseIntents('flows/intents.yaml', read('flows/intents.yaml')).map(({ name }) => name));
    const people: Record<string, Set<number>> = {
      test: peopleOf('bench/inquiries/data/situations.tsv'),
      validation: peopleOf('bench/inquiries/data/validation-situations.tsv'),
    };
    expect(rows.flatMap(({ intents, also_ok }) => [...intents, ...also_ok]).filter((name) => !known.has(name))).toEqual(
      [],
    );
    const strangers = files.flatMap((path) =>
      rowsOf(path).filter(
        ({ intents, situation }) => intents.length > 0 && !people[path.split('.')[1] ?? '']?.has(situation ?? -1),
      ),
    );
    expect(strangers).toEqual([]);
  });

  test('hold no message twice', () => {
    const texts = rows.map(({ text }) => plain(text));
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  test('share no message with what is learnt from: the articles, the flows, the training files', () => {
    const learnt = new Set(linesBelow('flows'));
    // A greeting is a greeting; what is longer is no accident.
    const long = rows.filter(({ text, intents }) => tokens(plain(text)).length > 3 && !intents.includes('greeting'));
    expect(long.filter(({ text }) => learnt.has(plain(text))).map(({ text }) => text)).toEqual([]);
  });
});

function peopleOf(path: string): Set<number> {
  return new Set(
    read(path)
      .split('\n')
      .map((line) => Number(line.split('\t')[0])),
  );
}

/** Every line, list item and value below a folder, in plain form. */
function linesBelow(folder: string): string[] {
  const paths = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(yaml|md|jsonl|json|tsv|txt|csv)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return paths.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line) => [line, ...line.split(/[,[\]\t|"]/)])
      .map(plain),
  );
}
