/** Takes greetings and thanks off a message that says more than that. */
import { plain, tokens } from '../engine/text/normalise.js';
import type { Lessons } from './lessons.js';

/** A single word may be a part of what is asked. */
const FEWEST_WORDS = 2;
/** In words: a longer one tells a story, and its words say little of courtesy. */
const LONGEST = 6;
/** A courtesy has this share at least of its words from the lessons of courtesy; "please" alone makes none of a question. */
const LEAST_SHARE = 0.5;

/** The courtesies of the lessons: each example of an intent of that kind, word for word. */
export class Courtesies {
  private readonly phrases: ReadonlySet<string>;
  private readonly longest: number;
  private readonly known: ReadonlySet<string>;

  constructor({ intents, examples }: Lessons) {
    const kind = new Set(intents.filter((intent) => intent.kind === 'courtesy').map(({ name }) => name));
    const said = examples
      .filter(({ intent }) => kind.has(intent))
      .map(({ text }) => plain(text))
      .filter((phrase) => tokens(phrase).length <= LONGEST);
    this.phrases = new Set(said.filter((phrase) => tokens(phrase).length >= FEWEST_WORDS));
    this.known = new Set(said.flatMap(tokens));
    this.longest = Math.max(0, ...[...this.phrases].map((phrase) => tokens(phrase).length));
  }

  /** The message without courtesies at its beginning and end; as it is when no more than a word is left. */
  without(text: string): string {
    const words = text.split(/\s+/).filter((word) => plain(word) !== '');
    let [from, to] = [0, words.length];
    for (let more = true; more && from < to;) {
      const first = this.lengthAt(words.slice(from, to), (part, length) => part.slice(0, length));
      from += first;
      const last = this.lengthAt(words.slice(from, to), (part, length) => part.slice(-length));
      to -= last;
      more = first + last > 0;
    }
    return to - from >= FEWEST_WORDS && to - from < words.length ? words.slice(from, to).join(' ') : text;
  }

  /** Whether hardly anything is said but courtesy: a message in words that no lesson has may look like anything. */
  saysOnly(text: string): boolean {
    const said = tokens(plain(text));
    return said.filter((word) => this.known.has(word)).length >= LEAST_SHARE * said.length;
  }

  /** How many words the longest courtesy at one end has; 0 without one. */
  private lengthAt(words: readonly string[], end: (words: readonly string[], length: number) => string[]): number {
    for (let length = Math.min(this.longest, words.length); length >= FEWEST_WORDS; length--) {
      if (this.phrases.has(plain(end(words, length).join(' ')))) return length;
    }
    return 0;
  }
}
