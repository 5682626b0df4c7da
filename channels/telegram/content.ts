// What is in a message of a person: words, a command, files, a place, a card, or something that no step asks for.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { Incoming, RemoteFile } from '../channel.js';
import { cleanFileName, cleanText } from '../common/text.js';
import { commandWords } from './commands.js';
import { caps } from './limits.js';

export type Said = Partial<Pick<Incoming, 'text' | 'choice' | 'remote' | 'refused' | 'album' | 'location' | 'media'>>;
type Reader = (part: Json, person: number) => Said | null;

/** `service`: Telegram's own line about the chat. What cannot be read is still something that somebody sent. */
export function saidIn(message: Json, person: number, say: (key: string) => string): Said | 'service' {
  const parts = isRecord(message) ? message : {};
  if (typeof parts['text'] === 'string') return words(parts['text'], say) ?? { media: 'unknown' };
  const kind = kinds.find((one) => parts[one] !== undefined);
  if (kind === undefined) return service.some((one) => parts[one] !== undefined) ? 'service' : { media: 'unknown' };
  const read = readers[kind](parts[kind] ?? null, person) ?? { media: 'unknown' as const };
  const album = parts['media_group_id'];
  const { caption } = parts;
  return {
    ...read,
    ...(typeof caption === 'string' && words(caption)),
    ...(typeof album === 'string' && album !== '' && album.length <= 128 && { album }),
  };
}

/** In this order: an animation stands in a message as a document too, a venue as a location. */
const readers = {
  photo,
  animation: () => ({ media: 'video' }),
  document: (part) => file(part, 'document'),
  voice: (part) => joined(file(part, 'voice'), { media: 'voice' }),
  audio: (part) => file(part, 'audio'),
  video: () => ({ media: 'video' }),
  video_note: () => ({ media: 'video' }),
  sticker: () => ({ media: 'sticker' }),
  contact,
  venue,
  location: (part) => place(part),
} as const satisfies Record<string, Reader>;
const kinds = Object.keys(readers) as (keyof typeof readers)[];

/** https://core.telegram.org/bots/api#message: what is no word of the person's to us. */
const service = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'connected_website',
  'chat_background_set',
  'proximity_alert_triggered',
  'users_shared',
  'chat_shared',
  'web_app_data',
  'passport_data',
  'successful_payment',
  'giveaway_created',
  'giveaway_winners',
  'giveaway_completed',
];

/** A command of the bot's menu is the global word that it names, whatever the language of its words. */
function words(text: string, say?: (key: string) => string): Said | null {
  const clean = cleanText(text).trim();
  const command = /^\/([a-z]+)(?:@\w+)?(?:\s|$)/.exec(clean)?.[1] ?? '';
  // A link of ours brought them, with the code of a linked conversation in it.
  const code = /^\/start(?:@\w+)?\s+([0-9]{8})$/.exec(clean)?.[1];
  if (code !== undefined) return { text: code };
  const word = Object.hasOwn(commandWords, command) ? commandWords[command] : undefined;
  if (word !== undefined && say) return { text: say(`telegram.command.${word}`), choice: `!/word/${word}` };
  return clean === '' ? null : { text: clean };
}

const fileShape = z.object({
  file_id: z.string().min(1).max(512),
  file_size: z.number().nonnegative().optional().catch(undefined),
  file_name: z.string().optional().catch(undefined),
});

/** Fetched later by its id; one that a bot cannot fetch is refused at once. */
function file(part: unknown, kind: string): Said | null {
  const read = fileShape.safeParse(part);
  if (!read.success) return null;
  const { file_id: id, file_size: size = 0, file_name: given = '' } = read.data;
  if (size > caps.downloadBytes) return { refused: [{ key: 'file_too_big', values: { max: megabytes } }] };
  const name = cleanFileName(given);
  const remote: RemoteFile = { name: name === '' ? kind : name, facts: { file: id } };
  return { remote: [remote] };
}

/** All sizes of one picture: the largest. */
function photo(part: Json): Said | null {
  const read = z.array(fileShape.extend({ width: z.number().catch(0), height: z.number().catch(0) })).safeParse(part);
  if (!read.success) return null;
  const [largest] = read.data.toSorted((a, b) => b.width * b.height - a.width * a.height);
  return largest ? file(largest, 'photo') : null;
}

/** Only one's own card says something about oneself. */
function contact(part: Json, person: number): Said | null {
  const read = z.object({ phone_number: z.string().max(32), user_id: z.number().optional() }).safeParse(part);
  if (!read.success) return null;
  const { phone_number: phone, user_id: owner } = read.data;
  const digits = phone.replace(/[^\d+]/g, '');
  if (owner !== person || digits === '') return { media: 'contact' };
  return { text: digits.startsWith('+') ? digits : `+${digits}` };
}

function venue(part: Json): Said | null {
  const read = z
    .object({ location: z.json(), title: z.string().catch(''), address: z.string().catch('') })
    .safeParse(part);
  if (!read.success) return null;
  return place(read.data.location, cleanText([read.data.title, read.data.address].filter(Boolean).join(', ')).trim());
}

function place(part: Json, label = ''): Said | null {
  const read = z
    .object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .safeParse(part);
  if (!read.success) return null;
  const { latitude: lat, longitude: lon } = read.data;
  return { location: { lat, lon, ...(label !== '' && { label }) } };
}

function joined(said: Said | null, more: Said): Said | null {
  return said && { ...said, ...more };
}

const megabytes = caps.downloadBytes / (1024 * 1024);

function isRecord(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
