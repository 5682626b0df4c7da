// Pure translation of what people send on WhatsApp into what the house speaks.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { Incoming } from '../channel.js';
import type { Translated } from '../common/meta-webhook.js';
import { cleanFileName, cleanText } from '../common/text.js';
import type { Contact } from './envelope.js';

type Said = Partial<Pick<Incoming, 'text' | 'choice' | 'remote' | 'location' | 'media' | 'unsent'>>;

const head = z.object({
  id: z.string().min(1).max(512),
  from: z.string().min(1).max(32).optional(),
  from_user_id: z.string().min(1).max(256).optional(),
  group_id: z.string().optional(),
  timestamp: z.coerce.number().optional().catch(undefined),
  type: z.string().catch('unknown'),
});

/** One element of `messages`. */
export function translateIn(value: Json, account: string, contacts: readonly Contact[]): Translated {
  const read = head.safeParse(value);
  if (!read.success) return { kind: 'broken', why: 'head' };
  const { id, group_id: group, timestamp, type } = read.data;
  if (group !== undefined) return { kind: 'silent', why: 'group' };
  if (SILENT.has(type)) return { kind: 'silent', why: type };
  const sender = senderOf(read.data, contacts);
  if (!sender) return { kind: 'broken', why: 'sender' };
  const name = cleanText(sender.name ?? '')
    .trim()
    .slice(0, MOST_NAME);
  return {
    kind: 'message',
    at: millisecondsOf(timestamp),
    incoming: {
      account,
      user: sender.user,
      messageId: id,
      ...(name !== '' && { name }),
      ...saidIn(type, value),
    },
  };
}

/** Seconds as documented; some have seen milliseconds. 0 when there is none: arrival decides anyway. */
export function millisecondsOf(timestamp: number | undefined): number {
  if (timestamp === undefined || !Number.isFinite(timestamp) || timestamp < 0) return 0;
  return timestamp >= 1e12 ? timestamp : timestamp * 1000;
}

/** What happens around a conversation without anybody saying something: a new number, an opened chat, a call's record. */
const SILENT = new Set(['system', 'request_welcome', 'ephemeral', 'call_permission_reply']);
const MOST_NAME = 200;

/** The business-scoped user id is who somebody is; the phone only where Meta gives no other. It never serves to find a person again. */
function senderOf(
  { from, from_user_id: user }: z.infer<typeof head>,
  contacts: readonly Contact[],
): { user: string; name?: string } | null {
  const contact =
    contacts.find((one) => (user !== undefined && one.user === user) || (from !== undefined && one.phone === from)) ??
    (contacts.length === 1 ? contacts[0] : undefined);
  const id = user ?? contact?.user ?? from ?? contact?.phone;
  if (id === undefined) return null;
  return { user: id, ...(contact?.name !== undefined && { name: contact.name }) };
}

const readers: Readonly<Record<string, (part: Json) => Said | null>> = {
  text: (part) => {
    const read = z.object({ body: z.string() }).safeParse(part);
    return read.success ? words(read.data.body) : null;
  },
  image: (part) => file(part, 'image'),
  document: (part) => file(part, 'document'),
  audio: (part) => file(part, 'voice'),
  voice: (part) => file(part, 'voice'),
  video: () => ({ media: 'video' }),
  sticker: () => ({ media: 'sticker' }),
  contacts: () => ({ media: 'contact' }),
  reaction: () => ({ media: 'reaction' }),
  edit: () => ({ media: 'edit' }),
  revoke,
  location,
  button,
  interactive,
};

/** What cannot be read is still something that somebody sent: they hear that it was not understood. */
function saidIn(type: string, value: Json): Said {
  const part = isRecord(value) ? value[type] : undefined;
  const read = Object.hasOwn(readers, type) && part !== undefined ? readers[type]?.(part) : undefined;
  return read ?? { media: 'unknown' };
}

function words(body: string): Said | null {
  const text = cleanText(body).trim();
  return text === '' ? null : { text };
}

/** Fetched later through the media id, which lives for seven days; its digest is checked then. */
function file(part: Json, as: 'image' | 'document' | 'voice'): Said | null {
  const read = z
    .object({
      id: z.string().regex(/^\d{1,64}$/),
      sha256: z.string().max(128).optional(),
      caption: z.string().optional(),
      filename: z.string().optional(),
    })
    .safeParse(part);
  if (!read.success) return null;
  const { id, sha256, caption = '', filename = '' } = read.data;
  const name = cleanFileName(filename);
  return {
    remote: [{ name: name === '' ? as : name, facts: { media: id, ...(sha256 !== undefined && { sha256 }) } }],
    ...words(caption),
    ...(as === 'voice' && { media: 'voice' }),
  };
}

/** The person deleted an earlier message for everyone. */
function revoke(part: Json): Said {
  const read = z.object({ original_message_id: z.string().min(1).max(512) }).safeParse(part);
  return { media: 'deleted', ...(read.success && { unsent: read.data.original_message_id }) };
}

function location(part: Json): Said | null {
  const read = z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: z.string().optional(),
      address: z.string().optional(),
    })
    .safeParse(part);
  if (!read.success) return null;
  const { latitude: lat, longitude: lon, name = '', address = '' } = read.data;
  const label = cleanText([name, address].filter((one) => one !== '').join(', ')).trim();
  return { location: { lat, lon, ...(label !== '' && { label }) } };
}

/** A template's quick reply: its payload is an option of ours unless it merely repeats the label. */
function button(part: Json): Said | null {
  const read = z.object({ payload: z.string().max(256).optional(), text: z.string().optional() }).safeParse(part);
  if (!read.success) return null;
  const { payload, text = '' } = read.data;
  return payload !== undefined && payload !== text ? { choice: cleanText(payload) } : words(text);
}

/** The id counts, never the title. A form of Meta's (`nfm_reply`) is none of ours. */
function interactive(part: Json): Said | null {
  const reply = z.object({ id: z.string().min(1).max(256) });
  const read = z
    .union([
      z.object({ type: z.literal('button_reply'), button_reply: reply }).transform((one) => one.button_reply.id),
      z.object({ type: z.literal('list_reply'), list_reply: reply }).transform((one) => one.list_reply.id),
    ])
    .safeParse(part);
  return read.success ? { choice: cleanText(read.data) } : null;
}

function isRecord(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
