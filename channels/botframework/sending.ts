// Sends one message, in as many activities as it needs; a try again goes on where the last one stopped.
import type { Activity } from 'botbuilder';
import type { ChannelHost, Outgoing, SendResult } from '../channel.js';
import { HalfSent, sendRest } from '../common/half-sent.js';
import { failureOfLine, sendErrors } from '../common/send-errors.js';
import { rowOf } from './azure-channels.js';
import { NotSent } from './errors.js';
import { caps } from './limits.js';
import { readReply, type Reply } from './reference.js';
import type { Sdk } from './sdk.js';
import { fileActivity, translateOut } from './translate-out.js';

export class Sending {
  private readonly begun = new HalfSent(caps.halfSent, () => ({ sent: 0 }));

  constructor(
    private readonly host: Pick<ChannelHost, 'readFile'>,
    private readonly sdk: Pick<Sdk, 'post'>,
  ) {}

  async send(message: Outgoing): Promise<SendResult> {
    const reply = readReply(message.reply);
    if (!reply) return { result: 'error', error: sendErrors.not_found };
    return this.begun.send(message.id, (progress) =>
      sendRest(progress, translateOut(message, rowOf(reply.channel)), (part) =>
        part.as === 'words' ? this.post(reply, part.activity) : this.file(message, reply, part.file.id),
      ),
    );
  }

  private async file({ account, user }: Outgoing, reply: Reply, id: string): Promise<SendResult> {
    const kept = await this.host.readFile(account, user, id);
    const activity = kept && fileActivity(kept.ref, kept.bytes, rowOf(reply.channel));
    return activity ? this.post(reply, activity) : { result: 'error', error: sendErrors.media };
  }

  /** Never rejects. */
  async post(reply: Reply, activity: Partial<Activity>): Promise<SendResult> {
    try {
      const providerId = await this.sdk.post(reply, activity);
      return { result: 'sent', ...(providerId !== undefined && { providerId: `${reply.conversation}|${providerId}` }) };
    } catch (error) {
      return error instanceof NotSent ? error.failure : failureOfLine('maybe');
    }
  }
}
