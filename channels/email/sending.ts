// Sends one message over SMTP, in as many letters as it needs; a try again goes on where the last one stopped.
import type { SendMailOptions, Transporter } from 'nodemailer';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChannelHost, Outgoing, SendResult } from '../channel.js';
import { HalfSent, sendRest } from '../common/half-sent.js';
import { failureOfLine, sendErrors } from '../common/send-errors.js';
import { failureOf } from './errors.js';
import { caps } from './limits.js';
import type { MessageIds } from './message-id.js';
import { translateOut, type OutLetter } from './translate-out.js';

const MOST_BEGUN = 1_000;

export interface Post {
  /** smtp or smtps, with user and password where needed. */
  url: string;
  /** As people read it: `Name <address>`. */
  from: string;
  ids: MessageIds;
}

export class Sending {
  private readonly begun = new HalfSent(MOST_BEGUN, () => ({ sent: 0 }));
  private transport: Promise<Transporter> | undefined;

  constructor(
    private readonly host: Pick<ChannelHost, 'readFile' | 'say'>,
    private readonly post: Post,
  ) {}

  send(message: Outgoing): Promise<SendResult> {
    const letters = translateOut(message, this.post.ids, (key, language) => this.host.say(key, language));
    return this.begun.send(message.id, (progress) =>
      sendRest(progress, letters, (letter) => this.sendOne(message, letter)),
    );
  }

  private async sendOne({ account, user }: Outgoing, { file, ...letter }: OutLetter): Promise<SendResult> {
    const kept = file && (await this.host.readFile(account, user, file.id));
    if (kept === null) return { result: 'error', error: sendErrors.media };
    const mail: SendMailOptions = { from: this.post.from, ...letter };
    if (kept) mail.attachments = [{ filename: kept.ref.name, content: kept.bytes, contentType: kept.ref.mime }];
    try {
      const late = await this.within(mail);
      return late ? failureOfLine('maybe') : { result: 'sent', providerId: letter.messageId };
    } catch (error) {
      return failureOf(error);
    }
  }

  /** True when it took too long: a line that hangs in the middle of a letter ends by itself, nobody waits for it any longer. */
  private async within(mail: SendMailOptions): Promise<boolean> {
    const ended = new AbortController();
    const sent = this.open().then((transport) => transport.sendMail(mail));
    sent.catch(() => undefined);
    try {
      const late = pause(caps.sendTimeout, true, { signal: ended.signal, ref: false }).catch(() => true);
      return await Promise.race([sent.then(() => false), late]);
    } finally {
      ended.abort();
    }
  }

  /** The library is loaded with the first letter. */
  private open(): Promise<Transporter> {
    const patience = {
      connectionTimeout: caps.connectTimeout,
      greetingTimeout: caps.connectTimeout,
      socketTimeout: caps.sendTimeout,
    };
    this.transport ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({ url: this.post.url, ...patience }),
    );
    return this.transport;
  }
}
