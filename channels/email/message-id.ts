// The Message-IDs of our own letters: each bears a proof for whom it was, so that an answer shows that its writer received it.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { hostOf } from './address.js';

const SHAPE = /^<([0-9a-f-]{8,64})\.(\d{1,3})\.([0-9a-f]{32})@([^<>@]+)>$/;

export class MessageIds {
  private readonly host: string;

  /** `key`: the channel's own. `ours`: our address. */
  constructor(
    private readonly key: Buffer,
    ours: string,
  ) {
    this.host = hostOf(ours);
  }

  /** Of the `part`-th letter (from 0) of a message of ours to that address. */
  make(message: string, part: number, to: string): string {
    return `<${message}.${part}.${this.proof(message, part, to)}@${this.host}>`;
  }

  /** The message of ours whose letter to that very address this is; null for all others. */
  read(id: string, to: string): string | null {
    const [, message = '', part = '', proof = '', host] = SHAPE.exec(id) ?? [];
    if (host?.toLowerCase() !== this.host) return null;
    const expected = Buffer.from(this.proof(message, Number(part), to), 'hex');
    return timingSafeEqual(expected, Buffer.from(proof, 'hex')) ? message : null;
  }

  private proof(message: string, part: number, to: string): string {
    return createHmac('sha256', this.key).update(`${message} ${part} ${to}`).digest('hex').slice(0, 32);
  }
}
