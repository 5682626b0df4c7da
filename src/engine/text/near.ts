/** Small typing mistakes: whether two words or phrases are so close that the same one was probably meant. */

/**
 * Particles that turn a sentence around, in plain form. A near-miss never adds or drops one of them, neither as a word
 * nor glued to the front of one: لاوافق is one letter from اوافق, and means its opposite.
 */
const NEGATIONS: ReadonlySet<string> = new Set([
  ...[
    'لا',
    'لم',
    'لن',
    'لست',
    'ليس',
    'ليست',
    'ما',
    'مو',
    'مب',
    'مش',
    'غير',
    'بدون',
    'بلا',
    'عدم',
    'ابد',
    'ابدا',
    'ولا',
  ],
  ...['no', 'not', 'never', 'dont', 'cannot', 'cant', 'without'],
]);
const GLUED = [...NEGATIONS, 'don', 'non', 'un', 'dis', 'in'];

/** Whether a plain text has a word that turns it around. */
export function hasNegation(plainText: string): boolean {
  return plainText.split(' ').some((word) => NEGATIONS.has(word));
}

/**
 * Whether two plain texts differ by at most one mistake (four letters or more) or two (nine or more): a letter missing,
 * added, wrong, or two neighbours exchanged. False whenever a negation stands in one and not in the other.
 */
export function near(a: string, b: string): boolean {
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  const allowed = shorter >= 9 ? 2 : shorter >= 4 ? 1 : 0;
  if (allowed === 0 || Math.abs(a.length - b.length) > allowed) return false;
  return mistakes(a, b, allowed) <= allowed && negationsOf(a) === negationsOf(b);
}

function negationsOf(text: string): string {
  return text.split(' ').map(negationOf).filter(Boolean).join(' ');
}

/** A negation itself is told from a word that only begins like one: now is not a mistyped not. */
function negationOf(word: string): string {
  if (NEGATIONS.has(word)) return `=${word}`;
  return GLUED.find((negation) => word.startsWith(negation)) ?? '';
}

/** Optimal string alignment distance, given up as soon as it must exceed `limit`. What both begin and end with alike costs nothing. */
function mistakes(a: string, b: string, limit: number): number {
  const shorter = Math.min(a.length, b.length);
  let from = 0;
  while (from < shorter && a[from] === b[from]) from++;
  let tail = 0;
  while (tail < shorter - from && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return aligned(a.slice(from, a.length - tail), b.slice(from, b.length - tail), limit);
}

/** The same of texts that differ at both ends. */
function aligned(a: string, b: string, limit: number): number {
  if (limit === 1) return oneMistake(a, b) ? 1 : limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = cell(a, b, i, j, last, row, beforeLast);
      row.push(cost);
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

function oneMistake(a: string, b: string): boolean {
  if (a.length <= 1 && b.length <= 1) return true;
  return a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
}

function cell(a: string, b: string, i: number, j: number, last: number[], row: number[], beforeLast: number[]): number {
  const same = a[i - 1] === b[j - 1];
  let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
  if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
    cost = Math.min(cost, at(beforeLast, j - 2) + 1);
  return cost;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
