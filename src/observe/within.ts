// Waits for something only so long.

/** Rejects when it does not come in time; what comes later, or fails later, is nobody's matter. */
export function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Late()), ms);
    late.unref();
    work()
      .then(resolve, reject)
      .finally(() => clearTimeout(late));
  });
}

export class Late extends Error {
  constructor() {
    super('it did not come in time');
    this.name = 'Late';
  }
}
