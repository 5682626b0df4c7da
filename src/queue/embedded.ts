/** The doorbell within one process: bells in memory, handled in the order in which they come due. */
import type { Bell, BellKind, Queue } from './contract.js';
import { Ringer } from './ringer.js';

/** `onError` hears of every handler that threw (it is rung again anyway); it gets no text of any person. */
export function openEmbeddedQueue(onError: (kind: BellKind, error: unknown) => void = () => undefined): Queue {
  const ringer = (kind: BellKind) => new Ringer((error) => onError(kind, error));
  const ringers: Readonly<Record<BellKind, Ringer>> = {
    conversation: ringer('conversation'),
    delivery: ringer('delivery'),
    submission: ringer('submission'),
    notice: ringer('notice'),
    transfer: ringer('transfer'),
  };
  const all = Object.values(ringers);
  return {
    ring: ({ kind, id }: Bell, delay = 0) => {
      ringers[kind].ring(id, delay);
      return Promise.resolve();
    },
    work: (kind, concurrency, handler) => ringers[kind].work(concurrency, handler),
    pending: (kind) =>
      Promise.resolve(kind ? ringers[kind].pending : all.reduce((sum, ringer) => sum + ringer.pending, 0)),
    close: async () => {
      await Promise.all(all.map((ringer) => ringer.close()));
    },
  };
}
