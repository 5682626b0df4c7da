/** Hears what a message refuses: "I do not want to donate" names donating, and wants none of it. */
import { plain, tokens } from '../engine/text/normalise.js';
import type { Phrases } from '../engine/text/phrases.js';
import { isLatin } from './classifier/features.js';
import type { Lexicon } from './classifier/lexicon.js';
import { inArabic } from './latin.js';
import { groupOf, phrasesFor } from './wording.js';
import type { Wording } from './wording.js';

/** In characters: what is longer was pasted. */
const LONGEST = 600;
const PART_END = /[.!?؟\n؛;،,:]+/;
const EXCUSED = Symbol('unless');
/** Refuses whatever a message asks for. */
const ANY = Symbol('any');

export class Refusals {
  private readonly phrases: Phrases<string | symbol>;
  private readonly only: ReadonlySet<string>;
  private readonly want: ReadonlySet<string>;
  private readonly not: ReadonlySet<string>;
  private readonly turning: ReadonlySet<string>;

  constructor(
    wording: Wording,
    private readonly lexicon: Lexicon,
  ) {
    const { phrases, unless, only, turning } = wording.refusing;
    this.phrases = phrasesFor<string | symbol>(wording, [[phrases, ANY], [unless, EXCUSED], ...swapped(only)]);
    this.only = new Set(Object.keys(only));
    this.want = plainWords([...groupOf(wording, 'want'), 'want', 'need', 'wish']);
    this.not = plainWords(groupOf(wording, 'not'));
    this.turning = plainWords(turning);
  }

  /** What is left of a message without the parts that refuse the intent, in plain form; undefined where none does. */
  left(text: string, intent: string): string | undefined {
    if (!this.mayRefuse(text.slice(0, LONGEST))) return undefined;
    const parts = this.partsOf(text);
    const left = parts.filter((part) => !this.refuses(part, intent));
    return left.length < parts.length ? left.flat().join(' ') : undefined;
  }

  /** Most messages refuse nothing anywhere: words that no phrase refuses with need no parting, which takes its time. */
  private mayRefuse(text: string): boolean {
    const words = tokens(plain(text));
    const sounds = words.map((word) => (isLatin(word) ? (this.lexicon.heard(word) ?? word) : word));
    const told = words.some(isLatin) ? [words, sounds] : [words];
    return told.some((one) => [...this.phrases.among(one)].some((mark) => mark !== EXCUSED));
  }

  private refuses(part: readonly string[], intent?: string): boolean {
    const refused = intent !== undefined && this.only.has(intent) ? intent : ANY;
    const heard = inArabic(part, this.lexicon);
    const told = (heard === part ? [part] : [part, heard]).flatMap((words) => [...this.phrases.among(words)]);
    return told.includes(refused) && !told.includes(EXCUSED);
  }

  /** The message as its sentences, commas, turns ("but") and wishes part it: "I do not want money | I want to apply". */
  private partsOf(text: string): string[][] {
    return text
      .slice(0, LONGEST)
      .split(PART_END)
      .map((sentence) => tokens(plain(sentence)))
      .flatMap((words) => this.turnsOf(words));
  }

  private turnsOf(words: readonly string[]): string[][] {
    const parts: string[][] = [];
    let part: string[] = [];
    words.forEach((word, at) => {
      if (part.length > 0 && this.beginsAt(words, at, part)) {
        parts.push(part);
        part = [];
      }
      part.push(word);
    });
    return part.length > 0 ? [...parts, part] : parts;
  }

  /** Whether another wish or its refusal begins with this word. A wish begins with its refusal, where it has one. */
  private beginsAt(words: readonly string[], at: number, part: readonly string[]): boolean {
    const [word = '', next = ''] = words.slice(at, at + 2);
    const bare = withoutAnd(word);
    if (this.turning.has(bare)) return true;
    if (this.not.has(bare)) return bare !== word || (this.want.has(next) && this.wants(part));
    return this.want.has(bare) && !this.not.has(withoutAnd(part.at(-1) ?? '')) && this.wants(part);
  }

  private wants(part: readonly string[]): boolean {
    return part.some((word) => this.want.has(withoutAnd(word))) || this.refuses(part);
  }
}

function swapped(only: Wording['refusing']['only']): (readonly [readonly string[], string])[] {
  return Object.entries(only).map(([intent, phrases]) => [phrases, intent] as const);
}

function plainWords(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.map(plain).filter((word) => !word.includes(' ')));
}

function withoutAnd(word: string): string {
  return word.length > 2 && word.startsWith('و') ? word.slice(1) : word;
}
