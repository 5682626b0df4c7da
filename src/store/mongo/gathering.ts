/** Writes that must follow each other: what comes while one is under way waits, and is written together with what waits beside it. */

interface Waiting<T> {
  readonly item: T;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class Gathering<T> {
  readonly #write: (items: readonly T[]) => Promise<void>;
  readonly #most: number;
  #waiting: Waiting<T>[] = [];
  #writing = false;

  /** `write` is given at most so many at once, in the order of their coming: all of them are written or none. */
  constructor(most: number, write: (items: readonly T[]) => Promise<void>) {
    this.#most = most;
    this.#write = write;
  }

  /** Resolves once the item is written, rejects with all that were to be written with it. */
  add(item: T): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ item, done, failed });
      if (!this.#writing) void this.#serve();
    });
  }

  async #serve(): Promise<void> {
    this.#writing = true;
    // What comes in the same tick comes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#most);
      try {
        await this.#write(batch.map(({ item }) => item));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = false;
  }
}
