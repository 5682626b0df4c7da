/** Numbers in the order of asking, for the whole store: what came earlier has the smaller one. */

interface Waiting {
  count: number;
  resolve: (first: number) => void;
  reject: (error: unknown) => void;
}

/**
 * Those who ask while a draw is under way share the next one. Numbers may have gaps. Between processes they follow the server's order of
 * drawing, which is not the order in which transactions end: what must not overtake within a conversation is guarded there as well.
 */
export class Order {
  readonly #draw: (count: number) => Promise<number>;
  #waiting: Waiting[] = [];
  #drawing = false;

  /** `draw` counts on by `count` and returns the last. */
  constructor(draw: (count: number) => Promise<number>) {
    this.#draw = draw;
  }

  /** The first of `count` numbers that follow each other. */
  next(count = 1): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ count, resolve, reject });
      if (!this.#drawing) void this.#serve();
    });
  }

  async #serve(): Promise<void> {
    this.#drawing = true;
    // What asks in the same tick comes along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const served = this.#waiting.splice(0);
      const count = served.reduce((sum, one) => sum + one.count, 0);
      try {
        let first = (await this.#draw(count)) - count + 1;
        for (const one of served) {
          one.resolve(first);
          first += one.count;
        }
      } catch (error) {
        for (const one of served) one.reject(error);
      }
    }
    this.#drawing = false;
  }
}
