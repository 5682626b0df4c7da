// Finds what a person wrote in a letter: what their program copied from the letter that they answer, and their signature, are left out.
import { introductionAt, leadsToOurs, NEAR } from './introductions.js';
import { caps } from './limits.js';
import { hasWords, isOurs, isQuoted } from './lines.js';
import { withoutDevice, withoutSignature } from './signatures.js';
import type { Standing } from './standing.js';

export { ABOVE } from './lines.js';

/** Lines that stand together, between what is quoted. */
type Run = string[];

/**
 * The writer's own words. A letter that begins a thread, or passes one on, quotes nothing: all its lines count. In an answer words below a
 * quotation count too (there are who write there).
 */
export function ownWords(text: string, standing: Standing): string {
  return runsOf(linesOf(text), standing)
    .flat()
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, caps.words);
}

/** People answered between the lines that their program quotes. */
export function isAnsweredBetween(text: string): boolean {
  const lines = linesOf(text);
  const [first, last] = [lines.findIndex(isQuoted), lines.findLastIndex(isQuoted)];
  return runsOf(lines.slice(Math.max(0, first), last + 1), 'answers').some((run) => run.some(hasWords));
}

function linesOf(text: string): string[] {
  return text
    .slice(0, 4 * caps.words)
    .replace(/\r\n?/g, '\n')
    .split('\n');
}

function runsOf(lines: readonly string[], standing: Standing): Run[] {
  if (standing === 'answers') return answered(lines);
  const kept = standing === 'passes_on' ? aboveOurs(lines) : lines;
  // Somebody else's letter may stand below a signature.
  const isPassed = standing === 'passes_on' || kept.some((_, at) => introductionAt(kept, at) !== null);
  return [withoutDevice(isPassed ? kept : withoutSignature(kept, false))];
}

/** Who passes our own letter on to us says what stands above it, and above what introduces it. */
function aboveOurs(lines: readonly string[]): Run {
  const ours = lines.findIndex(isOurs);
  if (ours < 0) return [...lines];
  const near = Math.max(0, ours - NEAR);
  const at = lines.slice(near, ours).findIndex((_, index) => {
    const introduction = introductionAt(lines, near + index);
    return introduction !== null && leadsToOurs(lines, introduction.end);
  });
  return lines.slice(0, at < 0 ? ours : near + at);
}

function answered(lines: readonly string[]): Run[] {
  const runs: Run[] = [];
  const run: Run = [];
  const rest = (at: number): Run[] => (at < lines.length ? [aboveOurs(lines.slice(at))] : []);
  const close = (): void => void runs.push(withoutDevice(withoutSignature(run.splice(0), true)));
  let at = 0;
  while (at < lines.length && !(isOurs(lines[at]) && !isQuoted(lines[at]))) {
    const introduction = isQuoted(lines[at]) ? null : introductionAt(lines, at);
    if (introduction !== null || isQuoted(lines[at])) close();
    else run.push(lines[at] ?? '');
    // Whatever stands below is somebody else's, and sent to be read.
    if (introduction?.passed === true) return [...runs, [''], ...rest(at)];
    if (introduction !== null && !isQuotedBelow(lines, introduction.end))
      return runs.flat().some(hasWords) ? runs : rest(at);
    at = introduction?.end ?? at + 1;
  }
  close();
  return runs;
}

/** Each line that is quoted has its sign: what has none below is the writer's. */
function isQuotedBelow(lines: readonly string[], at: number): boolean {
  const next = lines.slice(at, at + NEAR).find((line) => line.trim() !== '');
  return isQuoted(next);
}
