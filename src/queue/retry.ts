/** When a bell rings again whose handler threw. */

/** Milliseconds: doubled each time, up to the longest. */
const FIRST = 100;
const LONGEST = 60_000;

/** `failures`: how often in a row its handler has thrown, this time included. */
export function retryAfter(failures: number): number {
  return Math.min(FIRST * 2 ** Math.min(failures - 1, 20), LONGEST);
}
