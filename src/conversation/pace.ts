// Keeps to a rate: so many at once, then one in so many milliseconds (generic cell rate algorithm, one number a key).

/** Keys that are remembered before those whose time is over are forgotten. */
const MANY = 10_000;

export interface Beat {
  readonly burst: number;
  /** Milliseconds. */
  readonly every: number;
}

export class Pace {
  /** When a key that took nothing more would have its whole burst again. */
  private readonly full = new Map<string, number>();

  /** Whole milliseconds until the key may take one; 0: now. */
  wait(key: string, { burst, every }: Beat, now: number): number {
    return Math.max(0, Math.ceil((this.full.get(key) ?? 0) - (burst - 1) * every - now));
  }

  take(key: string, { every }: Beat, now: number): void {
    this.full.set(key, Math.max(this.full.get(key) ?? 0, now) + every);
    if (this.full.size > MANY) this.forget(now);
  }

  get size(): number {
    return this.full.size;
  }

  private forget(now: number): void {
    for (const [key, full] of this.full) if (full <= now) this.full.delete(key);
  }
}
