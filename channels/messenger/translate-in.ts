// Pure translation of what people send on Messenger and Instagram into what the house speaks.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { Incoming } from '../channel.js';
import type { Translated } from '../common/meta-webhook.js';
import { cleanText } from '../common/text.js';
import { attached, type Said } from './attachments.js';
import type { Item } from './envelope.js';

/** Texts for what people do without words: a key of flows/texts. */
export type Say = (key: string) => string;

const id = z.string().min(1).max(512);
const head = z.object({
  sender: z.object({ id: z.string().min(1).max(64) }),
  timestamp: z.number().optional().catch(undefined),
});
const message = z.object({
  mid: id,
  text: z.string().optional().catch(undefined),
  quick_reply: z
    .object({ payload: z.string().min(1).max(512) })
    .optional()
    .catch(undefined),
  attachments: z.array(z.json()).optional().catch(undefined),
  is_echo: z.boolean().optional().catch(undefined),
  is_deleted: z.boolean().optional().catch(undefined),
});
const postback = z.object({
  mid: id.optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  payload: z.string().min(1).max(512).optional().catch(undefined),
  referral: z.json().optional(),
});
const referral = z.object({ ref: z.string().max(2_083).optional().catch(undefined) });

/** The button that begins a conversation, and what we put behind it. */
export const START = '!/word/menu';

/** Null for what is no message of a person: echoes of ours, statuses, public changes. */
export function translateIn({ kind, product, account, value }: Item, say: Say): Translated | null {
  if (kind === 'change') return null;
  const read = head.safeParse(value);
  if (!read.success) return { kind: 'broken', why: 'head' };
  if (isOurs(value)) return null;
  const said = saidIn(value, read.data, say);
  if (said === null || 'kind' in said) return said ?? { kind: 'silent', why: 'event' };
  const { messageId, ...words } = said;
  const incoming = {
    account,
    user: read.data.sender.id,
    messageId,
    reply: { product, user: read.data.sender.id },
    ...words,
  };
  return { kind: 'message', at: read.data.timestamp ?? 0, incoming };
}

/** What tells of our own messages. */
function isOurs(value: Json): boolean {
  if (!isRecord(value)) return false;
  const { message: sent } = value;
  return 'delivery' in value || 'read' in value || (isRecord(sent) && sent['is_echo'] === true);
}

type Heard = Said & Pick<Incoming, 'messageId'>;

/** Null: nothing was said. */
function saidIn(value: Json, { sender, timestamp = 0 }: z.infer<typeof head>, say: Say): Heard | Translated | null {
  if (!isRecord(value)) return null;
  const own = `${sender.id}:${timestamp}`;
  if ('message' in value) return messageIn(value['message'], say);
  if ('postback' in value) return postbackIn(value['postback'], own, say);
  if ('referral' in value) return { messageId: `${own}:referral`, ...referred(value['referral'], say) };
  return null;
}

function messageIn(value: Json | undefined, say: Say): Heard | Translated {
  const read = message.safeParse(value);
  if (!read.success) return { kind: 'broken', why: 'message' };
  const { mid, text = '', quick_reply: tapped, attachments, is_deleted: deleted } = read.data;
  if (deleted === true) return { messageId: `${mid}:deleted`, media: 'deleted', unsent: mid };
  if (tapped) return { messageId: mid, choice: cleanText(tapped.payload) };
  const words = cleanText(text).trim();
  const files = attachments ? attached(attachments, words, say) : {};
  const said = { ...files, ...(words !== '' && { text: words }) };
  // What cannot be read is still something that somebody sent: they hear that it was not understood.
  return { messageId: mid, ...(Object.keys(said).length > 0 ? said : { media: 'unknown' as const }) };
}

/** A button that stays: of the menu, or of an old message. */
function postbackIn(value: Json | undefined, own: string, say: Say): Heard | Translated {
  const read = postback.safeParse(value);
  if (!read.success) return { kind: 'broken', why: 'postback' };
  const { mid = `${own}:postback`, title = '', payload, referral: brought } = read.data;
  const code = brought === undefined ? undefined : codeIn(brought);
  if (code !== undefined) return { messageId: mid, text: code };
  if (payload === undefined) return { messageId: mid, ...referred(null, say) };
  const words = cleanText(title).trim();
  return { messageId: mid, choice: cleanText(payload), ...(words !== '' && { text: words }) };
}

/** A link of ours brought them, perhaps with the code of a linked conversation in it; else they go on where they were, or begin. */
function referred(value: Json | undefined, say: Say): Said {
  const code = codeIn(value ?? null);
  return code === undefined ? { text: say('messenger.opened'), choice: '!/opened' } : { text: code };
}

function codeIn(value: Json): string | undefined {
  const read = referral.safeParse(value);
  const ref = read.success ? (read.data.ref ?? '') : '';
  return /^[0-9]{8}$/.test(ref) ? ref : undefined;
}

function isRecord(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
