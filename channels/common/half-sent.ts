// Messages that go out in several requests: a try again goes on where the last one stopped.
import type { SendResult } from '../channel.js';
import { sendErrors } from './send-errors.js';

/** How many requests of a message have gone out. */
export interface Progress {
  sent: number;
}

/** Remembers, by message id, what of it is out; at most so many messages, the oldest are forgotten. */
export class HalfSent<P extends Progress> {
  private readonly begun = new Map<string, P>();

  constructor(
    private readonly most: number,
    private readonly fresh: () => P,
  ) {}

  async send(id: string, work: (progress: P) => Promise<SendResult>): Promise<SendResult> {
    const progress = this.begun.get(id) ?? this.fresh();
    const result = await work(progress);
    if (result.result === 'sent' || (result.result === 'error' && !result.error.retry)) this.begun.delete(id);
    else this.remember(id, progress);
    return result;
  }

  private remember(id: string, progress: P): void {
    this.begun.set(id, progress);
    const [oldest] = this.begun.keys();
    if (this.begun.size > this.most && oldest !== undefined) this.begun.delete(oldest);
  }
}

/** The requests that are left, one after the other, until one is not sent. */
export async function sendRest<Part>(
  progress: Progress,
  parts: readonly Part[],
  send: (part: Part) => Promise<SendResult>,
): Promise<SendResult> {
  let last: SendResult = { result: 'error', error: sendErrors.refused };
  for (const part of parts.slice(progress.sent)) {
    last = await send(part);
    if (last.result !== 'sent') return last;
    progress.sent += 1;
  }
  return last;
}
