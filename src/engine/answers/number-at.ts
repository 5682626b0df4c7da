/** Puts together the one number that begins at a place in a message: `3`, `٣ آلاف`, خمسة وعشرين, two hundred and six. */
import { plain } from '../text/normalise.js';
import { AND, ARTICLES, numberWord, TEEN } from './number-words.js';
import type { NumberWord } from './number-words.js';

export interface NumberAt {
  readonly value: number;
  /** Digits after the decimal sign, as typed or as a half makes them; 0 for a whole number. */
  readonly decimals: number;
  /** How many pieces it takes. */
  readonly length: number;
}

const DECIMAL = /[.٫]/;
const HYPHEN = /[-\u2010\u2011]/;
const ASCII_WORD = /^[a-z]+$/i;
const LETTERS = /^[\p{L}\p{M}]/u;
const MOST_DIGITS = 15;

/**
 * The number at `from` in pieces that are each digits, a word or a sign; undefined when none begins there. Ends before the
 * first piece that cannot belong to it, so that 3 أو 4 and خمسة ستة are two numbers.
 */
export function numberAt(pieces: readonly string[], from: number): NumberAt | undefined {
  const sum = new Sum();
  let end = from;
  let joined = false;
  for (let at = from; at < pieces.length;) {
    const taken = isDigits(pieces[at]) ? takeDigits(sum, pieces, at, joined) : takeWord(sum, pieces, at, joined);
    if (taken > 0) {
      at += taken;
      end = at;
      joined = false;
    } else if (end > from && joins(pieces, at) && !joined) {
      joined = true;
      at += 1;
    } else if (end > from && ARTICLES.has(pieces[at]?.toLowerCase() ?? '')) at += 1;
    else break;
  }
  return end === from ? undefined : { value: sum.value, decimals: sum.decimals, length: end - from };
}

/** A piece in plain form; empty for a sign, which has none and takes long to find out. */
export function wordOf(piece: string | undefined): string {
  return piece !== undefined && LETTERS.test(piece) ? plain(piece) : '';
}

export function isDigits(piece: string | undefined): boolean {
  return piece !== undefined && piece >= '0' && piece < ':';
}

function takeDigits(sum: Sum, pieces: readonly string[], at: number, joined: boolean): number {
  const fraction = DECIMAL.test(pieces[at + 1] ?? '') && isDigits(pieces[at + 2]) ? (pieces[at + 2] ?? '') : '';
  const whole = pieces[at] ?? '';
  const value = whole.length > MOST_DIGITS ? Infinity : Number(fraction === '' ? whole : `${whole}.${fraction}`);
  if (!sum.digits(value, fraction.length, joined)) return 0;
  return fraction === '' ? 1 : 3;
}

function takeWord(sum: Sum, pieces: readonly string[], at: number, joined: boolean): number {
  const piece = pieces[at] ?? '';
  const word = wordOf(piece);
  if (word === '') return 0;
  const teen = TEEN.has(wordOf(pieces[at + 1]));
  const read = numberWord(word, teen);
  if (read === undefined) return 0;
  const linked = joined || read.joined;
  if (teen && isUnit(read.found)) {
    return sum.word({ kind: 'count', value: read.found.value + 10 }, linked, false) ? 2 : 0;
  }
  return sum.word(read.found, linked, ASCII_WORD.test(piece)) ? 1 : 0;
}

/** أحد to تسعة, before عشر; خمس عشرات is none of them. */
function isUnit({ kind, value }: NumberWord): boolean {
  return kind === 'stem' || (kind === 'count' && value > 2 && value < 10);
}

/** و between parts, or the hyphen of twenty-five. */
function joins(pieces: readonly string[], at: number): boolean {
  const piece = pieces[at] ?? '';
  return AND.has(wordOf(piece)) || (HYPHEN.test(piece) && ASCII_WORD.test(pieces[at + 1] ?? ''));
}

/** A number that grows from the large to the small; every part says whether it still fits. */
class Sum {
  /** Finished millions and thousands. */
  private total = 0;
  /** What stands below them so far. */
  private group: number | undefined;
  /** The last finished scale: the next one must be smaller. */
  private scale = Infinity;
  private typed = 0;
  /** Digits are only joined to words, and words of tens only to words. */
  private ofDigits = false;

  get value(): number {
    return this.total + (this.group ?? 0);
  }

  get decimals(): number {
    return Math.max(this.typed, String(this.value).split('.')[1]?.length ?? 0);
  }

  digits(value: number, decimals: number, joined: boolean): boolean {
    const empty = this.group === undefined;
    const fits =
      (empty && this.total === 0) ||
      (empty && joined && value < this.scale) ||
      (joined && !this.ofDigits && this.group !== undefined && this.group % 100 === 0 && value < 100);
    if (!fits) return false;
    this.group = (this.group ?? 0) + value;
    this.typed = decimals;
    this.ofDigits = true;
    return true;
  }

  /** `latin` words need no "and" between them: two thousand five. */
  word(word: NumberWord, joined: boolean, latin: boolean): boolean {
    const linked = joined || latin;
    switch (word.kind) {
      case 'count':
        return this.count(word.value, linked);
      case 'scale':
        return this.times(word.value, joined, word.alone);
      case 'dual':
        return word.counted && this.group !== undefined
          ? this.times(word.value, joined, false)
          : this.double(word.value, linked);
      case 'part':
        return this.part(word.value, joined);
      case 'stem':
        return false;
    }
  }

  private count(value: number, linked: boolean): boolean {
    const { group } = this;
    if (group === undefined) {
      if (this.total > 0 && (value === 0 || value >= this.scale || !(linked || value >= 100))) return false;
      this.group = value;
    } else if (value === 100 && group > 0 && group < 10) this.group = group * 100;
    else if (linked && !this.ofDigits && fits(group, value)) this.group = group + value;
    else return false;
    return true;
  }

  /** ثلاثة آلاف: what stands below so far is counted in thousands. */
  private times(scale: number, joined: boolean, alone: boolean): boolean {
    const count = this.group ?? (alone && (joined || this.total === 0) ? 1 : 0);
    if (count === 0 || scale >= this.scale) return false;
    this.total += Math.round(count * scale * 100) / 100;
    this.close(scale);
    return true;
  }

  private double(scale: number, linked: boolean): boolean {
    if (this.group !== undefined || scale >= this.scale || (this.total > 0 && !linked)) return false;
    this.total += 2 * scale;
    this.close(scale);
    return true;
  }

  /** نصف مليون, خمسة ونص, ألف ونص: after a scale it is half of that scale. */
  private part(share: number, joined: boolean): boolean {
    if (this.group === undefined && this.total > 0) {
      if (!joined) return false;
      this.total += share * this.scale;
      this.close(0);
    } else if (this.group === undefined) this.group = share;
    else if (joined && this.group < 100 && this.group % 1 === 0) this.group += share;
    else return false;
    return true;
  }

  private close(scale: number): void {
    this.group = undefined;
    this.scale = scale;
    this.typed = 0;
    this.ofDigits = false;
  }
}

/** Units after tens, tens after units, either after hundreds. */
function fits(group: number, value: number): boolean {
  const below = group % 100;
  if (value === 0 || value >= 100) return false;
  if (below === 0) return group > 0;
  const tens = value >= 20 && value % 10 === 0;
  return (below >= 20 && below % 10 === 0 && value < 10) || (below < 10 && tens);
}
