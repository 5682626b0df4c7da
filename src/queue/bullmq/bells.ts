/**
 * The bells of one kind and lane: jobs of one BullMQ queue, at most one for each id, shared by all processes.
 *
 * Beside it stands a sorted set, id → when the earliest bell rings that nobody has taken up yet. BullMQ adds no second job for an id
 * whose job is there (its de-duplication), so a bell that rings while its id is being handled stands in that set alone, and whoever
 * ends the job rings it again. A process that dies in between loses it, and the sweeper rings.
 */
import { setTimeout } from 'node:timers/promises';
import { Queue, Worker, type Job } from 'bullmq';
import type { Lane, Trouble } from '../contract.js';
import { retryAfter } from '../retry.js';
import type { Line } from './line.js';

/** What BullMQ keeps of its own events; nothing of ours reads them. */
const EVENTS_KEPT = 100;
/** Tries without an end: what cannot be handled is put aside by its handler, not forgotten by the queue. */
const TRIES = 1_000_000_000;
/** BullMQ's own number, 1, loses bells of processes that are killed again and again. */
const STALLED_OFTEN = 1_000;
/** Milliseconds: a process that died holds its bells no longer than the lock and two looks. */
const LOCKED = 6_000;
const RENEWED = 2_000;
const LOOKED_FOR = 2_000;
const RECONNECTS = 1_000;
/** Milliseconds that Redis has to take back what is not handled any more when the process ends. */
const CLOSES_WITHIN = 2_000;
/** An entry of the set that is older was left behind by a process that died. */
const FORGOTTEN = 24 * 3_600_000;

export interface BellsOptions {
  /** The queue's name; no colon. */
  name: string;
  prefix: string;
  line: Line;
  newId: () => string;
  /** UTC milliseconds: the clock that all processes share. */
  now: () => number;
  onError: (what: Trouble['what'], error: unknown) => void;
}

type Ringing = Queue<{ id: string }, void>;
type Handler = (id: string) => Promise<void>;

export class Bells {
  readonly #given: BellsOptions;
  /** The sorted set. */
  readonly #dues: string;
  readonly #running = new Set<Promise<unknown>>();
  #queue: Ringing | null = null;
  #worker: Worker<{ id: string }, void> | null = null;
  #closed = false;

  constructor(options: BellsOptions) {
    this.#given = options;
    this.#dues = `${options.prefix}:${options.name}:dues`;
  }

