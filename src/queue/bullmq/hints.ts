/** Hints for every process: this one's listeners at once, the others' over Redis. What is lost is lost; who reads looks in the store. */
import type { Line } from './line.js';

export class SharedHints {
  readonly #line: Line;
  readonly #channel: string;
  readonly #self: string;
  readonly #onLost: (error: unknown) => void;
  readonly #listeners = new Set<(hint: string) => void>();
  readonly #ear;

  constructor(given: { line: Line; prefix: string; self: string; onLost: (error: unknown) => void }) {
    this.#line = given.line;
    this.#channel = `${given.prefix}:hints`;
    this.#self = given.self;
    this.#onLost = given.onLost;
    this.#ear = given.line.waiting.duplicate();
    // The line tells when Redis is away; this connection comes back by itself and listens again.
    this.#ear.on('error', () => undefined);
    this.#ear.on('message', (_channel, message) => {
      const [from, ...hint] = message.split(' ');
      if (from !== this.#self) this.#give(hint.join(' '));
    });
  }

  /** Resolves when the others are heard. */
  async listen(): Promise<void> {
    await this.#ear.subscribe(this.#channel);
  }

  tell(hint: string): void {
    this.#give(hint);
    this.#line.ask((redis) => redis.publish(this.#channel, `${this.#self} ${hint}`)).catch(this.#onLost);
  }

  hear(listener: (hint: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#ear.disconnect();
  }

  #give(hint: string): void {
    for (const listener of [...this.#listeners]) listener(hint);
  }
}
