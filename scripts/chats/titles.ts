/** Articles that say their title in place of their text: a transcript stays short, and as it is when an article is reworded. */
import type { Article, Finder } from '../../src/inquiries/index.js';

type Shelf = Finder & { readonly articles: readonly Article[] };

export function byTitle(finder: Shelf): Shelf {
  return {
    ...finder,
    find: (question, language, topic) => {
      const { best, others, also, ...found } = finder.find(question, language, topic);
      return {
        ...found,
        ...(best && { best: titled(best) }),
        others: others.map(titled),
        ...(also && { also: also.map(titled) }),
      };
    },
    article: (id) => {
      const article = finder.article(id);
      return article && titled(article);
    },
  };
}

function titled(article: Article): Article {
  const body = Object.keys(article.body).map((language) => [language, `«${article.title[language] ?? article.id}»`]);
  return { ...article, body: Object.fromEntries(body) as Article['body'] };
}
