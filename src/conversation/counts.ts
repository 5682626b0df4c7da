// Counters with an end, in this process alone.

/** Keys that are remembered before those whose time is over are forgotten. */
const MANY = 10_000;

export class Counts {
  private readonly keys = new Map<string, { count: number; until: number }>();

  /** Counts a hit; its window ends `windowMs` after the first one. */
  hit(key: string, windowMs: number, now: number): number {
    const known = this.keys.get(key);
    const current = known && known.until > now ? known : { count: 0, until: now + windowMs };
    current.count += 1;
    this.keys.set(key, current);
    if (this.keys.size > MANY) this.forget(now);
    return current.count;
  }

  /** Whoever is forgotten begins anew: the oldest keys go when none is over. */
  private forget(now: number): void {
    for (const [key, { until }] of this.keys) if (until <= now) this.keys.delete(key);
    for (const key of this.keys.keys()) {
      if (this.keys.size <= MANY) return;
      this.keys.delete(key);
    }
  }
}
