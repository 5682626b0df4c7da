// Pure translation of Telegram's updates into what the house speaks.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { Incoming } from '../channel.js';
import { cleanFileName, cleanText } from '../common/text.js';
import { saidIn, type Said } from './content.js';

/** A tapped button; the option it stands for is looked up before the message is accepted. */
export interface Tap {
  query: string;
  data: string;
  chat: string;
  message: number;
}

/** `silent`: nothing that a person said to us alone. `broken`: nobody can be answered. `update`: the order of things in a chat. */
export type Translated =
  | { kind: 'message'; update: number; incoming: Incoming }
  | { kind: 'tap'; update: number; incoming: Incoming; tap: Tap }
  | { kind: 'group'; chat: string; language: string | undefined }
  | { kind: 'silent' | 'broken'; why: string };

/** `say` gives the words of a command in the person's language. */
export type Words = (key: string, language: string) => string;

const update = z.object({ update_id: z.number().int().nonnegative() });
const from = z.object({
  id: z.number().int(),
  is_bot: z.boolean().catch(false),
  first_name: z.string().catch(''),
  last_name: z.string().catch(''),
  language_code: z.string().max(35).optional().catch(undefined),
});
const chat = z.object({ id: z.number().int(), type: z.string() });
const message = z.object({ message_id: z.number().int(), from: from.optional(), chat });
const query = z.object({
  id: z.string().min(1).max(256),
  from,
  data: z.string().max(256).optional(),
  message: z.object({ message_id: z.number().int(), chat }).optional().catch(undefined),
});

export function translateIn(value: Json, account: string, words: Words): Translated {
  const read = update.safeParse(value);
  if (!read.success || !isRecord(value)) return { kind: 'broken', why: 'update' };
  const { update_id: id } = read.data;
  if (value['message'] !== undefined) return fromMessage(value['message'], id, account, words);
  if (value['edited_message'] !== undefined) return fromEdit(value['edited_message'], id, account);
  if (value['callback_query'] !== undefined) return fromTap(value['callback_query'], id, account);
  return { kind: 'silent', why: 'kind' };
}

function fromMessage(value: Json, id: number, account: string, words: Words): Translated {
  const sender = senderOf(value);
  if ('kind' in sender) return sender;
  const said = saidIn(value, sender.person.id, (key) => words(key, sender.person.language_code ?? ''));
  if (said === 'service') return { kind: 'silent', why: 'service' };
  return { kind: 'message', update: id, incoming: { ...incomingOf(sender, id, account), ...said } };
}

/** Staff see what was changed; a flow is not moved by it. */
function fromEdit(value: Json, id: number, account: string): Translated {
  const sender = senderOf(value);
  if ('kind' in sender) return sender.kind === 'group' ? { kind: 'silent', why: 'group' } : sender;
  const text = isRecord(value) && typeof value['text'] === 'string' ? cleanText(value['text']).trim() : '';
  const said: Said = { media: 'edit', ...(text !== '' && { text }) };
  return { kind: 'message', update: id, incoming: { ...incomingOf(sender, id, account), ...said } };
}

function fromTap(value: Json, id: number, account: string): Translated {
  const read = query.safeParse(value);
  if (!read.success) return { kind: 'broken', why: 'callback_query' };
  const { id: tapped, from: person, data, message: under } = read.data;
  if (data === undefined || under?.chat.type !== 'private') return { kind: 'silent', why: 'foreign_tap' };
  const incoming = incomingOf({ person, chat: under.chat }, id, account);
  const tap = { query: tapped, data, chat: String(under.chat.id), message: under.message_id };
  return { kind: 'tap', update: id, incoming, tap };
}

interface Sender {
  person: z.infer<typeof from>;
  chat: z.infer<typeof chat>;
}

/** Who speaks to us alone; everything else is told apart. */
function senderOf(value: Json): Sender | Exclude<Translated, { kind: 'message' | 'tap' }> {
  const read = message.safeParse(value);
  if (!read.success) return { kind: 'broken', why: 'message' };
  const { from: person, chat: place } = read.data;
  if (place.type === 'group' || place.type === 'supergroup')
    return { kind: 'group', chat: String(place.id), language: person?.language_code };
  if (place.type !== 'private' || !person) return { kind: 'silent', why: place.type };
  return person.is_bot ? { kind: 'silent', why: 'bot' } : { person, chat: place };
}

function incomingOf({ person, chat: place }: Sender, id: number, account: string): Incoming {
  const name = cleanFileName(`${person.first_name} ${person.last_name}`.replace(/[\\/]/g, ' '));
  const { language_code: language } = person;
  return {
    account,
    user: String(person.id),
    messageId: `update:${id}`,
    reply: { chat: String(place.id) },
    ...(name !== '' && { name }),
    ...(language !== undefined && { language }),
  };
}

function isRecord(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
