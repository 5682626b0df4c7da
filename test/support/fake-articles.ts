// The knowledge base in memory: remembers what it was asked for, and finds no fault.
import type { ArticlesContract } from '../../src/conversation/article-types.js';

export interface FakeArticles extends ArticlesContract {
  calls: unknown[][];
}

export function createFakeArticles(): FakeArticles {
  const calls: unknown[][] = [];
  const asked = <T>(gives: T, ...call: unknown[]): Promise<T> => {
    calls.push(call);
    return Promise.resolve(gives);
  };
  return {
    calls,
    list: ({ id }) => asked([], 'list', id),
    versions: (article, { id }) => asked([], 'versions', article, id),
    check: (article, draft) => {
      calls.push(['check', article, draft]);
      return { faults: [], doubts: [], preview: {} };
    },
    write: (article, expected, draft, { id }) => asked(article ?? 'answer-1', 'write', article, expected, draft, id),
    goBack: (article, version, { id }) => asked(undefined, 'goBack', article, version, id),
  };
}
