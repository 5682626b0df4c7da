// Asks Telegram for updates, under a lease so that one process alone does; the offset moves only past what is kept.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import { Lease } from '../common/lease.js';
import type { Bot } from './bot.js';
import { caps } from './limits.js';
import type { Receive } from './receive.js';
import { allowedUpdates } from './webhook.js';

const updates = z.array(z.json());
const withId = z.object({ update_id: z.number().int() });

/** Polls until the signal; resolves when the last batch is done with and the lease is given back. */
export async function poll(bot: Bot, receive: Receive, signal: AbortSignal): Promise<void> {
  const lease = new Lease(bot.host, bot.account, caps.lease);
  const poller = new Poller(bot, receive, lease, signal);
  try {
    while (!signal.aborted) await poller.round();
  } finally {
    if (!(await lease.release())) bot.host.log('telegram.lease_kept');
  }
}

class Poller {
  /** Not known at the start: Telegram then gives all that nobody confirmed, and what was kept before is known by its id. */
  private offset: number | undefined;
  private failures = 0;

  constructor(
    private readonly bot: Bot,
    private readonly receive: Receive,
    private readonly lease: Lease,
    private readonly signal: AbortSignal,
  ) {}

  async round(): Promise<void> {
    if (!(await this.lease.holds())) return this.wait(caps.lease / 4);
    const batch = await this.ask();
    if (!batch) return this.rest();
    for (const update of batch) {
      // A long batch may outlast the lease; what is left is then for another.
      if (this.signal.aborted || !(await this.lease.holds())) return;
      if (!(await this.keep(update))) return this.rest();
    }
    this.failures = 0;
  }

  /** Null when no answer came that can be used. */
  private async ask(): Promise<Json[] | null> {
    const payload = {
      ...(this.offset !== undefined && { offset: this.offset }),
      timeout: caps.pollSeconds,
      limit: caps.updates,
      allowed_updates: allowedUpdates,
    };
    const patience = caps.pollSeconds * 1_000 + caps.pollSlack;
    const asked = await this.bot.client.call('getUpdates', payload, patience, this.signal);
    if (this.signal.aborted) return [];
    if (!asked.ok) {
      this.bot.host.log(
        'telegram.poll_failed',
        asked.why === 'refused' ? { status: asked.status } : { sent: asked.sent },
      );
      if (asked.why === 'refused' && asked.retryAfter !== undefined) await this.wait(asked.retryAfter);
      return null;
    }
    const read = updates.safeParse(asked.result);
    return read.success ? read.data : null;
  }

  /** False when it could not be kept: it and all after it are asked for again. */
  private async keep(update: Json): Promise<boolean> {
    const id = withId.safeParse(update);
    try {
      await this.receive(update);
    } catch {
      this.bot.host.log('telegram.not_accepted');
      return false;
    }
    if (id.success) this.offset = id.data.update_id + 1;
    return true;
  }

  private rest(): Promise<void> {
    this.failures += 1;
    return this.wait(Math.min(caps.longestWait, caps.firstWait * 2 ** (this.failures - 1)));
  }

  private async wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.signal }).catch(() => undefined);
  }
}
