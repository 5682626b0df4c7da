/** A small seeded generator: training draws the same numbers on every machine, and whatever belongs to a row draws its own. */

/** Numbers in [0, 1), the same row for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Puts a list into a random order, in place (Fisher and Yates). */
export function shuffle(list: number[], random: () => number): void {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const moved = list[at] as number;
    list[at] = list[other] as number;
    list[other] = moved;
  }
}

/** The seed of what a text is drawn for (FNV-1a, 32 bits): it does not depend on what stands beside it. */
export function seedOf(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** The seed of a row in a round. */
export function seedIn(round: number, rowSeed: number): number {
  return (rowSeed ^ Math.imul(round + 1, 0x85ebca6b)) >>> 0;
}

/**
 * A random order of rows, another one in each round, in which two rows stand as their own seeds say: a further row is put among the
 * others and moves none of them.
 */
export function orderOf(rowSeeds: Uint32Array, round: number): Float64Array {
  // The draw in front, the row behind: numbers of a typed array are sorted fast, and rows with the same draw stand in their order.
  const keys = Float64Array.from(rowSeeds, (one, at) => seeded(seedIn(round, one))() * DRAWS * MOST_ROWS + at);
  return keys.sort().map((key) => key % MOST_ROWS);
}

const DRAWS = 2 ** 32;
const MOST_ROWS = 2 ** 20;
