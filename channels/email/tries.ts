// Counts how often somebody began to read a letter, over restarts: one that ends the process each time is put aside instead.
import type { ChannelHost } from '../channel.js';
import type { Stored } from './letter.js';
import { caps } from './limits.js';

export class Tries {
  /** Whatever comes again here ended no process. */
  private readonly begun = new Set<string>();

  constructor(private readonly host: Pick<ChannelHost, 'within'>) {}

  /** Durable before the letter is read. False: it was begun too often. */
  async begin({ uid, validity }: Stored): Promise<boolean> {
    const letter = `${validity} ${uid}`;
    if (this.begun.has(letter)) return true;
    if (!(await this.host.within('letter', letter, caps.tries, caps.oldest))) return false;
    this.begun.add(letter);
    return true;
  }
}
