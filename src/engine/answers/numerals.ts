/** Finds every number in a message, written in digits or words: `1,500`, ٣ آلاف, خمسة وعشرين, two hundred and six. */
import { legible, plain } from '../text/normalise.js';
import { AND, numberWord, OUT_OF, TEEN } from './number-words.js';

export interface Numeral {
  readonly value: number;
  /** Digits after the decimal sign as typed; 0 for a whole number. */
  readonly decimals: number;
  /** It stands after a sign of proportion: `/`, من, out of. */
  readonly outOf: boolean;
}

const PIECE = /[0-9]+|[\p{L}\p{M}]+|[^\s\p{L}\p{M}0-9]/gu;
/** Comma, Arabic comma and thousands sign, between a digit and a group of three. */
const THOUSANDS = /(?<=[0-9])[,،٬'](?=[0-9]{3}(?![0-9]))/g;
const DECIMAL = /[.٫]/;
const MINUS = /[-\u2212\u2013]/;
const MOST_DIGITS = 15;

/** The numbers of a message in order. A number too long to be exact comes out as Infinity. Linear in the text. */
export function numeralsIn(text: string): Numeral[] {
  const pieces = legible(text).replace(THOUSANDS, '').match(PIECE) ?? [];
  const builder = new Builder();
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at] ?? '';
    if (!isDigits(piece)) builder.other(piece);
    else if (DECIMAL.test(pieces[at + 1] ?? '') && isDigits(pieces[at + 2] ?? '')) {
      builder.digits(`${piece}.${pieces[at + 2] ?? ''}`);
      at += 2;
    } else builder.digits(piece);
  }
  return builder.finish();
}

function isDigits(piece: string): boolean {
  return piece >= '0' && piece < ':';
}

/** Puts together the parts of one number until something comes that cannot belong to it. */
class Builder {
  private readonly found: Numeral[] = [];
  /** Finished thousands and millions, and what stands below them; undefined between numbers. */
  private total = 0;
  private current: number | undefined;
  private decimals = 0;
  private joined = false;
  private outOf = false;
  private negative = false;

  digits(typed: string): void {
    this.close();
    const [whole = '', fraction = ''] = typed.split('.');
    this.current = whole.length > MOST_DIGITS ? Infinity : Number(typed);
    this.decimals = fraction.length;
  }

  other(piece: string): void {
    const word = plain(piece);
    const number = numberWord(word);
    if (number !== undefined) {
      this.word(number.value, number.joined || this.joined, TEEN.has(word));
    } else if (AND.has(word)) this.joined = true;
    else {
      this.close();
      this.outOf ||= piece === '/' || OUT_OF.has(word);
      this.negative = MINUS.test(piece);
    }
  }

  finish(): Numeral[] {
    this.close();
    return this.found;
  }

  private word(value: number, joined: boolean, teen: boolean): void {
    if (this.current === undefined) this.current = value;
    else if (value === 1000 || value === 1_000_000) this.scale(value);
    else if (value === 100 && this.current < 10 && this.current > 0) this.current *= 100;
    else if (teen && this.current > 2 && this.current < 10) this.current += 10;
    else if (joined || follows(this.current, value)) this.current += value;
    else {
      this.close();
      this.current = value;
    }
    this.joined = false;
  }

  /** ثلاثة آلاف: everything so far counts thousands. */
  private scale(value: number): void {
    this.total += (this.current === 0 ? 1 : (this.current ?? 1)) * value;
    this.current = 0;
  }

  private close(): void {
    if (this.current !== undefined) {
      const size = this.total + this.current;
      this.found.push({
        value: this.negative && size !== 0 ? -size : size,
        decimals: this.decimals,
        outOf: this.outOf,
      });
      this.outOf = false;
      this.negative = false;
    }
    this.total = 0;
    this.current = undefined;
    this.decimals = 0;
    this.joined = false;
  }
}

/** twenty five, two hundred six: smaller parts follow without "and". */
function follows(current: number, value: number): boolean {
  return (current >= 20 && current % 10 === 0 && value < 10) || (current >= 100 && current % 100 === 0 && value < 100);
}
