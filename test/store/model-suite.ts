// Whatever is done to a store, it shows what the plain model shows.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import { commands, visible } from './commands.js';
import type { Command, Seen } from './commands.js';
import type { OpenStore } from './contract-suite.js';
import { openModelStore } from './model.js';

type Open = () => Promise<OpenStore>;

export interface Walk {
  readonly commands: fc.Arbitrary<readonly Command[]>;
  /** Everything that can be seen of what the commands touch. */
  readonly visible: (store: Store) => Promise<unknown>;
}
const MAIN: Walk = { commands, visible };
/** The same walks each time, so that what they must reach is reached; WALK_SEED looks at others. */
const SEED = Number(process.env['WALK_SEED'] ?? 20_261_122);

export const outcome = (store: Store, seen: Seen, command: Command) =>
  command.run(store, seen).then(
    (value) => ({ value }),
    (error: unknown) => ({ code: (error as { code?: unknown }).code ?? String(error) }),
  );
const resultOf = (value: unknown) => (value as { result?: string } | null | undefined)?.result ?? '';
export const newSeen = (): Seen => ({ fence: new Map(), sendFence: new Map() });

/** After each command, and at the end in all that can be seen. Returns how often each command came to each result. */
export async function agreesCommandByCommand(
  open: Open,
  numRuns: number,
  walk = MAIN,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(walk.commands, async (list) => {
      const opened = await open();
      const model = openModelStore();
      const [ours, theirs] = [newSeen(), newSeen()];
      try {
        for (const command of list) {
          const [real, expected] = [await outcome(opened.store, ours, command), await outcome(model, theirs, command)];
          expect(real, command.name).toEqual(expected);
          const reached = `${command.name} ${'value' in real ? resultOf(real.value) : ''}`;
          counts.set(reached, (counts.get(reached) ?? 0) + 1);
        }
        expect(await walk.visible(opened.store)).toEqual(await walk.visible(model));
      } finally {
        await opened.close();
      }
    }),
    { numRuns, seed: SEED },
  );
  return counts;
}

/** `lost`: what need not outlive the process. */
export async function showsTheSameAfterRestart(
  open: Open,
  numRuns: number,
  lost: readonly string[] = [],
  walk = MAIN,
): Promise<void> {
  const kept = (seen: unknown) => Object.entries(seen as object).filter(([name]) => !lost.includes(name));
  await fc.assert(
    fc.asyncProperty(walk.commands, async (list) => {
      const opened = await open();
      const seen = newSeen();
      try {
        for (const command of list) await outcome(opened.store, seen, command);
        const before = await walk.visible(opened.store);
        expect(kept(await walk.visible(await opened.reopen()))).toEqual(kept(before));
      } finally {
        await opened.close();
      }
    }),
    { numRuns, seed: SEED },
  );
}
