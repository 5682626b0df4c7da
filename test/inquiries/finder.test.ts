// How well questions find their article, and that strays get none; the figures are printed.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createFinder } from '../../src/inquiries/index.js';
import type { Article } from '../../src/inquiries/index.js';

const NOW = Date.UTC(2026, 0, 15);
const articles = parse(read('articles.yaml')) as Article[];
const finder = createFinder(articles, () => NOW);
const questions = rows('questions.tsv').map((row) => row.split('\t') as [string, string]);
const strays = rows('strays.tsv');

test('questions in standard Arabic, Saudi speech and English find their article', () => {
  const results = questions.map(([question, id]) => ({ question, id, found: finder.find(question, 'ar') }));
  const direct = results.filter(({ found }) => found.outcome === 'answered');
  const right = direct.filter(({ found, id }) => found.best?.id === id);
  const offered = results.filter(({ found, id }) => found.best?.id === id || found.others.some((one) => one.id === id));
  const missed = results.filter((one) => !offered.includes(one)).map(({ question }) => question);
  const misled = direct.filter((one) => !right.includes(one)).map(({ question }) => question);
  console.info(
    `questions ${results.length}: answered directly ${direct.length}, of these right ${right.length}; in the first three ${offered.length}`,
    { missed, misled, unsure: results.filter((r) => r.found.outcome === 'unsure').map((r) => r.question) },
  );
  expect(right.length / direct.length).toBeGreaterThanOrEqual(0.95);
  expect(right.length / results.length).toBeGreaterThanOrEqual(0.5);
  expect(offered.length / results.length).toBeGreaterThanOrEqual(0.9);
});

test('strays get no direct answer', () => {
  const answered = strays.filter((stray) => finder.find(stray, 'ar').outcome === 'answered');
  const unsure = strays.filter((stray) => finder.find(stray, 'ar').outcome === 'unsure');
  console.info(`strays ${strays.length}: answered ${answered.length}, offered something ${unsure.length}`, unsure);
  expect(answered).toEqual([]);
  expect(unsure.length / strays.length).toBeLessThanOrEqual(0.34);
});

describe('a finder', () => {
  test('answers every question that an article itself lists, in every language', () => {
    for (const article of articles) {
      for (const question of Object.values(article.questions).flat()) {
        const { best, others } = finder.find(question, 'en');
        expect([best?.id, ...others.map(({ id }) => id)], question).toContain(article.id);
      }
    }
  });

  test('forgives a typing mistake', () => {
    expect(finder.find('ما المستندات المطولبة؟', 'ar').best?.id).toBe('papers');
  });

  test('offers at most three, never the best one again', () => {
    for (const [question] of questions) {
      const { best, others } = finder.find(question, 'ar');
      expect(others.length).toBeLessThanOrEqual(3);
      expect(others).not.toContain(best);
    }
  });

  test('does not give an article after its last day', () => {
    const [first] = articles;
    const old = { ...first!, validUntil: '2026-01-14' };
    const lastDay = { ...first!, validUntil: '2026-01-15' };
    expect(
      createFinder([old, ...articles.slice(1)], () => NOW).find('ما أوقات الدوام؟', 'ar').best?.id,
    ).toBeUndefined();
    expect(createFinder([old], () => NOW).article(old.id)).toBeUndefined();
    expect(createFinder([lastDay], () => NOW).find('ما أوقات الدوام؟', 'ar').best).toEqual(lastDay);
  });

  test('gives only articles written in the language', () => {
    const [first] = articles;
    const arabicOnly = { ...first!, body: { ar: 'نعم' } };
    expect(createFinder([arabicOnly], () => NOW).find('ما أوقات الدوام؟', 'en').outcome).toBe('none');
  });

  test('finds nothing in an empty base, and nothing for words without a topic', () => {
    expect(createFinder([], () => NOW).find('ما أوقات الدوام؟', 'ar')).toEqual({ outcome: 'none', others: [] });
    expect(finder.find('', 'ar').outcome).toBe('none');
    expect(finder.find('كيف أريد هل', 'ar').outcome).toBe('none');
    expect(finder.find('😀 ؟؟؟', 'ar').outcome).toBe('none');
  });

  test('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(['answered', 'unsure', 'none']).toContain(finder.find(text, 'ar').outcome);
      }),
    );
  });
});

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

function rows(file: string): string[] {
  return read(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}
