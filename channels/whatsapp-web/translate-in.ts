// Pure translation of what the library tells about messages into what the house speaks.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { Incoming } from '../channel.js';
import { cleanFileName, cleanText } from '../common/text.js';
import { caps, limits } from './limits.js';
import type { LineEvent } from './wire.js';

export type MessageEvent = Extract<LineEvent, { message: Json }>['event'];

/** `file`: it has one that must be fetched, under this name. `silent`: nothing that a person said to us alone. `broken`: nobody can be answered. */
export type Translated =
  | {
      kind: 'message';
      /** UTC milliseconds, 0 when unknown. */ at: number;
      incoming: Incoming;
      file?: { name: string };
    }
  | { kind: 'silent' | 'broken'; why: string };

const message = z.object({
  id: z.object({ _serialized: z.string().min(1).max(512), fromMe: z.boolean() }),
  from: z.string().min(1).max(256),
  type: z.string().catch('unknown'),
  timestamp: z.number().nonnegative().catch(0),
  body: z.string().catch(''),
  hasMedia: z.boolean().catch(false),
  isStatus: z.boolean().catch(false),
  broadcast: z.boolean().catch(false),
  location: z.json().optional(),
  raw: z
    .object({
      notifyName: z.string().catch(''),
      filename: z.string().catch(''),
      size: z.coerce.number().catch(0),
      protocolMessageKey: z
        .object({ _serialized: z.string().min(1).max(512) })
        .optional()
        .catch(undefined),
      latestEditSenderTimestampMs: z.number().optional().catch(undefined),
    })
    .catch({ notifyName: '', filename: '', size: 0 }),
});
type Message = z.infer<typeof message>;
type Said = Partial<Pick<Incoming, 'text' | 'location' | 'media' | 'refused' | 'unsent'>>;

export function translateIn(event: MessageEvent, value: Json, account: string): Translated {
  const read = message.safeParse(value);
  if (!read.success) return { kind: 'broken', why: 'message' };
  const why = silentWhy(event, read.data);
  if (why !== null) return { kind: 'silent', why };
  const { id, from, timestamp, raw } = read.data;
  const name = cleanText(raw.notifyName).trim().slice(0, MOST_NAME);
  const head = { account, user: from, reply: { user: from }, ...(name !== '' && { name }) };
  const at = timestamp * 1_000;
  if (event === 'revoked' || read.data.type === 'revoked')
    return { kind: 'message', at, incoming: { ...head, ...takenBack(read.data) } };
  if (event === 'edited') {
    // What was changed is said again beside it: staff see it, no flow is moved by it.
    const messageId = `edit:${id._serialized}:${raw.latestEditSenderTimestampMs ?? 0}`;
    return { kind: 'message', at, incoming: { ...head, messageId, media: 'edit', ...words(read.data.body) } };
  }
  const said: Said = event === 'undecipherable' ? { media: 'unknown' } : saidIn(read.data);
  const incoming = { ...head, messageId: id._serialized, ...said };
  return { kind: 'message', at, incoming, ...(fetched(read.data, said) && { file: { name: fileName(read.data) } }) };
}

const MOST_NAME = 200;

/** Only what one person wrote to us alone is ours to answer. */
function silentWhy(event: MessageEvent, { id, from, type, isStatus, broadcast }: Message): string | null {
  if (id.fromMe) return 'own';
  if (isStatus || broadcast || from.endsWith('@broadcast')) return 'broadcast';
  if (!/^[^@]+@(c\.us|lid)$/.test(from)) return 'group';
  return SILENT.has(type) && event !== 'undecipherable' ? type : null;
}

/** What WhatsApp itself writes into a chat; `ciphertext` becomes a message of its own or is told as undecipherable; of an album the parts come. */
const SILENT = new Set([
  ...['e2e_notification', 'notification', 'notification_template', 'gp2', 'group_notification'],
  ...['broadcast_notification', 'call_log', 'protocol', 'debug', 'ciphertext', 'album', 'reaction'],
]);

const readers: Readonly<Record<string, (message: Message) => Said | null>> = {
  chat: ({ body }) => words(body),
  oversized: ({ body }) => words(body),
  buttons_response: ({ body }) => words(body),
  list_response: ({ body }) => words(body),
  image: file,
  document: file,
  ptt: (given) => joined(file(given), { media: 'voice' }),
  audio: (given) => joined(file(given), { media: 'voice' }),
  video: () => ({ media: 'video' }),
  sticker: () => ({ media: 'sticker' }),
  vcard: () => ({ media: 'contact' }),
  multi_vcard: () => ({ media: 'contact' }),
  location: place,
};
const FILES = new Set(['image', 'document', 'ptt', 'audio']);

/** What cannot be read is still something that somebody sent: they hear that it was not understood. */
function saidIn(given: Message): Said {
  const reader = Object.hasOwn(readers, given.type) ? readers[given.type] : undefined;
  return reader?.(given) ?? { media: 'unknown' };
}

function words(body: string): Said | null {
  const text = cleanText(body).trim();
  return text === '' ? null : { text };
}

/** The words beside it; one that is too big is refused before it is fetched. Without media it is gone already. */
function file({ body, hasMedia, raw }: Message): Said {
  const said = words(body) ?? {};
  if (!hasMedia) return { ...said, refused: [{ key: 'file_unreadable' }] };
  if (raw.size <= limits.fileBytes) return said;
  return { ...said, refused: [{ key: 'file_too_big', values: { max: caps.megabytes } }] };
}

function fetched({ type, hasMedia }: Message, { refused, media }: Said): boolean {
  return FILES.has(type) && hasMedia && refused === undefined && media !== 'unknown';
}

function fileName({ type, raw }: Message): string {
  const name = cleanFileName(raw.filename);
  if (name !== '') return name;
  return type === 'ptt' || type === 'audio' ? 'voice' : type;
}

function place({ location }: Message): Said | null {
  const read = z
    .object({
      latitude: z.coerce.number().min(-90).max(90),
      longitude: z.coerce.number().min(-180).max(180),
      name: z.string().optional().catch(undefined),
      address: z.string().optional().catch(undefined),
    })
    .safeParse(location);
  if (!read.success) return null;
  const { latitude: lat, longitude: lon, name = '', address = '' } = read.data;
  const label = cleanText([name, address].filter((one) => one !== '').join(', ')).trim();
  return { location: { lat, lon, ...(label !== '' && { label }) } };
}

/** Deleted for everyone. The message that says so may carry an id of its own. */
function takenBack({ id, raw }: Message): Pick<Incoming, 'messageId' | 'media' | 'unsent'> {
  const unsent = raw.protocolMessageKey?._serialized ?? id._serialized;
  return { messageId: `revoked:${unsent}`, media: 'deleted', unsent };
}

function joined(said: Said | null, more: Said): Said | null {
  return said && { ...said, ...more };
}
