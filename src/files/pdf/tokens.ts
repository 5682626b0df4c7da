/** The tokens of a PDF object that tell what it does: names, numbers, words, and where dictionaries begin and end (ISO 32000-1, 7.2 and 7.3). */

export type Token =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' };

/** Longest name or word that is read whole; what counts here is far shorter. */
const LONGEST = 128;
const [LF, CR, SPACE] = [10, 13, 32];
const WHITE: ReadonlySet<number> = new Set([0, 9, LF, 12, CR, SPACE]);
const DELIMITERS: ReadonlySet<number> = new Set(Buffer.from('()<>[]{}/%', 'latin1'));
const [PAREN, ENDED, LESS, MORE, SLASH, PERCENT, BACKSLASH] = [...Buffer.from('()<>/%\\', 'latin1')] as [
  ...[number, number, number, number, number, number, number],
];

export class Tokens {
  constructor(
    private readonly bytes: Buffer,
    /** Where the next token is looked for. */
    public at: number,
  ) {}

  /** Null at the end. Strings and arrays' brackets are passed over; every call moves on. */
  next(): Token | null {
    for (;;) {
      const code = this.bytes[this.at];
      if (code === undefined) return null;
      if (WHITE.has(code)) this.at += 1;
      else if (code === PERCENT) this.#pastLine();
      else if (code === PAREN) this.#pastString();
      else if (code === SLASH) return { kind: 'name', text: decoded(this.#regular(this.at + 1)) };
      else if (code === LESS || code === MORE) {
        const token = this.#angle(code);
        if (token) return token;
      } else if (DELIMITERS.has(code)) this.at += 1;
      else return wordOrNumber(this.#regular(this.at));
    }
  }

  #angle(code: number): Token | null {
    if (this.bytes[this.at + 1] === code) {
      this.at += 2;
      return { kind: code === LESS ? 'open' : 'close' };
    }
    if (code === MORE) this.at += 1;
    else {
      const end = this.bytes.indexOf(MORE, this.at);
      this.at = end < 0 ? this.bytes.length : end + 1;
    }
    return null;
  }

  #pastLine(): void {
    while (this.at < this.bytes.length && this.bytes[this.at] !== LF && this.bytes[this.at] !== CR) this.at += 1;
  }

  #pastString(): void {
    let depth = 0;
    for (; this.at < this.bytes.length; this.at += 1) {
      const code = this.bytes[this.at];
      if (code === BACKSLASH) this.at += 1;
      else if (code === PAREN) depth += 1;
      else if (code === ENDED && --depth === 0) break;
    }
    this.at += 1;
  }

  /** The letters from there up to white space or a delimiter. */
  #regular(from: number): string {
    let end = from;
    for (let code = this.bytes[end]; code !== undefined && !WHITE.has(code) && !DELIMITERS.has(code);) {
      code = this.bytes[(end += 1)];
    }
    this.at = end;
    return this.bytes.toString('latin1', from, Math.min(end, from + LONGEST));
  }
}

function wordOrNumber(text: string): Token {
  return /^[+-]?\d+$/.test(text) ? { kind: 'number', value: Number(text) } : { kind: 'word', text };
}

/** `#4a` stands for J: names may be written so, to hide them too. */
function decoded(name: string): string {
  return name.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
