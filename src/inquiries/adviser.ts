/** Answers questions from the articles by the trained classifier, in three bands; search stands in where it does not know. */
import type { Article } from './article.js';
import { DANGERS, Listener, RULED } from './classifier/ear.js';
import { featuresOf } from './classifier/features.js';
import { lexiconOf } from './classifier/lexicon.js';
import type { Trained } from './classifier/trained.js';
import { createFinder } from './finder.js';
import type { Finder } from './finder.js';
import type { Lessons } from './lessons.js';
import { Reader } from './reader.js';
import type { Look, Reading } from './reader.js';
import { Shelf } from './shelf.js';

export type { Reading } from './reader.js';

export interface Adviser extends Finder {
  /** `topic` is the intent of the last answer: a message that only points back is read together with it. */
  read(question: string, topic?: string): Reading;
}

/** Joins a trained model with the articles. `now` gives UTC milliseconds: an article past its day is not used. */
export function createAdviser(
  lessons: Lessons,
  trained: Trained,
  articles: readonly Article[],
  now: () => number,
): Adviser {
  const finder = createFinder(articles, now);
  const lexicon = lexiconOf(lessons);
  const look = latest((text) => featuresOf(text, lexicon));
  const reader = new Reader(lessons, trained, lexicon, look);
  const shelf = new Shelf(lessons, finder);
  const alarm = trained.ear && new Listener(trained.ear, DANGERS, look);
  const rules = trained.ruleEar && new Listener(trained.ruleEar, RULED, look);
  return {
    article: (id) => finder.article(id),
    danger: (text) => alarm?.hear(text),
    ruled: (text) => {
      const kind = rules?.hear(text)?.kind;
      return kind !== undefined && reader.leaves(text) ? kind : undefined;
    },
    read: (question, topic) => reader.read(question, topic),
    find: (question, language, topic) => {
      const searched = finder.find(question, language);
      const reading = reader.read(question, topic);
      if (reading.band !== 'answer' && shelf.isAlone(searched)) return searched;
      return shelf.take(reading, searched, language) ?? shelf.beside(searched);
    },
  };
}

/** The ears and the classifier look at the same message one after the other. */
function latest(look: Look): Look {
  let last: { readonly text: string; readonly features: ReturnType<Look> } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, features: look(text) };
    return last.features;
  };
}
