// Articles that staff wrote: version after version, none lost, none twice.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArticleVersion } from '../../../src/store/contract.js';
import type { OpenStore } from '../contract-suite.js';
import { fresh } from './opened.js';

const row = (article: string, version: number, body: string | null = `${article} ${version}`): ArticleVersion => ({
  ...{ article, version, body, by: 'sara', at: 1_000 + version },
});

export function aboutArticles(open: () => Promise<OpenStore>): void {
  describe('articles of staff', () => {
    const at = fresh(open);

    it('stand in their newest version, and keep all', async () => {
      const { articles } = at.store;
      expect(await articles.newest()).toEqual([]);
      for (const one of [row('visit', 1), row('hours', 1), row('hours', 2), row('hours', 3, null)])
        expect(await articles.write(one)).toBe(true);
      await at.reopen();
      expect(await at.store.articles.newest()).toEqual([row('hours', 3, null), row('visit', 1)]);
      expect(await at.store.articles.versions('hours', 2)).toEqual([row('hours', 3, null), row('hours', 2)]);
      expect(await at.store.articles.versions('nothing', 2)).toEqual([]);
    });

    it('are not written over a version that nobody saw, nor after a gap', async () => {
      const { articles } = at.store;
      const both = await Promise.all([articles.write(row('hours', 1, 'a')), articles.write(row('hours', 1, 'b'))]);
      expect(both.toSorted()).toEqual([false, true]);
      for (const version of [1, 3]) expect(await articles.write(row('hours', version))).toBe(false);
      expect(await articles.versions('hours', 9)).toHaveLength(1);
    });

    it('hold any words', async () => {
      const words = fc
        .string({ unit: 'binary', maxLength: 40 })
        .filter((text) => text.isWellFormed() && !text.includes('\0'));
      let version = 0;
      await fc.assert(
        fc.asyncProperty(words, async (body) => {
          version += 1;
          expect(await at.store.articles.write(row('any', version, body))).toBe(true);
          expect((await at.store.articles.versions('any', 1))[0]?.body).toBe(body);
        }),
        { numRuns: 20 },
      );
    });
  });
}
