/** The order of what waits in this process alone. */
import type { Order, Waiting } from './contract.js';

export class OwnOrder implements Order {
  readonly #lines = new Map<string, Waiting[]>();

  get empty(): boolean {
    return this.#lines.size === 0;
  }

  /** What goes first with its place in the order. */
  head(of: string): Waiting | null {
    return this.#lines.get(of)?.[0] ?? null;
  }

  has({ of, id }: Pick<Waiting, 'of' | 'id'>): boolean {
    return this.#lines.get(of)?.some((one) => one.id === id) ?? false;
  }

  all(): Waiting[] {
    return [...this.#lines.values()].flat();
  }

  wait(one: Waiting): Promise<void> {
    const line = this.#lines.get(one.of) ?? [];
    // Mostly it goes last.
    const at = line.findLastIndex((other) => goesBefore(other, one)) + 1;
    if (line[at]?.id !== one.id) line.splice(at, 0, one);
    this.#lines.set(one.of, line);
    return Promise.resolve();
  }

  first(of: string): Promise<string | null> {
    return Promise.resolve(this.head(of)?.id ?? null);
  }

  leave(of: string, id: string): Promise<void> {
    const line = this.#lines.get(of) ?? [];
    const at = line.findIndex((one) => one.id === id);
    if (at >= 0) line.splice(at, 1);
    if (line.length === 0) this.#lines.delete(of);
    return Promise.resolve();
  }
}

/** As Redis orders the members of a sorted set. */
export function goesBefore(one: Omit<Waiting, 'of'>, other: Omit<Waiting, 'of'>): boolean {
  return one.order < other.order || (one.order === other.order && one.id < other.id);
}
