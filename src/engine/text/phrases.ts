/** Finds phrases in what people write: whole words, however they are stretched, joined or misspelt in the usual ways. */
import { plain, tokens } from './normalise.js';

/**
 * Phrases, each belonging to an owner, as one graph that is walked word by word: reading takes time with the length of the text. A phrase is words in order; `(a|b c|)` is one of several or nothing, `..` stands for up to
 * three words of any kind, `_` for a number, `~word` for a word that ends so. Throws on what `phraseFault` names.
 */
export class Phrases<Owner> {
  private readonly root = new Map<string, Place<Owner>[]>();

  constructor(phrases: Iterable<readonly [phrase: string, owner: Owner]>) {
    for (const [phrase, owner] of phrases) {
      const { start, end } = read<Owner>(phrase);
      end.owners.push(owner);
      for (const place of reach(start))
        for (const [word, next] of place.words) this.root.set(word, [...(this.root.get(word) ?? []), ...next]);
    }
  }

  /** The owners whose phrases stand in the text. */
  in(text: string): Set<Owner> {
    return this.among(tokens(plain(text)));
  }

  /** The same for words that are in plain form already. */
  among(words: readonly string[]): Set<Owner> {
    const found = new Set<Owner>();
    let reached = new Set<Place<Owner>>();
    for (const word of words) {
      const reading = readingOf(keyOf(word));
      const next = new Set<Place<Owner>>();
      step(this.root, reading, next);
      goOn(reached, reading, next);
      for (const { owners } of next) for (const owner of owners) found.add(owner);
      reached = next;
    }
    return found;
  }

  /** Whether the words are one of the phrases and nothing besides. */
  isWhole(words: readonly string[]): boolean {
    let reached = new Set<Place<Owner>>();
    for (const [at, word] of words.entries()) {
      const reading = readingOf(keyOf(word));
      const next = new Set<Place<Owner>>();
      if (at === 0) step(this.root, reading, next);
      else goOn(reached, reading, next);
      reached = next;
    }
    return [...reached].some(({ owners }) => owners.length > 0);
  }
}

/** Words that phrases name together: `<kin>` stands for one of the group `kin`. */
export type Groups = Readonly<Record<string, readonly string[]>>;

/** The phrase with its groups written out as alternatives; a group that there is not stays as it is written. */
export function spellOut(phrase: string, groups: Groups): string {
  return phrase.replace(/<([a-z_]+)>/g, (named, name: string) =>
    Object.hasOwn(groups, name) ? `(${groups[name]?.join('|') ?? ''})` : named,
  );
}

/** What is wrong with how a phrase is written, as the end of a sentence about it; undefined when nothing is. */
export function phraseFault(phrase: string): string | undefined {
  if (/[<>]/.test(phrase)) return 'names a group that there is not';
  if (/^\s*\.\.|\.\.\s*$/.test(phrase)) return 'begins or ends with ..';
  try {
    const { start, end } = read<never>(phrase);
    return reach(start).has(end) ? 'may be no word at all' : undefined;
  } catch (error) {
    if (error instanceof UnevenBrackets) return 'has a bracket without its other half';
    throw error;
  }
}

class UnevenBrackets extends Error {}

const LONGEST_GAP = 3;
/** Short words that people write onto the next. */
const JOINED = ['ما', 'لا', 'مو', 'يا'];

/** Neither is a word in plain form. */
const NUMBER = '_';
const ENDING = '~';
/** Letters of a verb's person and tense before its stem: بيضربني. */
const LONGEST_PREFIX = 3;
const SHORTEST_ENDING = 3;

/** A place between two words of a phrase. */
interface Place<Owner> {
  readonly words: Map<string, Place<Owner>[]>;
  /** Places that are reached from here without a word. */
  readonly beside: Place<Owner>[];
  /** The place with all of those, and theirs. */
  near?: readonly Place<Owner>[];
  /** Where any word leads. */
  any?: Place<Owner>;
  readonly owners: Owner[];
}

function newPlace<Owner>(): Place<Owner> {
  return { words: new Map(), beside: [], owners: [] };
}

/** The place, and all that need no word from there; worked out once, when the graph is whole. */
function from<Owner>(place: Place<Owner>): readonly Place<Owner>[] {
  return (place.near ??= [...reach(place)]);
}

function reach<Owner>(place: Place<Owner>, into = new Set<Place<Owner>>()): Set<Place<Owner>> {
  if (into.has(place)) return into;
  into.add(place);
  for (const next of place.beside) reach(next, into);
  return into;
}

