// The shipped articles answer the questions that they list themselves, and there are enough of them.
import { describe, expect, test } from 'vitest';
import { createFinder } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';

const NOW = Date.UTC(2025, 10, 2);

describe.each(['safe-treatment', 'qutoof'])('articles of %s', (charity) => {
  const { articles } = pack(charity);
  const finder = createFinder(articles, () => NOW);
  const asked = articles.flatMap(({ id, questions }) =>
    Object.entries(questions).flatMap(([language, all]) => all.map((question) => ({ id, language, question }))),
  );

  test('are forty at least, each with a title that fits the narrowest list', () => {
    expect(articles.length).toBeGreaterThanOrEqual(40);
    const long = articles.flatMap(({ title }) => Object.values(title)).filter((title) => title.length > 24);
    expect(long).toEqual([]);
  });

  test('list no question twice', () => {
    const owners = new Map<string, string[]>();
    for (const { id, question } of asked) owners.set(question, [...(owners.get(question) ?? []), id]);
    expect([...owners].filter(([, ids]) => ids.length > 1)).toEqual([]);
  });

  test('are found by their own questions, hardly ever another in their place', () => {
    const results = asked.map((one) => ({ ...one, found: finder.find(one.question, one.language) }));
    const misled = results.filter(({ id, found }) => found.outcome === 'answered' && found.best?.id !== id);
    const right = results.filter(({ id, found }) => [found.best, ...found.others].some((one) => one?.id === id));
    expect(misled.map(({ question }) => question).length / results.length).toBeLessThanOrEqual(0.01);
    expect(right.length / results.length).toBeGreaterThanOrEqual(0.99);
  });
});
