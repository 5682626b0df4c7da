// Sends one message, in as many requests as it needs; a try again goes on where the last one stopped.
import { z } from 'zod';
import type { ChannelHost, Outgoing, SendResult } from '../channel.js';
import type { Graph, GraphAnswer } from '../common/graph.js';
import { HalfSent, sendRest } from '../common/half-sent.js';
import { failureOfLine, sendErrors } from '../common/send-errors.js';
import { failureOf } from './errors.js';
import { caps } from './limits.js';
import { translateOut, type FileKind } from './translate-out.js';

const accepted = z.object({ message_id: z.string().min(1) });

export class Sending {
  private readonly begun = new HalfSent(caps.halfSent, () => ({ sent: 0 }));

  constructor(
    private readonly host: Pick<ChannelHost, 'readFile'>,
    private readonly graph: Graph,
  ) {}

  send(message: Outgoing): Promise<SendResult> {
    return this.begun.send(message.id, (progress) =>
      sendRest(progress, translateOut(message), (part) =>
        part.as === 'words' ? this.words(part.body) : this.file(message, part.file.id, part.kind),
      ),
    );
  }

  private async words(body: object): Promise<SendResult> {
    return resultOf(await this.graph.post('me/messages', body));
  }

  /** Instagram takes files by a public address only, and ours have none. */
  private async file({ account, user, reply }: Outgoing, id: string, type: FileKind): Promise<SendResult> {
    const kept = reply['product'] === 'instagram' ? null : await this.host.readFile(account, user, id);
    if (!kept) return { result: 'error', error: sendErrors.media };
    const form = new FormData();
    form.set('recipient', JSON.stringify({ id: user }));
    form.set('messaging_type', 'RESPONSE');
    form.set('message', JSON.stringify({ attachment: { type, payload: { is_reusable: false } } }));
    form.set('filedata', new Blob([new Uint8Array(kept.bytes)], { type: kept.ref.mime }), kept.ref.name);
    return resultOf(await this.graph.upload('me/messages', form));
  }
}

function resultOf(answer: GraphAnswer): SendResult {
  if (!answer.ok) return failureOfLine(answer.sent);
  if (answer.status !== 200) return failureOf(answer.status, answer.body, answer.retryAfter);
  const read = accepted.safeParse(answer.body);
  // A success that says nothing: the message is probably on its way, its echo will tell.
  return read.success ? { result: 'sent', providerId: read.data.message_id } : failureOfLine('maybe');
}
