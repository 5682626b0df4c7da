// Lets many turns run side by side, or one quite alone.

/**
 * A readers-writer lock. A turn that was under way when a process died is tried again alone, so that only the item that really brings
 * the process down is counted as guilty, not the neighbours that happened to run beside it.
 */
export class Gate {
  private together = 0;
  private occupied = false;
  private readonly waiting: { alone: boolean; enter: () => void }[] = [];

  async run<T>(alone: boolean, work: () => Promise<T>): Promise<T> {
    await this.enter(alone);
    try {
      return await work();
    } finally {
      if (alone) this.occupied = false;
      else this.together -= 1;
      this.admit();
    }
  }

  private enter(alone: boolean): Promise<void> {
    return new Promise((enter) => {
      this.waiting.push({ alone, enter });
      this.admit();
    });
  }

  /** First come, first served: who wants to be alone is not overtaken for ever. */
  private admit(): void {
    for (let next = this.waiting[0]; next && !this.occupied; next = this.waiting[0]) {
      if (next.alone && this.together > 0) return;
      this.waiting.shift();
      if (next.alone) this.occupied = true;
      else this.together += 1;
      next.enter();
    }
  }
}
