// Lets what belongs to one person happen one after the other, while different people do not wait for each other.

interface Waiting {
  order: number;
  start: () => void;
}

/**
 * A turnstile per key. What comes while another runs waits; of those that wait the lowest `order` goes first, so that webhooks which a
 * provider sent side by side come in as the person wrote them.
 */
export class InOrder {
  private readonly keys = new Map<string, Waiting[]>();

  async run<T>(key: string, order: number, work: () => Promise<T>): Promise<T> {
    await this.turn(key, order);
    try {
      return await work();
    } finally {
      this.next(key);
    }
  }

  private turn(key: string, order: number): Promise<void> {
    const waiting = this.keys.get(key);
    if (!waiting) {
      this.keys.set(key, []);
      return Promise.resolve();
    }
    return new Promise((start) => {
      const later = waiting.findIndex((one) => one.order > order);
      waiting.splice(later < 0 ? waiting.length : later, 0, { order, start });
    });
  }

  private next(key: string): void {
    const following = this.keys.get(key)?.shift();
    if (following) following.start();
    else this.keys.delete(key);
  }
}
