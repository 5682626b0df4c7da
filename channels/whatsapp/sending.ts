// Sends one message, in as many requests as it needs; a try again goes on where the last one stopped.
import { z } from 'zod';
import type { ChannelHost, Outgoing, SendResult } from '../channel.js';
import { HalfSent, sendRest, type Progress } from '../common/half-sent.js';
import { failureOfLine, sendErrors } from '../common/send-errors.js';
import { failureOf } from './errors.js';
import type { Graph } from '../common/graph.js';
import { caps } from './limits.js';
import { uploadMedia } from './media.js';
import { mediaKindOf, translateOut, type Request } from './translate-out.js';

type Failed = Exclude<SendResult, { result: 'sent' }>;

interface Uploaded extends Progress {
  /** Meta's id of the message's file. */
  media: string | null;
}

const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });

export class Sending {
  private readonly begun = new HalfSent<Uploaded>(caps.halfSent, () => ({ media: null, sent: 0 }));

  constructor(
    private readonly host: Pick<ChannelHost, 'readFile' | 'say'>,
    private readonly graph: Graph,
  ) {}

  send(message: Outgoing): Promise<SendResult> {
    return this.begun.send(message.id, (progress) => this.goOn(message, progress));
  }

  private async goOn(message: Outgoing, progress: Uploaded): Promise<SendResult> {
    const failed = message.file && progress.media === null ? await this.upload(message, progress) : null;
    if (failed) return failed;
    const requests = translateOut(message, progress.media, this.listButton(message.text));
    return sendRest(progress, requests, (request) => this.post(message, request));
  }

  private async upload(message: Outgoing, progress: Uploaded): Promise<Failed | null> {
    const { account, user, file, attempt } = message;
    if (!file || mediaKindOf(file.mime) === undefined) return { result: 'error', error: sendErrors.media };
    const kept = await this.host.readFile(account, user, file.id);
    if (!kept) return { result: 'error', error: sendErrors.media };
    const uploaded = await uploadMedia(this.graph, account, kept, attempt);
    if (!('id' in uploaded)) return uploaded;
    progress.media = uploaded.id;
    return null;
  }

  private async post({ account, attempt }: Outgoing, request: Request): Promise<SendResult> {
    const answer = await this.graph.post(`${account}/messages`, request);
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
}
