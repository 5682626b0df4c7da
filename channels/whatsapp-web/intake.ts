// What comes in over one opened line: what was written while nobody listened first, then what is written now, in that order.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { ChannelHost } from '../channel.js';
import { caps } from './limits.js';
import type { Line } from './line.js';
import type { Ours, Receiving } from './receiving.js';
import type { MessageEvent } from './translate-in.js';

export interface IntakeNeeds {
  host: Pick<ChannelHost, 'now' | 'log' | 'unreadable'>;
  receiving: Receiving;
  pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}

interface Written {
  event: MessageEvent;
  message: Json;
}

export class Intake {
  /** Written now, while older messages are still being looked for. */
  private waiting: Written[] = [];
  private looking: Promise<void> | null = null;
  /** The one that could not be kept last, and how often. */
  private failing = { message: '', times: 0 };

  /** `ours`: what of recent chats is ours to answer, as the memory tells. */
  constructor(
    private readonly needs: IntakeNeeds,
    private readonly line: Line,
    private readonly account: string,
    private readonly ours: Ours,
    private readonly signal: AbortSignal,
  ) {}

  /** Looks through recent chats until all that is found there is kept. */
  look(): Promise<void> {
    return (this.looking ??= this.lookAgain().finally(() => {
      this.looking = null;
      // Written just as the looking ended.
      if (this.waiting.length > 0 && !this.signal.aborted) void this.look();
    }));
  }

  /** Resolves when it is kept. */
  async hear(written: Written): Promise<void> {
    if (!this.looking && (await this.take(written, null))) return;
    this.waiting.push(written);
    await this.look();
  }

  private async lookAgain(): Promise<void> {
    for (let tries = 0; !this.signal.aborted; tries++) {
      if (await this.lookOnce()) return;
      this.needs.host.log('whatsapp_web.looks_again');
      await this.needs.pause(Math.min(caps.longestWait, caps.firstWait * 2 ** tries), this.signal);
    }
  }

  /** True when nothing is left. */
  private async lookOnce(): Promise<boolean> {
    const since = this.needs.host.now() - caps.lookBack;
    const asked = await this.line.ask({
      do: 'recent',
      since: Math.floor(since / 1_000),
      chats: caps.recentChats,
      messages: caps.recentMessages,
    });
    const found = z.array(z.json()).safeParse(asked.ok ? asked.value : null);
    if (!found.success) return false;
    // One that fails keeps its place before those that follow.
    for (const message of found.data) if (!(await this.take({ event: 'message', message }, this.ours))) return false;
    for (let [next] = this.waiting; next; [next] = this.waiting) {
      if (!(await this.take(next, null))) return false;
      this.waiting.shift();
    }
    return true;
  }

  /** `ours`: null for what is written now. */
  private async take({ event, message }: Written, ours: Ours | null): Promise<boolean> {
    try {
      await this.needs.receiving.take(this.line, this.account, event, message, ours);
      return true;
    } catch {
      this.needs.host.log('whatsapp_web.not_accepted');
      return this.failedOften(message) && this.putAside(message);
    }
  }

  private failedOften(given: Json): boolean {
    const message = JSON.stringify(given);
    this.failing = { message, times: message === this.failing.message ? this.failing.times + 1 : 1 };
    return this.failing.times >= caps.acceptTries;
  }

  /** While the store is away this fails too, and all is tried again; what the house refuses for good holds up nobody. */
  private async putAside(message: Json): Promise<boolean> {
    const bytes = Buffer.from(JSON.stringify(message));
    const aside = this.needs.host.unreadable({ account: this.account, bytes, why: 'not_accepted' });
    return aside.then(
      () => true,
      () => false,
    );
  }
}
