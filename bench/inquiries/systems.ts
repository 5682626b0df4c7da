/** What is measured: our classifier, and the libraries that can be had, each behind one small interface. */
import { readFileSync } from 'node:fs';
import MiniSearch from 'minisearch';
import { parse } from 'yaml';
import { plain, tokens } from '../../src/engine/text/normalise.js';
import { Classifier, trainModel } from '../../src/inquiries/classifier/index.js';
import { lexiconOf, sureness } from '../../src/inquiries/index.js';
import type { Example, LexiconData } from '../../src/inquiries/index.js';
import { termOf, words } from '../../src/inquiries/terms.js';

export interface Guess {
  readonly intent: string;
  readonly score: number;
}

export interface System {
  readonly name: string;
  /** At most this many test messages, for a library that takes seconds for each; measured, not guessed. */
  readonly most?: number;
  train(examples: readonly Example[]): Promise<Trained> | Trained;
}

export interface Trained {
  /** Intents, likeliest first. */
  guess(text: string): Promise<readonly Guess[]> | readonly Guess[];
  /** How surely a message is one of the intents at all, by its guesses; the best one's score when absent. */
  sure?(guesses: readonly Guess[], text: string): number;
  close?(): void;
}

/** The seed of every training in the bench. */
export const SEED = 1;

/** Our own rows; the lexicon is the product's. */
export function ownSystems(): System[] {
  const lexicon = shippedLexicon();
  return [
    { name: 'MiniSearch 7.2, default', train: (examples) => search(examples, {}) },
    {
      name: 'MiniSearch 7.2, our analyser',
      train: (examples) => search(examples, { tokenize: words, processTerm: (word) => termOf(word) ?? false }),
    },
    { name: 'Sila', train: (examples) => sila(examples, lexicon) },
  ];
}

/** A search's score grows with every word of the question: divided by their number it tells the unknown better. */
export function perWord(system: System): System {
  return {
    name: `${system.name}, by its score per word`,
    train: async (examples) => ({
      ...(await system.train(examples)),
      sure: ([best], text) => (best?.score ?? 0) / Math.max(1, tokens(plain(text)).length),
    }),
  };
}

function shippedLexicon(): LexiconData {
  const [dialect, kinds] = ['dialect', 'kinds'].map(
    (name) => parse(readFileSync(`flows/${name}.yaml`, 'utf8')) as object,
  );
  return { ...dialect, ...kinds } as LexiconData;
}

/** As in the product, Latin letters are heard and slips are mended by the words of what is learned. */
function sila(examples: readonly Example[], data: LexiconData): Trained {
  const lexicon = lexiconOf({ lexicon: data, examples });
  const classifier = new Classifier(trainModel(examples, lexicon, SEED), lexicon);
  return { guess: (text) => classifier.guess(text), sure: (guesses) => sureness(guesses) };
}

type Analyser = Pick<ConstructorParameters<typeof MiniSearch>[0], 'tokenize' | 'processTerm'>;

/** Every example is a document; an intent is as likely as its best document. */
function search(examples: readonly Example[], analyser: Analyser): Trained {
  const index = new MiniSearch({ fields: ['text'], ...analyser });
  index.addAll(examples.map(({ text }, id) => ({ id, text })));
  return {
    guess: (text) => {
      const best = new Map<string, number>();
      for (const { id, score } of index.search(text)) {
        const intent = examples[Number(id)]?.intent ?? '';
        if (!best.has(intent)) best.set(intent, score);
      }
      return [...best].map(([intent, score]) => ({ intent, score }));
    },
  };
}
