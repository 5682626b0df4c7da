/** A store that can be taken away. */
import { StoreError } from '../../src/store/contract.js';

/** The same, every call of which fails while it is away, as when no server answers; it can be closed all the same. */
export function awayWhen<T extends object>(target: T, away: () => boolean): T {
  return new Proxy(target, {
    get: (object, name) => {
      const value: unknown = Reflect.get(object, name);
      if (typeof value === 'object' && value !== null) return awayWhen(value, away);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown =>
        away() && name !== 'close'
          ? Promise.reject(new StoreError('failed', 'No server answers.'))
          : (Reflect.apply(value, object, given) as unknown);
    },
  });
}