/** What one word may stand for. */
interface Reading {
  /** As it stands, without "and" or "so" written onto it, as a number, by its ending. */
  readonly keys: readonly string[];
  /** As two words written as one. */
  readonly joined: readonly { readonly first: string; readonly rest: Reading }[];
}

function readingOf(key: string): Reading {
  const bare = key.length > 2 && (key.startsWith('و') || key.startsWith('ف')) ? [key.slice(1)] : [];
  const number = /^\d+$/.test(key) ? [NUMBER] : [];
  const cuts = Math.min(LONGEST_PREFIX, key.length - SHORTEST_ENDING);
  const endings = Array.from({ length: Math.max(0, cuts + 1) }, (_, cut) => ENDING + key.slice(cut));
  return { keys: [key, ...bare, ...number, ...endings], joined: [key, ...bare].flatMap(splits) };
}

/** Once: nobody writes three words as one. */
function splits(key: string): Reading['joined'] {
  return JOINED.filter((first) => key.length > first.length && key.startsWith(first)).map((first) => ({
    first,
    rest: { keys: [key.slice(first.length)], joined: [] },
  }));
}

/** Where a word leads from the places that were reached before it. */
function goOn<Owner>(reached: ReadonlySet<Place<Owner>>, reading: Reading, into: Set<Place<Owner>>): void {
  for (const place of reached) {
    if (place.words.size > 0) step(place.words, reading, into);
    if (place.any) for (const one of from(place.any)) into.add(one);
  }
}

/** Where a word leads. */
function step<Owner>(words: Place<Owner>['words'], { keys, joined }: Reading, into: Set<Place<Owner>>): void {
  for (const key of keys) for (const next of words.get(key) ?? []) for (const one of from(next)) into.add(one);
  for (const { first, rest } of joined)
    for (const next of words.get(first) ?? [])
      for (const between of from(next)) if (between.words.size > 0) step(between.words, rest, into);
}

/** What two spellings of a word share: a letter held down twice, ض for ظ, and a silent final alef do not tell them apart. */
function keyOf(word: string): string {
  return word
    .replace(/(\p{L})\1+/gu, '$1')
    .replaceAll('ظ', 'ض')
    .replace(/وا$/, 'و');
}

/** The graph of one phrase. Throws UnevenBrackets. */
function read<Owner>(phrase: string): { start: Place<Owner>; end: Place<Owner> } {
  const start = newPlace<Owner>();
  const parts = phrase.match(/[()|]|\.\.|[^\s()|.]+/g) ?? [];
  const end = new Reader<Owner>(parts).sequence(start);
  return { start, end };
}

class Reader<Owner> {
  private at = 0;

  constructor(private readonly parts: readonly string[]) {}

  /** Reads up to the end, or within brackets up to the next alternative; gives the place behind what was read. */
  sequence(from: Place<Owner>, within = false): Place<Owner> {
    let end = from;
    for (let part = this.parts[this.at]; part !== undefined; part = this.parts[this.at]) {
      if (part === ')' || part === '|') {
        if (within) return end;
        throw new UnevenBrackets();
      }
      this.at++;
      if (part === '(') end = this.alternatives(end);
      else if (part === '..') end = gap(end);
      else if (part === '_') end = after(end, NUMBER);
      else
        for (const word of tokens(plain(part))) end = after(end, (part.startsWith(ENDING) ? ENDING : '') + keyOf(word));
    }
    if (within) throw new UnevenBrackets();
    return end;
  }

  private alternatives(from: Place<Owner>): Place<Owner> {
    const behind = newPlace<Owner>();
    let part: string | undefined;
    do {
      this.sequence(from, true).beside.push(behind);
      part = this.parts[this.at++];
    } while (part === '|');
    return behind;
  }
}

function after<Owner>(place: Place<Owner>, key: string): Place<Owner> {
  const next = newPlace<Owner>();
  place.words.set(key, [...(place.words.get(key) ?? []), next]);
  return next;
}

/** None, one, two or three words of any kind. */
function gap<Owner>(from: Place<Owner>): Place<Owner> {
  const behind = newPlace<Owner>();
  let place = from;
  for (let words = 0; words < LONGEST_GAP; words++) {
    // A place of its own, so that what else begins here does not take any word.
    const here = newPlace<Owner>();
    here.beside.push(behind);
    place.beside.push(here);
    place = here.any = newPlace<Owner>();
  }
  place.beside.push(behind);
  return behind;
}
