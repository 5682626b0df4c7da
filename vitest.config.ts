// Two projects: `fast` needs nothing but Node; `slow` starts processes and a browser.
import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const MEMORY = '/dev/shm';
/** Bytes that the data of all tests at once stay far below. */
const ENOUGH = 1024 ** 3;

/** Where the data of a fast test lie: in memory where there is room, for most of their time would go into waiting for a disk. */
function inMemory(): { TMPDIR?: string } {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH ? { TMPDIR: MEMORY } : {};
  } catch {
    return {};
  }
}

export default defineConfig({
  test: {
    // One for each core.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.slow.test.ts'],
          sequence: { groupOrder: 1 },
          // The modules of a worker are loaded once: no test changes anything global.
          isolate: false,
          env: inMemory(),
          // What is waited for ends the waiting at once; on a busy machine that may be late.
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          name: 'slow',
          include: ['test/**/*.slow.test.ts'],
          // After the others: processes and browsers have the machine for themselves.
          sequence: { groupOrder: 2 },
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // A browser beside other work takes its time; a poll that is met ends at once.
          expect: { poll: { timeout: 20_000 } },
          pool: 'forks',
          fileParallelism: false,
        },
      },
    ],
  },
});
