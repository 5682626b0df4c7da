/** Tells wishes apart that are asked in the same words: "sponsorship" may be given or needed. */
import type { Phrases } from '../engine/text/phrases.js';
import { phrasesFor } from './wording.js';
import type { Wording } from './wording.js';

interface Pair {
  readonly about: Phrases<true>;
  readonly sides: Phrases<string>;
  readonly intents: readonly string[];
}

export class Twins {
  private readonly pairs: readonly Pair[];

  constructor(wording: Wording) {
    this.pairs = wording.which.map(({ about, sides }) => ({
      about: phrasesFor(wording, [[about, true]]),
      sides: phrasesFor(
        wording,
        Object.entries(sides).map(([intent, phrases]) => [phrases, intent] as const),
      ),
      intents: Object.keys(sides),
    }));
  }

  /** The other wishes that a message may mean: those asked in the same words, where it says nothing that tells this one from them. */
  of(text: string, intent: string): readonly string[] {
    const pair = this.pairs.find(({ intents, about }) => intents.includes(intent) && about.in(text).size > 0);
    if (!pair || pair.sides.in(text).has(intent)) return [];
    return pair.intents.filter((one) => one !== intent);
  }
}
