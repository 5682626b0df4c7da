/** Lets so many through at once; the others wait in the order of their coming. */

export class Gate {
  readonly #most: number;
  #within = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#within < this.#most) this.#within += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place goes to the next at once, so that nobody who comes meanwhile slips in before.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#within -= 1;
    }
  }
}
