// Sends one message of ours: all its calls in order, each once as far as anybody can know.
import { z } from 'zod';
import type { Outgoing, SendResult } from '../channel.js';
import { sendErrors } from '../common/send-errors.js';
import type { Bot } from './bot.js';
import type { CallResult } from './client.js';
import { sendFailure } from './errors.js';
import { caps } from './limits.js';
import { translateOut, type Request } from './translate-out.js';

const sent = z.object({ message_id: z.number().int() });

/** Messages of which some calls succeeded and one did not; the oldest are forgotten. */
const MOST_BEGUN = 1_000;

export class Sending {
  /** Calls that are done, by message: a message that is tried again goes on where it broke off. In memory only. */
  private readonly begun = new Map<string, number>();

  constructor(private readonly bot: Bot) {}

  async send(message: Outgoing): Promise<SendResult> {
    const requests = translateOut(message);
    let providerId: string | undefined;
    for (const [index, request] of requests.entries()) {
      if (index < (this.begun.get(message.id) ?? 0)) continue;
      const outcome = await this.perform(message, request);
      if (outcome === null) return { result: 'error', error: sendErrors.media };
      if (!outcome.ok) return sendFailure(outcome);
      const id = sent.safeParse(outcome.result);
      // Telegram answers with the message it made. Anything else comes from something in between.
      if (!id.success) return sendFailure({ ok: false, why: 'broken', sent: 'maybe' });
      this.remember(message.id, index + 1);
      providerId = `${message.user}:${id.data.message_id}`;
    }
    this.begun.delete(message.id);
    return { result: 'sent', ...(providerId !== undefined && { providerId }) };
  }

  /** Null: the file is not there any more. */
  private async perform(message: Outgoing, { method, payload, file }: Request): Promise<CallResult | null> {
    const { client, host } = this.bot;
    if (!file) return client.call(method, payload, caps.callTimeout);
    const kept = await host.readFile(message.account, message.user, file.ref.id);
    if (!kept) return null;
    const part = { source: kept.bytes, filename: file.ref.name };
    const outcome = await client.call(method, { ...payload, [file.as]: part }, caps.uploadTimeout);
    // A picture that Telegram does not draw (too long, too flat) still goes as a document.
    if (
      file.as === 'photo' &&
      !outcome.ok &&
      outcome.why === 'refused' &&
      outcome.status === 400 &&
      /PHOTO|IMAGE/.test(outcome.description)
    )
      return client.call('sendDocument', { ...payload, document: part }, caps.uploadTimeout);
    return outcome;
  }

  private remember(message: string, done: number): void {
    this.begun.delete(message);
    this.begun.set(message, done);
    const [oldest] = this.begun.keys();
    if (this.begun.size > MOST_BEGUN && oldest !== undefined) this.begun.delete(oldest);
  }
}
