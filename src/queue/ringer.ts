/** The bells of one kind and lane: waiting for their time, ready, or being handled. */
import type { Lane } from './contract.js';
import { Rate } from './rate.js';
import { retryAfter } from './retry.js';

/** What a timer can hold. A bell that rings early does no harm: its handler looks in the store and finds nothing to do. */
const LONGEST_TIMER = 2 ** 31 - 1;

interface Entry {
  readonly id: string;
  /** On the process's own clock, which no correction of the time moves; infinite when it need not ring. */
  due: number;
  running: boolean;
  failures: number;
  timer?: NodeJS.Timeout;
}

export class Ringer {
  readonly #entries = new Map<string, Entry>();
  readonly #ready = new Set<Entry>();
  readonly #running = new Set<Promise<void>>();
  readonly #onError: (error: unknown) => void;
  #handler: ((id: string) => Promise<void>) | null = null;
  #concurrency = 0;
  #rate: Rate | null = null;
  #closed = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  get pending(): number {
    return this.#entries.size;
  }

  work(concurrency: number, handler: (id: string) => Promise<void>, rate?: Lane['rate']): void {
    if (this.#handler) throw new TypeError('These bells have a handler already.');
    this.#handler = handler;
    this.#concurrency = concurrency;
    this.#rate = rate ? new Rate(rate, () => this.#start()) : null;
    this.#start();
  }

  ring(id: string, delay: number): void {
    if (this.#closed) return;
    const entry = this.#entries.get(id) ?? { id, due: Infinity, running: false, failures: 0 };
    this.#entries.set(id, entry);
    this.#dueAt(entry, performance.now() + delay);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const entry of this.#entries.values()) clearTimeout(entry.timer);
    this.#rate?.close();
    this.#ready.clear();
    await Promise.all(this.#running);
    this.#entries.clear();
  }

  /** The earliest time wins. While the id is being handled the time is only kept. */
  #dueAt(entry: Entry, due: number): void {
    if (entry.due <= due) return;
    entry.due = due;
    if (!entry.running) this.#schedule(entry);
  }

  #schedule(entry: Entry): void {
    clearTimeout(entry.timer);
    const wait = entry.due - performance.now();
    if (wait > 0) {
      entry.timer = setTimeout(() => this.#makeReady(entry), Math.min(wait, LONGEST_TIMER));
      entry.timer.unref();
    } else this.#makeReady(entry);
  }

  #makeReady(entry: Entry): void {
    this.#ready.add(entry);
    this.#start();
  }

  #start(): void {
    if (!this.#handler) return;
    for (const entry of this.#ready) {
      if (this.#running.size >= this.#concurrency || this.#rate?.take() === false) return;
      this.#ready.delete(entry);
      const running = this.#handle(entry, this.#handler).finally(() => {
        this.#running.delete(running);
        this.#start();
      });
      this.#running.add(running);
    }
  }

  async #handle(entry: Entry, handler: (id: string) => Promise<void>): Promise<void> {
    entry.due = Infinity;
    entry.running = true;
    try {
      await handler(entry.id);
      entry.failures = 0;
    } catch (error) {
      entry.failures += 1;
      this.#dueAt(entry, performance.now() + retryAfter(entry.failures));
      this.#onError(error);
    }
    entry.running = false;
    if (this.#closed) return;
    if (entry.due < Infinity) this.#schedule(entry);
    else this.#entries.delete(entry.id);
  }
}
