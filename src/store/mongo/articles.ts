/** Articles that staff wrote, by version. */
import type { Articles, ArticleVersion } from '../contract.js';
import type { Access, Tables } from './access.js';

export function articles({ alone }: Access): Articles {
  return {
    write: (version) => alone((tables) => add(tables, version)),
    newest: () =>
      alone(async (tables) => {
        const all = await tables.articles.all({}, { article: 1, version: 1 });
        return [...new Map(all.map((one) => [one.article, one])).values()];
      }),
    versions: (article, limit) => alone((tables) => tables.articles.all({ article }, { version: -1 }, limit)),
  };
}

/** Versions never change and never go: that the one before is there, and this one is new, is all there is to know. */
async function add({ articles: table }: Tables, version: ArticleVersion): Promise<boolean> {
  const before = version.version - 1;
  if (before > 0 && !(await table.has({ article: version.article, version: before }))) return false;
  return table.addNew({ ...version });
}
