/** Hints for every process: this one's listeners at once, the others' over Redis. What is lost is lost; who reads looks in the store. */
import type { Line } from './line.js';

export class SharedHints {
  readonly #line: Line;
  readonly #channel: string;
  readonly #self: string;
  readonly #onLost: (error: unknown) => void;
  readonly #listeners = new Set<(hint: string) => void>();
  readonly #states = new Set<(hears: boolean) => void>();
  #hears = true;
  readonly #ear;

  constructor(given: { line: Line; prefix: string; self: string; onLost: (error: unknown) => void }) {
    this.#line = given.line;
    this.#channel = `${given.prefix}:hints`;
    this.#self = given.self;
    this.#onLost = given.onLost;
    this.#ear = given.line.waiting.duplicate();
    // The line tells when Redis is away; this connection comes back by itself and listens again.
    this.#ear.on('error', () => undefined);
    this.#ear.on('close', () => this.#turn(false));
    this.#ear.on('ready', () => void this.#listenAgain());
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
    this.#line
      .ask((redis) => redis.publish(this.#channel, `${this.#self} ${hint}`))
      .then(
        () => this.#turn(this.#ear.status === 'ready'),
        (error: unknown) => {
          // A server that hangs closes no connection: what cannot be told is not heard either.
          this.#turn(false);
          this.#onLost(error);
        },
      );
  }

  hear(listener: (hint: string) => void, hearing: (hears: boolean) => void = () => undefined): () => void {
    this.#listeners.add(listener);
    this.#states.add(hearing);
    return () => {
      this.#listeners.delete(listener);
      this.#states.delete(hearing);
    };
  }

  close(): void {
    this.#listeners.clear();
    this.#states.clear();
    this.#ear.disconnect();
  }

  async #listenAgain(): Promise<void> {
    // Once more, whatever the client does by itself: what comes after the answer is heard.
    await this.#ear.subscribe(this.#channel).then(
      () => this.#turn(true),
      () => undefined,
    );
  }

  #turn(hears: boolean): void {
    if (this.#hears === hears) return;
    this.#hears = hears;
    for (const hearing of [...this.#states]) hearing(hears);
  }

  #give(hint: string): void {
    for (const listener of [...this.#listeners]) listener(hint);
  }
}
