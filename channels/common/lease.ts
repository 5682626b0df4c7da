// The right to receive, which one process alone has: held again in time, and lost when another one has it.
import type { ChannelHost } from '../channel.js';

export class Lease {
  private until = 0;

  constructor(
    private readonly host: Pick<ChannelHost, 'holdReceiver' | 'releaseReceiver' | 'now'>,
    private readonly name: string,
    /** Milliseconds for which it is held; renewed in the second half of them. */
    private readonly forMs: number,
  ) {}

  /** False, too, when the store cannot be asked. */
  async holds(): Promise<boolean> {
    const now = this.host.now();
    if (now < this.until - this.forMs / 2) return true;
    const held = await this.host.holdReceiver(this.name, this.forMs).catch(() => false);
    this.until = held ? now + this.forMs : 0;
    return held;
  }

  /** Another process may begin at once. False when it could not be given back; it then ends by itself. */
  release(): Promise<boolean> {
    return this.host.releaseReceiver(this.name).then(
      () => true,
      () => false,
    );
  }
}
