// An article past its last day is told to staff once, not on the day itself, and again when it was renewed and ran out again.
import { expect, it } from 'vitest';
import { tellOfOver } from '../../src/conversation/articles-over.js';
import { Knowledge } from '../../src/conversation/knowledge.js';
import type { Article } from '../../src/inquiries/index.js';
import { started } from './harness.js';

it('is told once', async () => {
  const h = await started();
  const { store } = h.sila.house;
  const article = (validUntil: string): Article => ({
    id: 'hours',
    title: { ar: 'الدوام' },
    questions: { ar: ['متى الدوام'] },
    body: { ar: 'من الثامنة' },
    validUntil,
    owner: 'reception',
  });
  const logged: unknown[] = [];
  const at = (day: string, until: string): Promise<void> => {
    const house = {
      ...h.sila.house,
      finder: new Knowledge([article(until), { ...article(until), id: 'always', validUntil: '9999-01-01' }], () => 0),
      now: () => Date.parse(day),
      log: (_: string, facts?: object) => logged.push(facts),
    };
    return tellOfOver(house);
  };
  await at('2025-11-01T23:59:00Z', '2025-11-01');
  expect(await store.notices.list({ limit: 9 })).toEqual([]);
  await at('2025-11-02T00:00:00Z', '2025-11-01');
  await at('2025-11-03T00:00:00Z', '2025-11-01');
  await at('2025-12-02T00:00:00Z', '2025-12-01');
  const told = await store.notices.list({ limit: 9 });
  expect(told.map(({ kind }) => kind)).toEqual(['article_over', 'article_over']);
  expect(logged).toEqual([
    { article: 'hours', owner: 'reception', day: '2025-11-01' },
    { article: 'hours', owner: 'reception', day: '2025-12-01' },
  ]);
});
