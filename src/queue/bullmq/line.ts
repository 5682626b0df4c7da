/** The lines to Redis: one that gives up at once when Redis is away, one that waits for it, and copies of it that listen. */
import { Redis } from 'ioredis';

/** Milliseconds. Who rings does not wait longer than this: the sweeper rings what was lost. */
const ANSWERS_WITHIN = 700;
/** After a failure nobody asks again for so long. */
const REST = 500;
const LONGEST_RECONNECT = 1_000;

export class RedisAway extends Error {
  readonly code = 'redis_away';
}

export class Line {
  /** For short questions: fails fast. */
  readonly asking: Redis;
  /** For handlers and listeners: waits as long as it takes. */
  readonly waiting: Redis;
  readonly #onTrouble: (error: unknown) => void;
  #away = false;
  #restsUntil = 0;

  /** `onTrouble` hears once of every time that Redis goes away. */
  constructor(url: string, onTrouble: (error: unknown) => void) {
    const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 10), LONGEST_RECONNECT);
    this.#onTrouble = onTrouble;
    this.asking = new Redis(url, {
      retryStrategy,
      enableOfflineQueue: false,
      commandTimeout: ANSWERS_WITHIN,
      connectTimeout: 5_000,
      maxRetriesPerRequest: null,
    });
    this.waiting = new Redis(url, { retryStrategy, maxRetriesPerRequest: null });
    this.asking.on('error', (error) => this.#failed(error));
    this.asking.on('ready', () => this.#answered());
    // Both lead to the same server: one of them tells.
    this.waiting.on('error', () => undefined);
  }

  /** False from the first failure until Redis answers again. */
  get up(): boolean {
    return !this.#away;
  }

  /** Rejects with what `asking` says, or at once with a RedisAway while it rests after a failure. */
  async ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    if (this.#restsUntil > performance.now() || this.asking.status !== 'ready')
      throw new RedisAway('Redis does not answer.');
    try {
      const answer = await question(this.asking);
      this.#answered();
      return answer;
    } catch (error) {
      this.#failed(error);
      throw error;
    }
  }

  /** Resolves when Redis answers; rejects when it has not within so many milliseconds. */
  async ready(within: number): Promise<void> {
    const answers = Promise.all([this.asking, this.waiting].map(whenReady));
    let late: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_resolve, reject) => {
      late = setTimeout(() => reject(new RedisAway('Redis cannot be reached.')), within);
    });
    await Promise.race([answers, tooLate]).finally(() => clearTimeout(late));
  }

  close(): void {
    this.asking.disconnect();
    this.waiting.disconnect();
  }

  #failed(error: unknown): void {
    this.#restsUntil = performance.now() + REST;
    if (this.#away) return;
    this.#away = true;
    this.#onTrouble(error);
  }

  #answered(): void {
    this.#away = false;
    this.#restsUntil = 0;
  }
}

function whenReady(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    if (redis.status === 'ready') resolve();
    else redis.once('ready', () => resolve());
  });
}
