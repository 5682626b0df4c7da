// Watches the mailbox, under a lease so that one process alone does; a letter is marked only when it is kept.
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelHost } from '../channel.js';
import { Lease } from '../common/lease.js';
import { codeOf } from './errors.js';
import { caps } from './limits.js';
import type { Mailbox } from './mailbox.js';
import type { Receive } from './receive.js';

export interface Watch {
  host: ChannelHost;
  account: string;
  open: () => Promise<Mailbox>;
  receive: Receive;
  /** Whether letters reach us, whenever that may have changed. */
  hears: (does: boolean) => void;
  /** Milliseconds between tries: at first, and at most. */
  waits?: { first: number; longest: number };
}

/** Watches until the signal; resolves when the letter at hand is done with and the lease is given back. */
export async function watch(needs: Watch, signal: AbortSignal): Promise<void> {
  const lease = new Lease(needs.host, needs.account, caps.lease);
  const receiver = new Receiver(needs, lease, signal);
  try {
    while (!signal.aborted) await receiver.round();
  } finally {
    if (!(await lease.release())) needs.host.log('email.lease_kept');
  }
}

class Receiver {
  private failures = 0;
  private told = false;

  constructor(
    private readonly needs: Watch,
    private readonly lease: Lease,
    private readonly signal: AbortSignal,
  ) {}

  /** One line to the mailbox, for as long as it lasts. */
  async round(): Promise<void> {
    const { open } = this.needs;
    if (!(await this.lease.holds())) {
      // Another process has the mailbox, and says how it stands.
      this.goesOn();
      return this.wait(caps.lease / 4);
    }
    let mailbox: Mailbox | undefined;
    try {
      mailbox = await open();
      await this.tellOfOld(mailbox);
      while (!this.signal.aborted && (await this.lease.holds())) {
        await this.takeAll(mailbox);
        this.goesOn();
        await mailbox.changed(caps.lease / 3, this.signal);
      }
    } catch (error) {
      if (this.signal.aborted) return;
      await this.fails(codeOf(error));
      const { first, longest } = this.needs.waits ?? { first: caps.firstWait, longest: caps.longestWait };
      await this.wait(Math.min(longest, first * 2 ** (this.failures - 1)));
    } finally {
      await mailbox?.close();
    }
  }

  private goesOn(): void {
    this.failures = 0;
    this.needs.hears(true);
  }

  /** What does not pass by itself is told to staff. */
  private async fails(code: string): Promise<void> {
    const { host, hears } = this.needs;
    this.failures += 1;
    host.log('email.line_broken', { code, failures: this.failures });
    if (code !== 'auth' && this.failures < caps.failures) return;
    hears(false);
    await host.trouble().catch(() => host.log('notice.lost'));
  }

  private async takeAll(mailbox: Mailbox): Promise<void> {
    const { host, receive } = this.needs;
    for (const uid of await mailbox.waiting(host.now())) {
      // Many letters may outlast the lease; what is left is then for another.
      if (this.signal.aborted || !(await this.lease.holds())) return;
      const stored = await mailbox.fetch(uid);
      if (stored) await receive(stored);
      await mailbox.mark(uid);
    }
  }

  /** What is too old to be answered by a program is left to people, who hear of it once. */
  private async tellOfOld(mailbox: Mailbox): Promise<void> {
    if (this.told) return;
    const { host, account } = this.needs;
    const letters = await mailbox.old(host.now());
    if (letters > 0) {
      host.log('email.old_letters', { letters });
      await host.unreadable({ account, bytes: Buffer.from(`${letters} old letters`), why: 'old' });
    }
    this.told = true;
  }

  private async wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.signal }).catch(() => undefined);
  }
}
