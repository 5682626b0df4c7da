// What people attach: pictures, sounds and documents are fetched later by their signed address; other kinds are named.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import { parseUrl } from '../../src/url.js';
import type { Incoming, RemoteFile } from '../channel.js';
import { cleanFileName } from '../common/text.js';
import type { Say } from './translate-in.js';

export type Said = Partial<Pick<Incoming, 'text' | 'choice' | 'remote' | 'location' | 'media' | 'unsent'>>;

/** Most files of one message; what is over is not fetched. */
const MOST = 20;

const file = z.object({
  type: z.enum(['image', 'audio', 'file']),
  payload: z.object({
    url: z.string().min(1).max(2_048),
    sticker_id: z.number().optional().catch(undefined),
  }),
});
const place = z.object({
  type: z.literal('location'),
  payload: z.object({
    coordinates: z.object({ lat: z.number().min(-90).max(90), long: z.number().min(-180).max(180) }),
  }),
});
const other = z.object({ type: z.string() });

/** Somebody named us in their story: they are thanked where nobody else reads, and go on where they were. */
const MENTIONS = new Set(['story_mention', 'mention']);

/** What Meta adds to words by itself: the preview of a link, the post that was shared along. */
const PREVIEWS = new Set(['fallback', 'share', 'template']);

/** `words`: what was written beside them, or nothing. */
export function attached(attachments: readonly Json[], words: string, say: Say): Said {
  const told = words === '' ? attachments : attachments.filter((one) => !isBeside(kindOf(one)));
  const all = told.slice(0, MOST).map((one) => saidWith(one, say));
  const remote = all.flatMap((one) => one.remote ?? []);
  const [named = {}] = all.filter((one) => one.remote === undefined);
  const voice = all.find(({ media }) => media === 'voice');
  return { ...named, ...(remote.length > 0 && { remote }), ...(voice && { media: 'voice' }) };
}

function saidWith(attachment: Json, say: Say): Said {
  const read = file.safeParse(attachment);
  if (read.success) return fileOf(read.data);
  const where = place.safeParse(attachment);
  if (where.success) {
    const { lat, long: lon } = where.data.payload.coordinates;
    return { location: { lat, lon } };
  }
  const kind = kindOf(attachment);
  if (MENTIONS.has(kind)) return { text: say('messenger.mentioned'), choice: '!/mention' };
  return { media: kind === 'video' || kind === 'ig_reel' || kind === 'reel' ? 'video' : 'unknown' };
}

function kindOf(attachment: Json): string {
  return other.safeParse(attachment).data?.type ?? '';
}

/** Says nothing more where there are words. */
function isBeside(kind: string): boolean {
  return MENTIONS.has(kind) || PREVIEWS.has(kind);
}

function fileOf({ type, payload: { url, sticker_id: sticker } }: z.infer<typeof file>): Said {
  if (sticker !== undefined) return { media: 'sticker' };
  const remote: RemoteFile = { name: nameOf(url) || (type === 'audio' ? 'voice' : type), facts: { url } };
  return { remote: [remote], ...(type === 'audio' && { media: 'voice' }) };
}

/** The last part of an address, when it looks like a file's name. */
function nameOf(url: string): string {
  const last = parseUrl(url)?.pathname.split('/').at(-1) ?? '';
  if (!/\.[a-z0-9]{1,5}$/i.test(last)) return '';
  try {
    return cleanFileName(decodeURIComponent(last));
  } catch {
    return '';
  }
}
