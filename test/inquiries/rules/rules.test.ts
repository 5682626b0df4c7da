// Every rule knows all phrasings of its table, and none of the counter-phrasings; what nobody may write does not stop it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRules, readRules } from '../../../src/inquiries/index.js';
import { pack } from '../../support/pack.js';
import { table } from './table.js';

const path = 'flows/rules.yaml';
const lexicon = parseRules(path, readFileSync(resolve(import.meta.dirname, '../../..', path), 'utf8'));
const kindOf = (text: string): string => readRules(text, lexicon)?.kind ?? 'none';

describe.each(['fraud', 'opt-out', 'person', 'medical-advice', 'insult', 'noise', 'case-number'])('%s', (kind) => {
  const rows = table(kind);

  test('is known in every phrasing', () => {
    const missed = rows.filter(({ text, meant }) => meant && kindOf(text) !== kind);
    expect(missed.map(({ text }) => `${text}: ${kindOf(text)}`)).toEqual([]);
  });

  test('is not known in any counter-phrasing', () => {
    expect(rows.filter(({ text, meant }) => !meant && kindOf(text) === kind).map(({ text }) => text)).toEqual([]);
  });

  test('has twenty-five of each', () => {
    expect(rows.filter(({ meant }) => meant).length).toBeGreaterThanOrEqual(25);
    expect(rows.filter(({ meant }) => !meant).length).toBeGreaterThanOrEqual(25);
  });
});

test('what the articles are asked is left to the articles', () => {
  const own = new Set(['medical-advice', 'donate', 'assistant', 'call', 'research-officer', 'complaint']);
  const asked = ['safe-treatment', 'qutoof'].flatMap((charity) =>
    pack(charity)
      .articles.filter(({ id }) => !own.has(id))
      .flatMap(({ questions }) => Object.values(questions).flat()),
  );
  expect(asked.length).toBeGreaterThan(1_000);
  expect(
    asked.filter((question) => kindOf(question) !== 'none').map((question) => `${question}: ${kindOf(question)}`),
  ).toEqual([]);
});

describe('what nobody should write', () => {
  const within = (text: string): number => {
    const times = [1, 2, 3].map(() => {
      const began = performance.now();
      readRules(text, lexicon);
      return performance.now() - began;
    });
    return Math.min(...times);
  };

  test.each([
    ['a megabyte of words', 'ابي اموت وقفوا الرسايل '.repeat(50_000)],
    ['a megabyte of one letter', 'ه'.repeat(1_000_000)],
    ['a megabyte of digits', '7304 '.repeat(200_000)],
    ['ten thousand faces', '😂'.repeat(10_000)],
    ['faces with joiners', '👨‍👩‍👧‍👦'.repeat(10_000)],
    ['bidi tricks', '\u202e\u2066\u200f'.repeat(100_000)],
    ['HTML', '<script>alert(1)</script><b onmouseover=x>'.repeat(10_000)],
    ['vowel signs without end', `ا${'\u064e'.repeat(200_000)}`],
    ['particles written onto each other', 'ما'.repeat(200_000)],
  ])('%s is read in bounded time', (_name, text) => {
    expect(within(text)).toBeLessThan(250);
  });

  test.each([
    ['bidi marks within words', 'ال\u202eكو\u200fد اللي\u2066 جاني 4829', 'fraud'],
    ['tashkeel and tatweel', 'حـــوّلونـــي على مُوَظَّف', 'person'],
    ['HTML around words', '<p>وقفوا الرسايل<br></p>', 'opt-out'],
    ['two scripts at once', 'ابي real person please', 'person'],
    ['full-width letters', 'ｓｔｏｐ ｔｅｘｔｉｎｇ me', 'opt-out'],
    ['nothing', '', 'noise'],
    ['only invisible signs', '\u200b\u200f\u2060', 'noise'],
  ])('%s: understood', (_name, text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });

  test('any text gives a rule of the list or none, the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(readRules(text, lexicon)).toEqual(readRules(text, lexicon));
      }),
    );
  });
});

describe('a fault in the file is said with its place', () => {
  test.each([
    ['an unknown kind', 'rules: [{ kind: joke, phrases: [ها] }]', 'rules.0.kind'],
    ['no phrases', 'rules: [{ kind: person, phrases: [] }]', 'rules.0.phrases'],
    ['a bracket too few', 'rules: [{ kind: person, phrases: ["(ابي موظف"] }]', 'has a bracket without its other half'],
    [
      'a group that there is not',
      'rules: [{ kind: person, phrases: ["<want> موظف"] }]',
      'names a group that there is not',
    ],
    ['no YAML', 'rules: [', 'flows/rules.yaml'],
    ['nothing', '', 'flows/rules.yaml'],
  ])('%s', (_name, text, said) => {
    expect(() => parseRules(path, text)).toThrow(said);
  });
});
