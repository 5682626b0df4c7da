/** Data keys of a file or a snapshot, for a vault that only opens. */
import type { Keys } from '../store/contract.js';
import { StoreError } from '../store/contract.js';

/** By subject; whatever would change them is refused with `StoreError('failed')`, a new one with `not_found`. */
export function heldKeys(
  wrapped: ReadonlyMap<string, Uint8Array>,
  erasures: readonly { subject: string; at: number }[],
): Keys {
  const refuse = () => Promise.reject(new StoreError('failed', 'These keys are only read.'));
  return {
    get: (subject) => Promise.resolve(wrapped.get(subject) ?? null),
    putIfAbsent: (subject) => {
      const key = wrapped.get(subject);
      return key ? Promise.resolve(key) : Promise.reject(new StoreError('not_found', 'There is no such key.'));
    },
    destroy: refuse,
    destroyed: () => Promise.resolve([...erasures]),
    subjects: (after, limit) =>
      Promise.resolve(
        [...wrapped.keys()]
          .sort()
          .filter((subject) => after === null || subject > after)
          .slice(0, limit),
      ),
    replace: refuse,
  };
}
