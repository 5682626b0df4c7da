/**
 * The order of what waits in all processes. For each thing that is waited for, Redis holds a sorted set of ids and a hash that says which
 * process has each of them; and for each process that has anything, a sign of life that runs out. Whoever finds an id first whose process
 * gives no sign takes it out.
 */
import type { Redis } from 'ioredis';
import type { Order, Waiting } from '../contract.js';
import { goesBefore, OwnOrder } from '../own-order.js';
import type { Line } from './line.js';

/** Milliseconds without a sign after which a process holds up nobody: one that was killed is mostly back before. */
const LIVES = 20_000;
const SIGNS_EVERY = 3_000;
/** As long as the store knows a message by its id; only what everybody forgot stays so long. */
const KEPT = 8 * 24 * 3_600_000;
/** Ids that are told at once. */
const PAGE = 200;

/** Arguments: the id, its place in the order, the process that has it, and how long they are kept. */
const WAIT = `
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])`;

/**
 * Gives back the first id, its place in the order and the process that has it, or nothing. Arguments: what signs of life begin with, the
 * process that asks, and ids that wait no longer.
 */
const FIRST = `
local function leave(id)
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
end
for n = 3, #ARGV do leave(ARGV[n]) end
while true do
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  if #first == 0 then return {} end
  local by = redis.call('HGET', KEYS[2], first[1])
  if by and (by == ARGV[2] or redis.call('EXISTS', ARGV[1] .. by) == 1) then return { first[1], first[2], by } end
  leave(first[1])
end`;

export interface SharedOrderOptions {
  line: Line;
  prefix: string;
  /** This process. */
  self: string;
}

export class SharedOrder implements Order {
  readonly #given: SharedOrderOptions;
  readonly #own = new OwnOrder();
  /** What Redis has not heard yet; it is told with the next sign. */
  readonly #untold = new Map<string, Waiting>();
  readonly #unleft = new Map<string, string>();
  readonly #signs: NodeJS.Timeout;

  constructor(given: SharedOrderOptions) {
    this.#given = given;
    this.#signs = setInterval(() => {
      if (!this.#own.empty || this.#unleft.size > 0) void this.#ask((redis) => this.#giveSign(redis));
    }, SIGNS_EVERY).unref();
  }

  async wait(one: Waiting): Promise<void> {
    const begins = this.#own.empty;
    await this.#own.wait(one);
    this.#unleft.delete(one.id);
    this.#untold.set(one.id, one);
    await this.#ask((redis) => (begins ? this.#giveSign(redis) : this.#tell(redis, one)));
  }

  async first(of: string): Promise<string | null> {
    const shared = await this.#ask((redis) => this.#firstOf(redis, of, []));
    const own = this.#own.head(of);
    return shared && !(own && goesBefore(own, shared)) ? shared.id : (own?.id ?? null);
  }

  async leave(of: string, id: string): Promise<void> {
    await this.#own.leave(of, id);
    this.#untold.delete(id);
    this.#unleft.set(id, of);
    await this.#ask((redis) => this.#leaveNow(redis, of, id));
  }

  close(): void {
    clearInterval(this.#signs);
  }

  /** Undefined when Redis does not answer. */
  #ask<T>(question: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    return this.#given.line.ask(question).catch(() => undefined);
  }

  /** After a time without a sign, or when Redis was emptied, all is told anew. */
  async #giveSign(redis: Redis): Promise<void> {
    const stood = await redis.set(this.#signOf(this.#given.self), '1', 'PX', LIVES, 'GET');
    if (stood === null) for (const one of this.#own.all()) this.#untold.set(one.id, one);
    while (this.#untold.size > 0) {
      const page = [...this.#untold.values()].slice(0, PAGE);
      await Promise.all(page.map((one) => this.#tell(redis, one)));
    }
    for (const [id, of] of this.#unleft) await this.#leaveNow(redis, of, id);
  }

  async #tell(redis: Redis, { of, id, order }: Waiting): Promise<void> {
    await redis.eval(WAIT, 2, ...this.#keysOf(of), id, order, this.#given.self, KEPT);
    this.#untold.delete(id);
  }

  async #leaveNow(redis: Redis, of: string, id: string): Promise<void> {
    await this.#firstOf(redis, of, [id]);
    this.#unleft.delete(id);
  }

  /** What stands there as ours and does not wait here came through when it had been given up already. */
  async #firstOf(redis: Redis, of: string, left: readonly string[]): Promise<Omit<Waiting, 'of'> | null> {
    const { self } = this.#given;
    const answer = await redis.eval(FIRST, 2, ...this.#keysOf(of), this.#signOf(''), self, ...left);
    const [id, order, by] = answer as [string, string, string] | [];
    if (id === undefined) return null;
    return by === self && !this.#own.has({ of, id }) ? this.#firstOf(redis, of, [id]) : { id, order: Number(order) };
  }

  #keysOf(of: string): [string, string] {
    const key = `${this.#given.prefix}:order:${of}`;
    return [key, `${key}:by`];
  }

  #signOf(process: string): string {
    return `${this.#given.prefix}:lives:${process}`;
  }
}
