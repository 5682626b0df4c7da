/** Questions and the articles that answer them. */
export { createAdviser } from './adviser.js';
export type { Adviser, Reading } from './adviser.js';
export type { Article } from './article.js';
export { decode, encode, lessonsKey, train } from './classifier/trained.js';
export type { Trained } from './classifier/trained.js';
export { createFinder } from './finder.js';
export type { Finder, FoundArticles } from './finder.js';
export { intentsOf, parseIntents } from './intents.js';
export type { Intent } from './intents.js';
export { gatherLessons, STRAY } from './lessons.js';
export type { Example, Lessons, LexiconData } from './lessons.js';
export { parseArticle } from './parse-article.js';
export type { ArticleFinding, ParsedArticle } from './parse-article.js';
export { hideCodes } from './rules/codes.js';
export { parseRules } from './rules/lexicon.js';
export type { RuleLexicon } from './rules/lexicon.js';
export { readRules } from './rules/read-rules.js';
export type { Ruled } from './rules/read-rules.js';
