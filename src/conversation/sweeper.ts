// Rings every bell that should have rung, turns due timers into items, and tidies up.
import type { BellKind } from '../queue/contract.js';
import { ring, type House } from './house.js';
import { codeOf } from './log.js';
import { STALE_AFTER } from './sender.js';
import { timerItem } from './timers.js';

/** Most of each kind that one sweep takes up. */
const MOST = 500;
const TIDY_EVERY = 3_600_000;

export class Sweeper {
  private tidied: number;
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  /** `more`: further parts of every round, by name. */
  constructor(
    private readonly house: House,
    private readonly more: Readonly<Record<string, () => Promise<void>>> = {},
  ) {
    this.tidied = house.now();
  }

  start(everyMs: number): void {
    this.timer = setInterval(() => {
      this.sweeping = this.sweeping.then(() => this.sweepOnce());
    }, everyMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** One round. A part that fails is logged and left to the next round; the others go on. */
  async sweepOnce(): Promise<void> {
    const { store, now, log } = this.house;
    const parts: Record<string, () => Promise<void>> = {
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
      ...this.more,
    };
    for (const [part, work] of Object.entries(parts)) {
      await work().catch((error: unknown) => log('sweep.failed', { part, reason: codeOf(error) }));
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
