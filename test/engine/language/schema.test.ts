/** The schemas that editors use: those of the vocabulary, true to every shipped file, and underlining what is wrong. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaFiles, schemaLine, schemaOf } from '../../../scripts/flows/schema-files.js';
import { readPackFiles } from '../../../scripts/pack-files.js';
import { schemas } from '../../../src/engine/language/schema.js';
import { type Key, vocabulary } from '../../../src/engine/language/vocabulary.js';
import { parseArticle } from '../../../src/inquiries/index.js';

const root = resolve(import.meta.dirname, '../../..');
const ajv = new Ajv2020({ strict: false, allErrors: false });
const validators = new Map<string, ValidateFunction>(
  Object.entries(schemas()).map(([name, schema]) => [name, ajv.compile(schema)]),
);
const files = readPackFiles(root).filter(({ path }) => schemaOf(path) !== undefined);
const again = 'npm run flows -- --schema writes them anew';

describe('the schemas', () => {
  it('are those of the vocabulary', () => {
    const stale = schemaFiles().filter(({ path, text }) => readOrNothing(path) !== text);
    expect(
      stale.map(({ path }) => path),
      again,
    ).toEqual([]);
  });

  it('hold for every shipped file', () => {
    expect(files.length).toBeGreaterThan(80);
    const wrong = files.flatMap(({ path, text }) => {
      const validate = validators.get(schemaOf(path) ?? '');
      return validate?.(content(path, text)) ? [] : [`${path} ${JSON.stringify(validate?.errors?.slice(0, 3))}`];
    });
    expect(wrong).toEqual([]);
  });

  it('are found by the editor: each file names its own', () => {
    const lost = files.filter(({ path, text }) => {
      const line = schemaLine(path);
      return line !== undefined && !text.split('\n').includes(line);
    });
    expect(
      lost.map(({ path }) => path),
      again,
    ).toEqual([]);
  });

  it('tell the editor what every name is for', () => {
    const maps: Readonly<Record<string, Readonly<Record<string, Key>>>> = vocabulary;
    const properties = Object.values(maps).flatMap((keys) => Object.values(keys).map(({ about }) => about));
    expect(properties.every((about) => about.length > 4)).toBe(true);
    expect(JSON.stringify(schemas()['flow'])).toContain(vocabulary.flow.title.about);
  });
});

describe('what an editor underlines', () => {
  const menu = parse(readFileSync(join(root, 'flows/menu.yaml'), 'utf8')) as Record<string, unknown>;
  const steps = [{ id: 'hello', say: { ar: 'أهلا', en: 'Hello' } }];
  const question = { id: 'name', ask: { ar: 'الاسم؟' }, answer: 'name', class: 'personal' };
  it.each([
    ['an unknown key of a flow', { ...menu, stepps: [] }],
    ['a flow without steps', { ...menu, steps: undefined }],
    ['an unknown key of a step', { ...menu, steps: [{ ...steps[0], sey: 'x' }] }],
    ['a step of no kind', { ...menu, steps: [{ id: 'hello' }] }],
    ['an unknown privacy class', { ...menu, steps: [{ ...question, class: 'secret' }] }],
    ['a question without a class', { ...menu, steps: [{ ...question, class: undefined }] }],
    ['an unknown answer type', { ...menu, steps: [{ ...question, answer: 'nmae' }] }],
    ['a question without a type', { ...menu, steps: [{ ...question, answer: undefined }] }],
    ['a text without a language', { ...menu, steps: [{ id: 'hello', say: 'Hello' }] }],
    ['a duration of no unit', { ...menu, on_silence: { after: '20', go: 'quiet' } }],
    ['a jump into the blue', { ...menu, steps: [{ ...steps[0], go: 'two words' }] }],
    ['an unknown look-up', { ...menu, steps: [{ id: 'own', look_up: 'my_cases', as: 'cases' }] }],
    ['an end that is no mapping', { ...menu, ends: { done: 'bye' } }],
  ])('%s', (_name, flow) => {
    expect(validators.get('flow')?.(JSON.parse(JSON.stringify(flow)))).toBe(false);
  });

  it('but not what is right', () => {
    expect(validators.get('flow')?.({ ...menu, steps: [...steps, question] })).toBe(true);
  });
});

describe('the vocabulary of an article', () => {
  const sample = {
    id: 'contact',
    title: '{ ar: ت, en: C }',
    questions: '{ ar: [رقمكم], en: [your number] }',
    audience: '[donor]',
    valid_until: '2026-12-31',
    owner: 'reception',
    placeholder: 'true',
    policy: '[a@contact]',
  };
  const article = (fields: Record<string, string>): string =>
    `---\n${Object.entries(fields)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n')}\n---\n## ar\nنص\n## en\nText\n`;

  it('is what articles are read with', () => {
    expect(Object.keys(sample).sort()).toEqual(Object.keys(vocabulary.article).sort());
    expect(parseArticle('contact.md', article(sample))).toHaveProperty('article');
    expect(parseArticle('contact.md', article({ ...sample, author: 'me' }))).toHaveProperty('findings');
    for (const [key, { need }] of Object.entries(vocabulary.article as Record<string, { need?: boolean }>)) {
      const { [key as keyof typeof sample]: _, ...rest } = sample;
      expect(parseArticle('contact.md', article(rest)), key).toHaveProperty(need ? 'findings' : 'article');
    }
  });
});

function content(path: string, text: string): unknown {
  return parse(path.endsWith('.md') ? (text.split('---\n')[1] ?? '') : text);
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}
