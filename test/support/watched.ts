// A store whose calls are told by name, in order, however deep they lie.

/** The same object; `told` hears of every call of a method, e.g. `cases.get`. */
export function watched<T extends object>(target: T, told: (call: string) => void, path: readonly string[] = []): T {
  return new Proxy(target, {
    get: (object, name) => {
      const value = Reflect.get(object, name) as unknown;
      const here = [...path, String(name)];
      if (typeof value === 'object' && value !== null) return watched(value, told, here);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        told(here.join('.'));
        return (value as (...all: unknown[]) => unknown).apply(object, given);
      };
    },
  });
}
