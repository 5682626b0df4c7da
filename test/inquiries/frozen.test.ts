// The test and validation files are frozen: not a byte of them changes, and none of their messages is learnt from.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
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
/** Of each use, the people whose messages they are. */
const people: Readonly<Record<string, string>> = {
  test: 'situations.tsv',
  validation: 'validation-situations.tsv',
  test2: 'test2-situations.tsv',
  validation2: 'validation2-situations.tsv',
  test3: 'test3-situations.tsv',
  test4: 'test4-situations.tsv',
};
const ofPeople = ['safe-treatment', 'qutoof'].flatMap((charity) =>
  Object.keys(people).map((use) => `bench/inquiries/data/${charity}.${use}.jsonl`),
);
const ofRules = ['danger2', 'rules2', 'danger3', 'rules3', 'danger4', 'rules4'].map(
  (name) => `bench/inquiries/data/${name}.jsonl`,
);
const files = [...ofPeople, ...ofRules];
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
    expect(rows.flatMap(({ intents, also_ok }) => [...intents, ...also_ok]).filter((name) => !known.has(name))).toEqual(
      [],
    );
    const strangers = ofPeople.flatMap((path) => {
      const described = peopleOf(path);
      return rowsOf(path).filter(({ intents, situation }) => intents.length > 0 && !described.has(situation ?? -1));
    });
    expect(strangers).toEqual([]);
  });

  test('hold no message twice', () => {
    const texts = rows.map(({ text }) => plain(text));
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  test('share no message with what is learnt from: the articles, the flows, the training files', () => {
    expect(sharedWith('flows', rows)).toEqual([]);
  });

  test('of the later sets share no message with the tables that the rules are written by', () => {
    const later = files.filter((path) => /[234]\.jsonl$/.test(path)).flatMap(rowsOf);
    expect(sharedWith('test/inquiries/rules', later)).toEqual([]);
  });
});

/** The numbers of the people of a file's charity. */
function peopleOf(path: string): Set<number> {
  const [charity, use = ''] = basename(path).split('.');
  const described = read(`bench/inquiries/data/${people[use] ?? ''}`).split('\n');
  return new Set(
    described
      .map((line) => line.split('\t'))
      .filter(([, of]) => of === charity)
      .map(([number]) => Number(number)),
  );
}

/** The messages that stand below a folder too. A greeting is a greeting; what is longer is no accident. */
function sharedWith(folder: string, among: typeof rows): string[] {
  const known = new Set(linesBelow(folder));
  return among
    .filter(({ text, intents }) => tokens(plain(text)).length > 3 && !intents.includes('greeting'))
    .filter(({ text }) => known.has(plain(text)))
    .map(({ text }) => text);
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
