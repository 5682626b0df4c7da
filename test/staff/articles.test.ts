// Who may read and write the charity's answers, and in which form they come.
import { describe, expect, it } from 'vitest';
import { harness } from '../support/staff-harness.js';

const draft = {
  title: { ar: 'الدوام', en: 'Hours' },
  questions: { ar: ['متى تفتحون', ''], en: [] },
  body: { ar: 'من **الثامنة**\nإلى الرابعة', en: '' },
  audience: ['beneficiary'],
  validUntil: '2027-01-01',
  owner: null,
  placeholder: false,
};

describe('articles', () => {
  it('are read and written by reception and administrators', async () => {
    const house = await harness();
    const seen: Record<string, number[]> = {};
    for (const login of ['admin', 'hind', 'salem'] as const) {
      const who = await house.as(login);
      const replies = [
        await who.get('/articles'),
        await who.get('/articles/hours/versions'),
        await who.post('/article-checks', { article: null, draft }),
        await who.post('/articles', { draft }),
        await who.post('/articles/hours', { expected: 2, draft }),
        await who.post('/articles/hours/go-back', { version: 3 }),
      ];
      const { role = '' } = (await house.staff.byLogin(login)) ?? {};
      seen[role] = replies.map(({ status }) => status);
    }
    const all = (status: number) => Array.from({ length: 6 }, () => status);
    expect(seen).toEqual({ administrator: all(200), reception: all(200), researcher: all(404) });
    const acts = house.articles.calls.map(([act]) => act);
    for (const act of ['list', 'versions', 'check', 'goBack'])
      expect(acts.filter((one) => one === act)).toHaveLength(2);
    const [first, second] = house.articles.calls.filter(([act]) => act === 'write');
    expect(first?.slice(1, 4)).toEqual([null, 0, draft]);
    expect(second?.slice(1, 4)).toEqual(['hours', 2, draft]);
  });

  it.each<[string, object]>([
    ['/articles', {}],
    ['/articles', { draft: { ...draft, more: 1 } }],
    ['/articles', { draft: { ...draft, validUntil: '2027-02-30' } }],
    ['/articles', { draft: { ...draft, title: { ar: 'x'.repeat(61) } } }],
    ['/articles', { draft: { ...draft, body: { 'ar-SA': 'x' } } }],
    ['/articles', { draft: { ...draft, body: { ar: 'x'.repeat(4_001) } } }],
    ['/articles', { draft: { ...draft, questions: { ar: Array.from({ length: 101 }, () => 'x') } } }],
    ['/articles/hours', { draft }],
    ['/articles/hours', { expected: -1, draft }],
    ['/articles/hours/go-back', { version: '1' }],
    ['/article-checks', { article: '../up', draft }],
  ])('%s %j is refused', async (path, body) => {
    const house = await harness();
    expect((await (await house.as('admin')).post(path, body)).status).toBe(400);
    expect(house.articles.calls).toEqual([]);
  });
});
