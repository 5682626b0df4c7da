/** The objects of a PDF: what their dictionaries say and where their streams lie, wherever in the file they are hidden. */
import { Tokens } from './tokens.js';

/** A dictionary with what it says of itself; inner ones stand for themselves. */
export interface Dictionary {
  /** Of the object it stands in. */
  readonly object: number;
  /** The key whose value it is, within another one. */
  readonly key: string | null;
  /** Every name in it, keys included. */
  readonly names: ReadonlySet<string>;
  /** The highest number by the name before it. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Objects that it refers to, by the name before them. */
  readonly refers: ReadonlyMap<string, readonly number[]>;
  /** Those in it. */
  readonly inner: readonly Dictionary[];
  /** Where its stream begins, for the outermost of an object that has one. */
  readonly stream: number | null;
  /** Whether this name stands right behind that one, as a value does behind its key. */
  says: (key: string, value: string) => boolean;
}

/** Made as no ordinary program makes it: to exhaust whoever opens it, or to hide something. */
export class Contrived extends Error {}

/** Dictionaries in dictionaries. */
const DEEPEST = 100;
const SPACES: ReadonlySet<number> = new Set([0, 9, 10, 12, 13, 32]);
const [LESS, ZERO, NINE] = [0x3c, 0x30, 0x39];
/** Of an object whose number is not beside it. */
const NO_NUMBER = -1;
const ENDS: ReadonlySet<string> = new Set(['endobj', 'obj', 'stream', 'xref', 'trailer', 'startxref']);

/** What even an empty object costs, and looking whether there is one. */
const LEAST = 128;

/** Bytes that may still be read, over all objects of one file. */
export interface Budget {
  left: number;
}

/**
 * Every object that a reader could be led to: wherever `1 0 obj` stands, in streams and between objects too, since a reader follows a
 * table of places. Throws `Contrived` when the budget is used up.
 */
export function* objectsIn(bytes: Buffer, budget: Budget): Generator<Dictionary> {
  for (let at = bytes.indexOf('obj'); at >= 0; at = bytes.indexOf('obj', at + 3)) {
    const apart = SPACES.has(bytes[at - 1] ?? 0);
    if (!apart && !isDigit(bytes[at - 1])) continue;
    budget.left -= LEAST;
    if (budget.left < 0) throw new Contrived();
    // A remark may stand between the number and the word; in the midst of a picture nothing stands alone like that.
    const alone = apart && (SPACES.has(bytes[at + 3] ?? 0) || bytes[at + 3] === LESS);
    const object = numberBefore(bytes, at) ?? (alone ? NO_NUMBER : null);
    if (object !== null) yield* dictionariesFrom(bytes, at + 3, object, budget);
  }
}

/** The dictionaries of the object that begins there. */
export function* dictionariesFrom(bytes: Buffer, from: number, object: number, budget: Budget): Generator<Dictionary> {
  if (budget.left < LEAST) throw new Contrived();
  const tokens = new Tokens(bytes, from);
  const open: Frame[] = [];
  let last: Frame | null = null;
  for (let token = tokens.next(); token !== null; token = tokens.next()) {
    if (tokens.at - from > budget.left) throw new Contrived();
    if (token.kind === 'open') {
      if (open.push(new Frame(object, open.at(-1)?.last ?? null)) > DEEPEST) throw new Contrived();
    } else if (token.kind === 'close') {
      if (last) yield last;
      last = open.pop() ?? null;
      if (last) open.at(-1)?.inner.push(last);
    } else if (token.kind === 'number') open.at(-1)?.number(token.value);
    else if (token.kind === 'name') open.at(-1)?.name(token.text);
    else if (token.text === 'R') open.at(-1)?.reference();
    else if (ENDS.has(token.text)) {
      if (token.text === 'stream' && last) last.stream = pastLineEnd(bytes, tokens.at);
      break;
    }
  }
  if (last) yield last;
  yield* open;
  budget.left -= Math.max(LEAST, tokens.at - from);
}

class Frame implements Dictionary {
  readonly names = new Set<string>();
  readonly numbers = new Map<string, number>();
  readonly refers = new Map<string, number[]>();
  readonly inner: Dictionary[] = [];
  stream: number | null = null;
  /** The last name, and the numbers since. */
  last = '';
  readonly #pairs = new Set<string>();
  #since: number[] = [];

  constructor(
    readonly object: number,
    readonly key: string | null,
  ) {}

  says = (key: string, value: string): boolean => this.#pairs.has(`${key} ${value}`);

  number(value: number): void {
    this.numbers.set(this.last, Math.max(value, this.numbers.get(this.last) ?? 0));
    this.#since = [...this.#since.slice(-1), value];
  }

  name(text: string): void {
    this.names.add(text);
    this.#pairs.add(`${this.last} ${text}`);
    this.last = text;
    this.#since = [];
  }

  /** `12 0 R` */
  reference(): void {
    const [object] = this.#since;
    if (object !== undefined) (this.refers.get(this.last) ?? this.#fresh()).push(object);
  }

  #fresh(): number[] {
    const made: number[] = [];
    this.refers.set(this.last, made);
    return made;
  }
}

/** The number of an object whose `obj` stands there: `12 0 obj`. */
function numberBefore(bytes: Buffer, at: number): number | null {
  const before = bytes.toString('latin1', Math.max(0, at - 24), at);
  const found = /(\d{1,10})[\s\0]+\d{1,5}[\s\0]*$/.exec(before);
  return found ? Number(found[1]) : null;
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= ZERO && code <= NINE;
}

function pastLineEnd(bytes: Buffer, at: number): number {
  if (bytes[at] === 13 && bytes[at + 1] === 10) return at + 2;
  return bytes[at] === 10 || bytes[at] === 13 ? at + 1 : at;
}
