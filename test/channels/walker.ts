/** A person on a real channel in the shape that the walk through a request (test/conversation/request.ts) wants: somebody who writes and hears. */
import type { ShownMessage } from '../../channels/channel.js';
import type { FileRef } from '../../src/engine/types.js';
import type { Harness } from '../conversation/harness.js';
import type { Whole } from './whole.js';

export interface Walker {
  user: string;
  settle: () => Promise<void>;
  /** Does it there, and gives back what was said to it. */
  act: (words: string, choice?: string, files?: FileRef[]) => Promise<string[]>;
  /** What stands in the conversation now. */
  shown: () => readonly ShownMessage[];
}

export function walkerOn({ store, clock }: Whole, { user, settle, act, shown }: Walker): Harness {
  const made = {
    store,
    clock,
    settle,
    tell: (_user: string, words: string, more?: { choice?: string; files?: FileRef[] }) =>
      act(words, more?.choice, more?.files),
    write: async (_user: string, words: string) => {
      await act(words);
      const [row] = await store.turns.conversations({ limit: 1 });
      return { conversation: row?.id ?? '', item: '', duplicate: false };
    },
    channel: {
      get sent() {
        return shown()
          .filter(({ from }) => from !== 'person')
          .map((one) => ({ ...one, user }));
      },
    },
    sila: {
      host: () => ({ keepFile: () => Promise.resolve({ id: 'x', name: 'photo', mime: 'image/png', bytes: 1 }) }),
    },
  };
  return made as unknown as Harness;
}
