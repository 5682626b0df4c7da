// Pure translation of what we say into requests of the Send API.
import type { FileRef, Json } from '../../src/engine/types.js';
import type { ChannelLimits, Outgoing } from '../channel.js';
import { bubbles, type Bubble } from '../common/choices.js';
import { caps, limits } from './limits.js';

/** A message goes as one request, or as several in order when it is longer than one may be. */
export type Part = { as: 'words'; body: Record<string, Json> } | { as: 'file'; file: FileRef; kind: FileKind };
export type FileKind = 'image' | 'audio' | 'file';

export function translateOut(message: Outgoing): Part[] {
  const { file, text, options } = message;
  const files: Part[] = file ? [{ as: 'file', file, kind: kindOf(file.mime) }] : [];
  if (text === '' && options.length === 0) return files;
  const said = saidOf(message);
  const words = said.map((bubble, index): Part => ({
    as: 'words',
    body: {
      recipient: { id: message.user },
      messaging_type: 'RESPONSE',
      // It comes back in the echo, so that an unclear send can be settled. Only the last part says that all of it arrived.
      message: { ...wordsOf(bubble), ...(index === said.length - 1 && { metadata: message.id }) },
    },
  }));
  return [...files, ...words];
}

function kindOf(mime: string): FileKind {
  if (mime.startsWith('image/')) return 'image';
  return mime.startsWith('audio/') ? 'audio' : 'file';
}

/** Instagram counts bytes: the text is cut shorter until every part fits. */
function saidOf({ text, options, reply }: Outgoing): Bubble[] {
  let room: ChannelLimits = limits;
  if (reply['product'] !== 'instagram') return bubbles(text, options, room);
  for (let most: number = caps.instagramBytes; ; most = Math.floor(most * 0.9)) {
    room = { ...limits, text: most };
    const said = bubbles(text, options, room);
    if (said.every((bubble) => Buffer.byteLength(bubble.text) <= caps.instagramBytes)) return said;
  }
}

function wordsOf(bubble: Bubble): Record<string, Json> {
  if (bubble.as === 'text') return { text: bubble.text };
  const replies = bubble.options.map(({ id, label }) => ({ content_type: 'text', title: label, payload: id }));
  return { text: bubble.text, quick_replies: replies };
}
