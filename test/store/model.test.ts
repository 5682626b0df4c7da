// Whatever is done to it, SQLite shows what the plain model shows: after each command, and after a restart.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import { commands, visible } from './commands.js';
import type { Command, Seen } from './commands.js';
import { openInFolder } from './folder.js';
import { openModelStore } from './model.js';

const outcome = (store: Store, seen: Seen, command: Command) =>
  command.run(store, seen).then(
    (value) => ({ value }),
    (error: unknown) => ({ code: (error as { code?: unknown }).code ?? String(error) }),
  );
const resultOf = (value: unknown) => (value as { result?: string } | null | undefined)?.result ?? '';
const newSeen = (): Seen => ({ fence: new Map(), sendFence: new Map() });

it('agrees with the model, command by command', { timeout: 60_000 }, async () => {
  const counts = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      const opened = await openInFolder();
      const model = openModelStore();
      const [ours, theirs] = [newSeen(), newSeen()];
      try {
        for (const command of list) {
          const [real, expected] = [await outcome(opened.store, ours, command), await outcome(model, theirs, command)];
          expect(real, command.name).toEqual(expected);
          const reached = `${command.name} ${'value' in real ? resultOf(real.value) : ''}`;
          counts.set(reached, (counts.get(reached) ?? 0) + 1);
        }
        expect(await visible(opened.store)).toEqual(await visible(model));
      } finally {
        await opened.close();
      }
    }),
    { numRuns: 60 },
  );
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

it('shows the same after a restart', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      const opened = await openInFolder();
      const seen = newSeen();
      try {
        for (const command of list) await outcome(opened.store, seen, command);
        const before = (await visible(opened.store)) as Record<string, unknown>;
        const after = (await visible(await opened.reopen())) as Record<string, unknown>;
        // Holds and claims end with the process: only the bells that depend on them may ring earlier.
        const { bells: _bells, sendable: _sendable, ...kept } = before;
        expect(after).toMatchObject(kept);
      } finally {
        await opened.close();
      }
    }),
    { numRuns: 15 },
  );
});
