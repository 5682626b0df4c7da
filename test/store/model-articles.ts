// The reference model's part for articles that staff wrote.
import type { ArticleVersion, Store } from '../../src/store/contract.js';

type Answer = <A extends unknown[], R>(work: (...args: A) => R) => (...args: A) => Promise<R>;

export function articlesPart(answer: Answer): Store['articles'] {
  const written = new Map<string, ArticleVersion[]>();
  const of = (article: string): ArticleVersion[] => written.get(article) ?? [];
  return {
    write: answer((version: ArticleVersion) => {
      const before = of(version.article);
      if (before.length !== version.version - 1) return false;
      written.set(version.article, [...before, version]);
      return true;
    }),
    newest: answer(() =>
      [...written.keys()].sort((a, b) => (a < b ? -1 : 1)).flatMap((article) => of(article).slice(-1)),
    ),
    versions: answer((article: string, limit: number) => [...of(article)].reverse().slice(0, limit)),
  };
}
