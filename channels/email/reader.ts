// Reads letters in a thread of its own. Whatever a letter is made of, it ends that thread at most: the next letters go on, and so does all else.
import { setImmediate as breath } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { caps } from './limits.js';
import { unpacked, type Pack } from './pack.js';
import type { Read, Reading } from './reading.js';

/** The thread begins with the first letter and is kept for the next; it does not keep the process alive. */
export class Reader {
  private thread: Worker | undefined;
  private settle: ((outcome: Reading | Error) => void) | undefined;
  /** One letter at a time: the next ones wait. */
  private last: Promise<unknown> = Promise.resolve();

  /** `patience`: milliseconds that one letter may take. */
  constructor(private readonly patience: number = caps.readTime) {}

  readonly read: Read = (bytes) => {
    const reading = this.last.then(() => this.readNow(bytes));
    this.last = reading.catch(() => undefined);
    return reading;
  };

  private readNow(bytes: Buffer): Promise<Reading> {
    const thread = (this.thread ??= this.begin());
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => void this.giveUp(thread), this.patience);
      this.settle = (outcome) => {
        clearTimeout(late);
        this.settle = undefined;
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      const own = new Uint8Array(bytes);
      thread.postMessage(own, [own.buffer]);
    });
  }

  private begin(): Worker {
    const thread = new Worker(new URL('./read-thread.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: caps.readMegabytes },
    });
    thread.on('message', (pack: Pack) => {
      if (thread === this.thread) this.settle?.(unpacked(pack));
    });
    thread.on('error', (error) => this.lost(thread, isFull(error) ? costly : error));
    thread.on('exit', (code) => this.lost(thread, new Error(`the thread ended with ${code}`)));
    // Last: whoever listens to a thread keeps the process alive for it.
    thread.unref();
    return thread;
  }

  /** What it has answered meanwhile is heard first: we may be late ourselves. */
  private async giveUp(thread: Worker): Promise<void> {
    const { settle } = this;
    await breath();
    if (this.settle === settle) this.lost(thread, costly);
  }

  private lost(thread: Worker, outcome: Reading | Error): void {
    if (thread !== this.thread) return;
    this.thread = undefined;
    void thread.terminate();
    this.settle?.(outcome);
  }
}

const costly: Reading = { kind: 'broken', why: 'costly' };

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
