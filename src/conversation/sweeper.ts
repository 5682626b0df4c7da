// Rings every bell that should have rung, turns due timers into items, and tidies up.
import type { BellKind } from '../queue/contract.js';
import { ring, type House } from './house.js';
import { codeOf } from './log.js';
import { STALE_AFTER } from './sender.js';
import { timerItem } from './timers.js';

/** Most of each kind that one sweep takes up. */
const MOST = 500;
const TIDY_EVERY = 3_600_000;

type Parts = Readonly<Record<string, () => Promise<void>>>;

export interface Rounds {
  /** Whether this process takes its turn at what all processes share. */
  shared: boolean;
  /** Further parts of what they share, by name. */
  more: Parts;
  /** What each process does for itself. */
  own: Parts;
}

export class Sweeper {
  private tidied: number;
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly house: House,
    private readonly rounds: Rounds,
  ) {
    this.tidied = house.now();
  }

  /** What is shared is swept by one process at a time: the queue keeps the turns. */
  start(everyMs: number): void {
    let busy = false;
    this.timer = setInterval(() => {
      if (busy) return;
      busy = true;
      this.sweeping = this.all(this.rounds.own).finally(() => (busy = false));
    }, everyMs);
    this.timer.unref();
    if (this.rounds.shared) this.house.queue.schedule('sweep', everyMs, () => this.sweepShared());
  }

  /** A round of what is shared that is under way ends before the queue is closed. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** One round. A part that fails is logged and left to the next round; the others go on. */
  async sweepOnce(): Promise<void> {
    await this.all(this.rounds.own);
    if (this.rounds.shared) await this.sweepShared();
  }

  private sweepShared(): Promise<void> {
    return this.all({ ...this.parts(), ...this.rounds.more });
  }

  private parts(): Parts {
    const { store, now } = this.house;
    return {
      timers: async () =>
        this.ringAll('conversation', await store.turns.takeDue(now(), MOST, (row) => timerItem(row, now()))),
      mailbox: async () => this.ringAll('conversation', await store.turns.waiting(now(), MOST)),
      outbox: async () => this.ringAll('delivery', await store.messages.sendable(now(), now() - STALE_AFTER, MOST)),
      submissions: async () =>
        this.ringAll(
          'submission',
          (await store.cases.unhandled(MOST)).map(({ number }) => number),
        ),
      transfers: async () =>
        this.ringAll(
          'transfer',
          (await store.contacts.underWay(MOST)).map(({ id }) => id),
        ),
      statuses: () => this.house.statuses.tidy(),
      tidy: () => this.tidy(),
    };
  }

  private async all(parts: Parts): Promise<void> {
    for (const [part, work] of Object.entries(parts)) {
      await work().catch((error: unknown) => this.house.log('sweep.failed', { part, reason: codeOf(error) }));
    }
  }

  private async ringAll(kind: BellKind, ids: readonly string[]): Promise<void> {
    for (const id of ids) await ring(this.house, kind, id);
  }

  private async tidy(): Promise<void> {
    const now = this.house.now();
    if (now - this.tidied < TIDY_EVERY) return;
    this.tidied = now;
    await this.house.store.tidy(now);
    await this.house.files.sweepOrphans(now);
  }
}
