/**
 * The doorbell. It holds nothing durable: a bell says "look in the store". Losing one is harmless, because the sweeper rings
 * whatever should have rung. Two implementations: embedded (in process) and bullmq.
 */

export type BellKind = 'conversation' | 'delivery' | 'submission' | 'notice' | 'transfer';

export interface Bell {
  kind: BellKind;
  /** An id of ours; nothing personal. */
  id: string;
}

export interface Queue {
  /** Rings now, or after `delay` milliseconds. Bells with the same kind and id that still wait are one; the earliest time wins. */
  ring(bell: Bell, delay?: number): Promise<void>;
  /**
   * Handles bells of a kind, at most `concurrency` at once, never two of the same id at once. A bell rung while its id is being handled
   * is handled again afterwards. A handler that throws is tried again with growing delays.
   */
  work(kind: BellKind, concurrency: number, handler: (id: string) => Promise<void>): void;
  /** Bells waiting or being handled: of one kind, or of all. */
  pending(kind?: BellKind): Promise<number>;
  /** Takes no new bells, waits for handlers that run, then forgets the rest. */
  close(): Promise<void>;
}
