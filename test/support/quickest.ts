// How long something takes at its quickest: a busy machine makes one run slow, a bad algorithm makes every run slow.
const MOST_RUNS = 12;

/** Milliseconds of the quickest run; no more runs once one took less than `enough` ms. */
export function quickest(work: () => unknown, enough: number): number {
  let least = Infinity;
  for (let run = 0; run < MOST_RUNS && least >= enough; run += 1) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
