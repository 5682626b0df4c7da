// A store, its files and a queue that are timed call by call. They fit the contracts and change nothing, whatever stands behind them.
import type { BellKind, Queue } from '../queue/contract.js';
import { StoreError, type Blobs, type Store } from '../store/contract.js';
import type { Meter } from './meter.js';
import type { Traces } from './traces.js';

type Call = (this: unknown, ...given: unknown[]) => unknown;
/** Waits for a call of that name. */
type Watch = <T>(operation: string, result: Promise<T>) => Promise<T>;

/** Every call by its name, such as `turns.commit`. */
export function measuredStore(store: Store, meter: Meter): Store {
  return watched(store, '', watchOf(meter));
}

/** The same for sealed files: `blobs.put`. */
export function measuredBlobs(blobs: Blobs, meter: Meter): Blobs {
  return watched(blobs, 'blobs.', watchOf(meter));
}

function watchOf(meter: Meter): Watch {
  return async (operation, result) => {
    try {
      return await meter.timed('sila_store_seconds', { operation }, () => result);
    } catch (error) {
      const code = error instanceof StoreError ? error.code : 'other';
      meter.count('sila_store_errors_total', { operation, code });
      throw error;
    }
  };
}

/** Handlers run apart from the trace of whoever rang: a bell says no more than "look". */
export function measuredQueue(queue: Queue, meter: Meter, traces: Traces): Queue {
  const call = async <T>(operation: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await meter.timed('sila_queue_seconds', { operation }, work);
    } catch (error) {
      meter.count('sila_queue_errors_total', { operation });
      throw error;
    }
  };
  return {
    ring: async (bell, delay) => {
      await call('ring', () => queue.ring(bell, delay));
      meter.count('sila_bells_rung_total', { kind: bell.kind });
    },
    work: (kind, concurrency, handler, lane) =>
      queue.work(kind, concurrency, (id) => traces.apart(() => handled(meter, kind, () => handler(id))), lane),
    schedule: (name, every, handler) => queue.schedule(name, every, () => traces.apart(handler)),
    tell: (hint) => queue.tell(hint),
    hear: (listener, hearing) => queue.hear(listener, hearing),
    pending: (kind) => call('pending', () => queue.pending(kind)),
    order: {
      wait: (one) => call('order.wait', () => queue.order.wait(one)),
      first: (of) => call('order.first', () => queue.order.first(of)),
      leave: (of, id) => call('order.leave', () => queue.order.leave(of, id)),
    },
    close: () => queue.close(),
  };
}

async function handled(meter: Meter, kind: BellKind, work: () => Promise<void>): Promise<void> {
  let outcome = 'failed';
  try {
    await meter.timed('sila_bell_seconds', { kind }, work);
    outcome = 'done';
  } finally {
    meter.count('sila_bells_handled_total', { kind, outcome });
  }
}

/** The same thing, each call of it and of its parts watched. What gives back no promise is left alone. */
function watched<T extends object>(target: T, path: string, watch: Watch): T {
  const known = new WeakMap<object, object>();
  return new Proxy(target, {
    get: (object, name) => {
      const value = Reflect.get(object, name) as unknown;
      if ((typeof value !== 'function' && typeof value !== 'object') || value === null) return value;
      const seen = known.get(value);
      if (seen) return seen;
      const here = `${path}${String(name)}`;
      const made =
        typeof value === 'function'
          ? watchedCall(value as Call, object, here, watch)
          : watched(value, `${here}.`, watch);
      known.set(value, made);
      return made;
    },
  });
}

function watchedCall(call: Call, owner: object, operation: string, watch: Watch): Call {
  return (...given) => {
    const result = call.apply(owner, given);
    return result instanceof Promise ? watch(operation, result) : result;
  };
}
