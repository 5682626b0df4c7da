// Bells ring only when a test says so: this rings them while something waits for its turn.
import type { Harness } from './harness.js';

/** The turn is played while the form waits for it. */
export async function played<T>(h: Harness, work: Promise<T>): Promise<T> {
  const watch = { over: false };
  const end = () => {
    watch.over = true;
  };
  void work.then(end, end);
  while (!watch.over) {
    await h.settle();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await h.settle();
  return work;
}
