// Takes in what people wrote: their files first, while they can be had, then the message itself; of one person one after the other.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { ChannelHost, Incoming } from '../channel.js';
import { InOrder } from '../common/in-order.js';
import { readable } from '../common/readable.js';
import { caps, limits } from './limits.js';
import type { Line } from './line.js';
import type { Memory } from './memory.js';
import { translateIn, type MessageEvent, type Translated } from './translate-in.js';

type Part = Pick<Incoming, 'files' | 'refused'>;

const downloaded = z.object({ base64: z.string() });

/** What of older messages is ours to answer: `since` then (UTC milliseconds); `first`: and those of people whom the house knows already. */
export interface Ours {
  since: number;
  first: boolean;
}

export class Receiving {
  private readonly order = new InOrder();
  /** Of files that could not be fetched, by message. */
  private readonly tries = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly host: ChannelHost,
    private readonly memory: Memory,
  ) {}

  /** Durable when it resolves; rejects when it could not be kept, or its file not be fetched now: then it is looked for again. */
  async take(
    line: Line,
    account: string,
    event: MessageEvent,
    value: Json,
    ours: Ours | null,
  ): Promise<'taken' | 'known' | 'silent'> {
    const translated = readable<Translated>(() => translateIn(event, value, account), { kind: 'broken', why: 'shape' });
    if (translated.kind !== 'message') return this.putAside(translated, account, value);
    if (ours && !(await this.isOurs(translated, ours))) return 'silent';
    return this.order.run(translated.incoming.user, ++this.count, () => this.keep(line, translated));
  }

  private async isOurs({ at, incoming }: Extract<Translated, { kind: 'message' }>, { since, first }: Ours) {
    // WhatsApp counts in seconds.
    if (at === 0 || at + 999 >= since) return true;
    // Another process answered on this number until now: whoever talked with it waits for us.
    return first && (await this.host.transcript(incoming.account, incoming.user, 0, 1)).length > 0;
  }

  private async putAside(
    { kind, why }: Exclude<Translated, { kind: 'message' }>,
    account: string,
    value: Json,
  ): Promise<'taken' | 'silent'> {
    if (kind === 'silent') {
      this.host.log('whatsapp_web.silent', { why });
      return 'silent';
    }
    await this.host.unreadable({ account, bytes: Buffer.from(JSON.stringify(value)), why });
    return 'taken';
  }

  private async keep(line: Line, { incoming, file }: Extract<Translated, { kind: 'message' }>) {
    // A file that is fetched again would be kept again.
    if (file && this.memory.has(incoming.messageId)) return 'known';
    const part = file ? await this.fetch(line, incoming, file.name) : {};
    const { duplicate } = await this.host.accept({ ...incoming, ...part });
    if (file) this.memory.add(incoming.messageId);
    return duplicate ? 'known' : 'taken';
  }

  private failed(message: string): Part {
    const tries = (this.tries.get(message) ?? 0) + 1;
    this.tries.set(message, tries);
    if (tries < caps.fileTries) throw new Error('the file could not be fetched now');
    this.tries.delete(message);
    return { refused: [{ key: 'file_not_fetched' }] };
  }

  private async fetch(line: Line, { account, user, messageId }: Incoming, name: string): Promise<Part> {
    const asked = await line.ask({ do: 'download', message: messageId, most: limits.fileBytes });
    if (!asked.ok) return this.failed(messageId);
    this.tries.delete(messageId);
    if (asked.value === 'too_big') return { refused: [{ key: 'file_too_big', values: { max: caps.megabytes } }] };
    const media = downloaded.safeParse(asked.value).data;
    if (!media) return { refused: [{ key: 'file_unreadable' }] };
    const kept = await this.host.keepFile(account, user, name, Buffer.from(media.base64, 'base64'));
    if ('id' in kept) return { files: [kept] };
    return { refused: [{ key: kept.refused, ...(kept.values && { values: kept.values }) }] };
  }
}
