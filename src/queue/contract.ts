/**
 * The doorbell. It holds nothing durable: a bell says "look in the store". Losing one is harmless, because the sweeper rings
 * whatever should have rung. Two implementations: embedded (in process) and bullmq (any number of processes over one Redis).
 */

export type BellKind = 'conversation' | 'delivery' | 'submission' | 'notice' | 'transfer';

export interface Bell {
  kind: BellKind;
  /** An id of ours; nothing personal. */
  id: string;
  /** The way out that it waits for, e.g. a channel's name: only the handler of that lane hears it. */
  lane?: string;
}

/** Bells of a kind that keep to themselves: slow ones hold up nobody in another lane. */
export interface Lane {
  name: string;
  /** At most so many begin within so many milliseconds, over all processes. */
  rate?: { most: number; per: number };
}

export interface Queue {
  /**
   * Rings now, or after `delay` milliseconds. Bells with the same kind and id that still wait are one; the earliest time wins.
   * Resolves too when the bell is lost, which is told to the queue's owner.
   */
  ring(bell: Bell, delay?: number): Promise<void>;
  /**
   * Handles bells of a kind (of one lane of it), at most `concurrency` at once in this process, never two of the same id at once in any.
   * A bell rung while its id is being handled is handled again afterwards. A handler that throws is tried again with growing delays.
   */
  work(kind: BellKind, concurrency: number, handler: (id: string) => Promise<void>, lane?: Lane): void;
  /**
   * Calls the handler again and again, `every` milliseconds after it ended, in one process at a time. A round that throws is told to the
   * queue's owner; the next one comes in its time.
   */
  schedule(name: string, every: number, handler: () => Promise<void>): void;
  /** Tells every process, this one included, what may be lost: ids of ours only. */
  tell(hint: string): void;
  /**
   * Hears what is told from now on; returns the unsubscribe function. `hearing` is called with false when hints of other processes may
   * be lost from now on, and with true when they come again.
   */
  hear(listener: (hint: string) => void, hearing?: (hears: boolean) => void): () => void;
  /** Bells waiting or being handled: of one kind, or of all. */
  pending(kind?: BellKind): Promise<number>;
  readonly order: Order;
  /** Takes no new bells, waits for handlers that run in this process, then lets go of the rest. */
  close(): Promise<void>;
}

/** Something that waits in one process. */
export interface Waiting {
  /** Whom it concerns: opaque, nothing personal. What concerns the same is taken up in order, the rest side by side. */
  of: string;
  /** An id of ours that sorts by the time at which it came. */
  id: string;
  /** The lowest goes first; of equal ones the one that came first. */
  order: number;
}

/**
 * One order, over all processes, of what waits in each of them for the same thing to come. It holds nothing but ids, never rejects, and
 * answers within a second: while no server answers, a process knows its own order only. What a process has waiting that gave no sign of
 * life for twenty seconds holds up nobody; once it lives again it is told anew.
 */
export interface Order {
  /** It waits, here, until it leaves. */
  wait(one: Waiting): Promise<void>;
  /** The id of what goes first, wherever that waits; null: nothing waits. */
  first(of: string): Promise<string | null>;
  /** It waits no longer, wherever it did. */
  leave(of: string, id: string): Promise<void>;
}

/** What the owner of a queue hears of. */
export interface Trouble {
  of: BellKind | 'schedule' | 'hint' | 'server';
  /**
   * `handler`: it threw, and the bell rings again; `lost`: a bell or hint did not get through; `away`: the server went away, told once
   * until it is back; `refused`: it answered with an error.
   */
  what: 'handler' | 'lost' | 'away' | 'refused';
  error: unknown;
}

/** A page on which an operator looks at the bells of all processes. It changes nothing. */
export interface Board {
  /** HTML that takes its files and asks its questions below the path that it was made for. */
  page: string;
  /** By their path below it, e.g. `static/js/main.js`. */
  files: ReadonlyMap<string, Buffer>;
  questions: readonly BoardQuestion[];
  /** The same in few numbers. Rejects when the queues cannot be asked. */
  lanes: () => Promise<LaneState[]>;
}

/** How the bells of one kind and lane stand, over all processes. */
export interface LaneState {
  /** `conversation`, `delivery-telegram`… */
  name: string;
  /** Bells that should be handled now. */
  waiting: number;
  /** That are being handled. */
  active: number;
  /** Whose time is yet to come. */
  later: number;
  /** Of these, those whose handler failed and that are tried again; counted among the next thousand. */
  again: number;
  /** UTC milliseconds since when the first in line waits; null: none does. */
  since: number | null;
  /** Processes that handle them. */
  handlers: number;
}

export interface BoardQuestion {
  /** Below the page's path, with named parts: `/api/queues/:queueName`. */
  path: string;
  /** Rejects when the queues cannot be asked. */
  answer: (
    params: Record<string, string>,
    query: Record<string, string>,
  ) => Promise<{ status: number; body: string | object }>;
}
