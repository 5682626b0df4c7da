// Sends one message, in as many requests as it needs; a try again goes on where the last one stopped.
import { z } from 'zod';
import type { ChannelHost, Outgoing, SendResult } from '../channel.js';
import { failureOfLine, sendErrors } from '../common/send-errors.js';
import { failureOf } from './errors.js';
import type { Graph } from './graph.js';
import { caps } from './limits.js';
import { uploadMedia } from './media.js';
import { mediaKindOf, translateOut, type Request } from './translate-out.js';

type Failed = Exclude<SendResult, { result: 'sent' }>;

/** What of a message has already gone out. */
interface Progress {
  uploaded: string | null;
  sent: number;
}

const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });

export class Sending {
  private readonly begun = new Map<string, Progress>();

  constructor(
    private readonly host: Pick<ChannelHost, 'readFile' | 'say'>,
    private readonly graph: Graph,
  ) {}

  async send(message: Outgoing): Promise<SendResult> {
    const progress = this.begun.get(message.id) ?? { uploaded: null, sent: 0 };
    const result = await this.goOn(message, progress);
    if (result.result === 'sent' || (result.result === 'error' && !result.error.retry)) this.begun.delete(message.id);
    else this.remember(message.id, progress);
    return result;
  }

  private async goOn(message: Outgoing, progress: Progress): Promise<SendResult> {
    const failed = message.file && progress.uploaded === null ? await this.upload(message, progress) : null;
    if (failed) return failed;
    const requests = translateOut(message, progress.uploaded, this.listButton(message.text));
    let last: SendResult = { result: 'error', error: sendErrors.refused };
    for (const request of requests.slice(progress.sent)) {
      last = await this.post(message, request);
      if (last.result !== 'sent') return last;
      progress.sent += 1;
    }
    return last;
  }

  private async upload(message: Outgoing, progress: Progress): Promise<Failed | null> {
    const { account, user, file, attempt } = message;
    if (!file || mediaKindOf(file.mime) === undefined) return { result: 'error', error: sendErrors.media };
    const kept = await this.host.readFile(account, user, file.id);
    if (!kept) return { result: 'error', error: sendErrors.media };
    const uploaded = await uploadMedia(this.graph, account, kept, attempt);
    if (!('id' in uploaded)) return uploaded;
    progress.uploaded = uploaded.id;
    return null;
  }

  private async post({ account, attempt }: Outgoing, request: Request): Promise<SendResult> {
    const answer = await this.graph.post(`${account}/messages`, request, this.graph.timeout);
    if (!answer.ok) return failureOfLine(answer.sent);
    if (answer.status !== 200) return failureOf(answer.status, answer.body, attempt, answer.retryAfter);
    const read = accepted.safeParse(answer.body);
    // A success that says nothing: the message is probably on its way, its status will tell.
    if (!read.success) return failureOfLine('maybe');
    const [first] = read.data.messages;
    return { result: 'sent', ...(first && { providerId: first.id }) };
  }

  /** What opens a list, in the language of the words above it. */
  private listButton(text: string): string {
    return this.host.say('whatsapp.list', /\p{Script=Arabic}/u.test(text) ? 'ar' : 'en');
  }

  private remember(id: string, progress: Progress): void {
    this.begun.set(id, progress);
    const [oldest] = this.begun.keys();
    if (this.begun.size > caps.halfSent && oldest !== undefined) this.begun.delete(oldest);
  }
}
