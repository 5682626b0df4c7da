/** The doorbell within one process: bells in memory, handled in the order in which they come due. */
import type { Bell, BellKind, Queue, Trouble } from './contract.js';
import { OwnOrder } from './own-order.js';
import { Ringer } from './ringer.js';

/** `onError` hears of every handler that threw (it is rung again anyway); it gets no text of any person. */
export function openEmbeddedQueue(onError: (of: Trouble['of'], error: unknown) => void = () => undefined): Queue {
  const ringers = new Map<string, { kind: Trouble['of']; ringer: Ringer }>();
  const listeners = new Set<(hint: string) => void>();
  const ringerOf = (kind: Trouble['of'], lane = ''): Ringer => {
    const key = `${kind} ${lane}`;
    const known = ringers.get(key) ?? { kind, ringer: new Ringer((error) => onError(kind, error)) };
    ringers.set(key, known);
    return known.ringer;
  };
  return {
    ring: ({ kind, id, lane }: Bell, delay = 0) => {
      ringerOf(kind, lane).ring(id, delay);
      return Promise.resolve();
    },
    work: (kind, concurrency, handler, lane) => ringerOf(kind, lane?.name).work(concurrency, handler, lane?.rate),
    schedule: (name, every, handler) => {
      const ringer = ringerOf('schedule', name);
      const round = () => handler().catch((error: unknown) => onError('schedule', error));
      ringer.work(1, () => round().finally(() => ringer.ring(name, every)));
      ringer.ring(name, every);
    },
    tell: (hint) => {
      for (const listener of [...listeners]) listener(hint);
    },
    hear: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pending: (kind) => Promise.resolve(bells(ringers.values(), kind)),
    order: new OwnOrder(),
    close: async () => {
      listeners.clear();
      await Promise.all([...ringers.values()].map(({ ringer }) => ringer.close()));
    },
  };
}

function bells(ringers: Iterable<{ kind: Trouble['of']; ringer: Ringer }>, wanted?: BellKind): number {
  return [...ringers]
    .filter(({ kind }) => (wanted ? kind === wanted : kind !== 'schedule'))
    .reduce((sum, { ringer }) => sum + ringer.pending, 0);
}
