// Sends one message as somebody would: it is seen that we type, for as long as the words take, and then they are there.
import type { ChannelHost, Outgoing, SendResult } from '../channel.js';
import { HalfSent, sendRest, type Progress } from '../common/half-sent.js';
import { failureOfLine, sendErrors } from '../common/send-errors.js';
import { caps } from './limits.js';
import type { Line } from './line.js';
import { typingTime } from './pacing.js';
import { isVoice, translateOut, type Part } from './translate-out.js';
import type { SentMedia } from './wire.js';

/** Through whom we send now: `away` while the browser comes up, `ended` while somebody must pair the phone. */
export type Way = { line: Line; account: string } | 'away' | 'ended';

export interface SendingNeeds {
  host: Pick<ChannelHost, 'readFile'>;
  way: () => Way;
  /** 0 to 1. */
  random: () => number;
  pause: (ms: number) => Promise<void>;
}

export class Sending {
  private readonly begun = new HalfSent<Progress>(caps.halfSent, () => ({ sent: 0 }));

  constructor(private readonly needs: SendingNeeds) {}

  async send(message: Outgoing): Promise<SendResult> {
    const way = this.needs.way();
    if (way === 'away') return { result: 'error', error: sendErrors.provider_down };
    if (way === 'ended') return { result: 'error', error: sendErrors.auth };
    // To somebody who wrote to another number of ours this one would be a stranger.
    if (way.account !== message.account || message.template) {
      return { result: 'error', error: sendErrors.window_closed };
    }
    return this.begun.send(message.id, (progress) =>
      sendRest(progress, translateOut(message), (part) => this.sendPart(way.line, message, part)),
    );
  }

  private async sendPart(line: Line, message: Outgoing, { text, file }: Part): Promise<SendResult> {
    const { account, user } = message;
    const kept = file ? await this.needs.host.readFile(account, user, file.id) : null;
    if (file && !kept) return { result: 'error', error: sendErrors.media };
    await line.ask({ do: 'typing', user, on: true });
    await this.needs.pause(typingTime(text, this.needs.random()));
    const media: SentMedia | undefined = kept
      ? { mime: kept.ref.mime, name: kept.ref.name, base64: kept.bytes.toString('base64'), voice: isVoice(kept.ref) }
      : undefined;
    const asked = await line.ask({ do: 'send', user, text, ...(media && { media }) });
    if (!asked.ok) return failureOfLine(asked.sent);
    if (asked.value === false) return { result: 'error', error: sendErrors.provider_down };
    // No id: there is no such chat.
    if (typeof asked.value !== 'string') return { result: 'error', error: sendErrors.not_found };
    return { result: 'sent', providerId: asked.value };
  }
}
