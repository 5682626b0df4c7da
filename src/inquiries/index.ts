/** Questions and the articles that answer them. */
export type { Article } from './article.js';
export { createFinder } from './finder.js';
export type { Finder, FoundArticles } from './finder.js';
export { intentsOf, parseIntents } from './intents.js';
export type { Intent } from './intents.js';
export { parseArticle } from './parse-article.js';
export type { ArticleFinding, ParsedArticle } from './parse-article.js';
