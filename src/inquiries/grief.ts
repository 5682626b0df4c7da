/** Hears that somebody mourns or pities: the words are near to thanks, and thank nobody. */
import type { Phrases } from '../engine/text/phrases.js';
import { phrasesFor } from './wording.js';
import type { Wording } from './wording.js';

export class Grief {
  private readonly phrases: Phrases<'grief' | 'thanks'>;

  constructor(wording: Wording) {
    const { phrases, unless } = wording.grief;
    this.phrases = phrasesFor<'grief' | 'thanks'>(wording, [
      [phrases, 'grief'],
      [unless, 'thanks'],
    ]);
  }

  /** Whether a text mourns, and does not bless whoever reads it. */
  in(text: string): boolean {
    const told = this.phrases.in(text);
    return told.has('grief') && !told.has('thanks');
  }
}