  /** Rejects when the bell is lost. */
  async ring(id: string, delay: number): Promise<void> {
    if (this.#closed) return;
    await this.#given.line.ask(async (redis) => {
      const queue = await this.opened();
      const noted = redis.zadd(this.#dues, 'LT', 'CH', this.#given.now() + delay, id);
      // Now is the earliest in any case: its answer is not waited for.
      if (delay <= 0) await Promise.all([noted, this.#add(queue, id, 0, true)]);
      else await this.#add(queue, id, delay, (await noted) > 0);
    });
  }

  work(concurrency: number, handler: Handler, rate?: Lane['rate']): void {
    if (this.#worker) throw new TypeError('These bells have a handler already.');
    const { name, prefix, line, now, onError } = this.#given;
    const worker = new Worker<{ id: string }, void>(name, (job) => this.#handle(job, handler), {
      prefix,
      connection: line.waiting,
      concurrency,
      // Redis counts whole milliseconds.
      ...(rate && { limiter: { max: rate.most, duration: Math.ceil(rate.per) } }),
      maxStalledCount: STALLED_OFTEN,
      lockDuration: LOCKED,
      lockRenewTime: RENEWED,
      stalledInterval: LOOKED_FOR,
      runRetryDelay: RECONNECTS,
      settings: { backoffStrategy: (_made, _type, error) => (error instanceof Again ? error.after : RECONNECTS) },
    });
    worker.on('completed', ({ data }) => this.#track(this.#settle(data.id, Infinity)));
    worker.on('failed', (job, error) => {
      if (job && error instanceof Again) this.#track(this.#settle(job.data.id, error.due));
    });
    // While Redis is away, the line tells so, once.
    worker.on('error', (error) => {
      if (line.up) onError('refused', error);
    });
    this.#worker = worker;
    line.ask((redis) => redis.zremrangebyscore(this.#dues, 0, now() - FORGOTTEN)).catch(() => undefined);
  }

  /** Waiting or being handled, in all processes. Rejects when Redis does not say. */
  pending(): Promise<number> {
    return this.#given.line.ask(async () => {
      const counts = await (await this.opened()).getJobCounts('waiting', 'active', 'delayed', 'prioritized');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    });
  }

  /** BullMQ's own view of it. One that failed to open, because Redis went away just then, is opened anew. */
  async opened(): Promise<Ringing> {
    const queue = (this.#queue ??= this.#open());
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      if (this.#queue === queue) this.#queue = null;
      queue.close().catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const closed = this.#worker?.close();
    const late = () => setTimeout(CLOSES_WITHIN, undefined, { ref: false });
    if (closed) await Promise.race([closed, this.#quiet().then(late)]);
    await this.#quiet();
    await this.#queue?.close().catch(() => undefined);
  }

  #open(): Ringing {
    const { name, prefix, line } = this.#given;
    line.asking.sadd(queuesKey(prefix), name).catch(() => undefined);
    const queue: Ringing = new Queue(name, {
      prefix,
      connection: line.asking,
      skipWaitingForReady: true,
      streams: { events: { maxLen: EVENTS_KEPT } },
    });
    // Who asked is told.
    queue.on('error', () => undefined);
    return queue;
  }

  /** `earliest`: a job that waits for its time is brought forward to this one. */
  #add(queue: Ringing, id: string, delay: number, earliest: boolean): Promise<unknown> {
    return queue.add(
      this.#given.name,
      { id },
      {
        jobId: this.#given.newId(),
        delay,
        deduplication: { id, reschedule: earliest },
        attempts: TRIES,
        backoff: { type: 'custom' },
        stackTraceLimit: 0,
        removeOnComplete: true,
        removeOnFail: true,
      },
    );
  }

  async #handle({ data: { id }, attemptsMade }: Job<{ id: string }, void>, handler: Handler): Promise<void> {
    // Whatever rang until now is answered by this call. If it cannot be crossed out, the id is handled once more.
    await this.#given.line.ask((redis) => redis.zrem(this.#dues, id)).catch(() => undefined);
    const run = handler(id);
    this.#track(run);
    try {
      await run;
    } catch (error) {
      this.#given.onError('handler', error);
      throw await this.#again(id, retryAfter(attemptsMade + 1), error);
    }
  }

  /** The earlier of the retry and what rang meanwhile. */
  async #again(id: string, retry: number, error: unknown): Promise<Again> {
    const { line, now } = this.#given;
    const due = now() + retry;
    const earliest = await line
      .ask(async (redis) => {
        const [, score] = await Promise.all([redis.zadd(this.#dues, 'LT', due, id), redis.zscore(this.#dues, id)]);
        return score === null ? due : Number(score);
      })
      .catch(() => due);
    return new Again(error, earliest, now());
  }

  /** Rings what rang while the id was being handled; `placed`: when its job comes anyway. */
  async #settle(id: string, placed: number): Promise<void> {
    const { line, now, onError } = this.#given;
    try {
      await line.ask(async (redis) => {
        for (let earliest = placed; ;) {
          const due = Number((await redis.zscore(this.#dues, id)) ?? Infinity);
          if (due >= earliest) return;
          await this.#add(await this.opened(), id, Math.max(0, due - now()), true);
          earliest = due;
        }
      });
    } catch (error) {
      onError('lost', error);
    }
  }

  #track(run: Promise<unknown>): void {
    const tracked: Promise<unknown> = run.then(
      () => this.#running.delete(tracked),
      () => this.#running.delete(tracked),
    );
    this.#running.add(tracked);
  }

  async #quiet(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}

/** What BullMQ stores of a failure: a code at most, for the words of an error may quote data. */
class Again extends Error {
  readonly after: number;

  constructor(
    error: unknown,
    readonly due: number,
    now: number,
  ) {
    super(codeOf(error));
    this.after = Math.max(0, due - now);
  }
}

/** The set of the names of all queues that any process opened. */
export function queuesKey(prefix: string): string {
  return `${prefix}:queues`;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
