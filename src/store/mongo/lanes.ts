/** What is asked under one name is done in the order of asking, one after the other; different names go side by side. */

export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` when what was asked before under this name has ended, however it ended. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    const mine = before ? before.then(work, work) : work();
    this.#last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(name) === mine) this.#last.delete(name);
    }
  }
}
