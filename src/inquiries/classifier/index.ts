/** The classifier of questions. */
export { createLexicon } from './lexicon.js';
export type { Lexicon } from './lexicon.js';
export { Classifier, trainModel } from './model.js';
export type { Guess, Model } from './model.js';
export { seeded, shuffle } from './random.js';
