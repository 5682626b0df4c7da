// Keys in memory, as simple as the contract allows: the privacy room is tested without a store.
import { StoreError } from '../../src/store/contract.js';
import type { Keys } from '../../src/store/contract.js';

export interface MemoryKeys extends Keys {
  readonly wrapped: Map<string, Uint8Array>;
}

export function memoryKeys(): MemoryKeys {
  const wrapped = new Map<string, Uint8Array>();
  const erasures = new Map<string, number>();
  return {
    wrapped,
    putIfAbsent: (subject, key) => {
      if (erasures.has(subject)) return Promise.reject(new StoreError('not_found', 'destroyed'));
      if (!wrapped.has(subject)) wrapped.set(subject, key);
      return Promise.resolve(wrapped.get(subject) ?? key);
    },
    get: (subject) => Promise.resolve(wrapped.get(subject) ?? null),
    destroy: (subject, at) => {
      wrapped.delete(subject);
      if (!erasures.has(subject)) erasures.set(subject, at);
      return Promise.resolve();
    },
    destroyed: () => Promise.resolve([...erasures].map(([subject, at]) => ({ subject, at }))),
    subjects: (after, limit) =>
      Promise.resolve(
        [...wrapped.keys()]
          .filter((subject) => subject > (after ?? ''))
          .sort()
          .slice(0, limit),
      ),
    replace: (subject, from, to) => {
      const stands = wrapped.get(subject);
      if (!stands || !Buffer.from(stands).equals(from)) return Promise.resolve(false);
      wrapped.set(subject, to);
      return Promise.resolve(true);
    },
  };
}
