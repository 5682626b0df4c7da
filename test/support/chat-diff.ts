/** Tells two readings of a transcript apart in words that staff can follow: what was expected, what is said now, and after which line. */

/** Lines shown of one difference, on each side. */
const most = 12;

/** Empty when the two are the same. */
export function chatDiff(expected: string, actual: string): string {
  const before = expected.trimEnd().split('\n');
  const now = actual.trimEnd().split('\n');
  const hunks = hunksOf(before, now);
  return hunks.map((hunk) => told(hunk, before, now)).join('\n');
}

interface Hunk {
  /** Where it begins and ends among the expected lines, and among those of now. */
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

function told({ from, to }: Hunk, before: readonly string[], now: readonly string[]): string {
  const asked = before.slice(0, from[0]).findLastIndex((line) => /^[>~=] /.test(line));
  const after = asked === -1 ? 'At the beginning' : `After line ${asked + 1}:  ${before[asked] ?? ''}`;
  const gone = before.slice(from[0], to[0]).map((line) => `  - ${line}`);
  const come = now.slice(from[1], to[1]).map((line) => `  + ${line}`);
  return [after, ...shown(gone), ...shown(come), ''].join('\n');
}

function shown(lines: readonly string[]): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), `    … and ${lines.length - most} more`];
}

/** The stretches that differ; equal lines in between are found by looking for the nearest that both have. */
function hunksOf(before: readonly string[], now: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  let [a, b] = [0, 0];
  while (a < before.length || b < now.length) {
    if (before[a] === now[b]) {
      a += 1;
      b += 1;
      continue;
    }
    const next = meeting(before, now, a, b);
    hunks.push({ from: [a, b], to: next });
    [a, b] = next;
  }
  return hunks;
}

/** The nearest pair of places after which both go on alike; the ends when there is none. */
function meeting(before: readonly string[], now: readonly string[], a: number, b: number): readonly [number, number] {
  const furthest = before.length - a + now.length - b;
  for (let distance = 1; distance < Math.min(furthest, 400); distance++) {
    for (let ahead = 0; ahead <= distance; ahead++) {
      const [x, y] = [a + ahead, b + distance - ahead];
      if (x < before.length && y < now.length && alike(before, now, x, y)) return [x, y];
    }
  }
  return [before.length, now.length];
}

/** A blank line meets another only with the line after it: blank lines are everywhere. */
function alike(before: readonly string[], now: readonly string[], x: number, y: number): boolean {
  return before[x] === now[y] && (before[x] !== '' || before[x + 1] === now[y + 1]);
}
