// Whatever is done to it, SQLite shows what the plain model shows: after each command, and after a restart.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commands, visible } from './commands.js';
import { openInFolder } from './folder.js';
import { agreesCommandByCommand, newSeen, outcome, showsTheSameAfterRestart } from './model-suite.js';
import { openModelStore } from './model.js';

it('agrees with the model, command by command', { timeout: 60_000 }, async () => {
  const counts = await agreesCommandByCommand(openInFolder, 60);
  // The walk must reach what it is there for.
  for (const reached of [
    'speak committed',
    'speak number_taken',
    'commit stale',
    'commit duplicate',
    'send ',
    'settle ',
    'redeem none',
    'link linked',
  ]) {
    expect(counts.get(reached) ?? 0, reached).toBeGreaterThan(0);
  }
});

it('agrees when many commands share a tick', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(commands, fc.integer({ min: 2, max: 12 }), async (list, tick) => {
      const opened = await openInFolder();
      const model = openModelStore();
      // Writes of one tick run in the order in which they were submitted; what reads in between is left to the other test.
      const writes = list.filter(({ name }) => !['commit', 'speak', 'send', 'link', 'arrived'].includes(name));
      const [ours, theirs] = [newSeen(), newSeen()];
      try {
        for (let from = 0; from < writes.length; from += tick) {
          const group = writes.slice(from, from + tick);
          const real = await Promise.all(group.map((command) => outcome(opened.store, ours, command)));
          const expected = await Promise.all(group.map((command) => outcome(model, theirs, command)));
          expect(real).toEqual(expected);
        }
        expect(await visible(opened.store)).toEqual(await visible(model));
      } finally {
        await opened.close();
      }
    }),
    { numRuns: 40 },
  );
});

// Holds and claims end with the process: only the bells that depend on them may ring earlier.
it('shows the same after a restart', { timeout: 60_000 }, () =>
  showsTheSameAfterRestart(openInFolder, 15, ['bells', 'sendable']),
);
