// What people attach: files that lie with the service or under a signed address, a place, or something that no step asks for.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import type { Incoming, RemoteFile } from '../channel.js';
import { cleanFileName } from '../common/text.js';
import { caps } from './limits.js';

export type Said = Partial<Pick<Incoming, 'text' | 'choice' | 'remote' | 'refused' | 'location' | 'media' | 'unsent'>>;

interface Attached {
  attachments: readonly Json[];
  entities: readonly Json[];
  serviceUrl: string;
  channelId: string;
}

const attachment = z.object({
  contentType: z.string().catch(''),
  contentUrl: z.string().optional().catch(undefined),
  name: z.string().catch(''),
  content: z.json().optional().catch(undefined),
});
/** A file of Teams: its own address needs a person's token, this one is signed. */
const TEAMS_FILE = 'application/vnd.microsoft.teams.file.download.info';
const download = z.object({ downloadUrl: z.string() });
const place = z.object({
  type: z.literal('Place'),
  name: z.string().catch(''),
  geo: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
});

/** What channels add to words by themselves: cards with the preview of a link, what Slack knows of the message. */
const BESIDE = /^application\/(json$|vnd\.microsoft\.(teams\.)?card\.)/;

/** `words`: whether any were written beside them. `service` and `channel` go along, for they say where a file may be fetched. */
export function attached(
  { attachments, entities, serviceUrl: service, channelId: channel }: Attached,
  words: boolean,
): Said {
  const told = words ? attachments.filter((one) => !isBeside(one)) : attachments;
  const all = told.slice(0, caps.files).map((one) => saidWith(one, service, channel));
  const remote = all.flatMap((one) => one.remote ?? []);
  const refused = all.flatMap((one) => one.refused ?? []);
  const named = all.find(({ media }) => media !== undefined);
  return {
    ...placeIn(entities),
    ...(remote.length > 0 && { remote }),
    ...(refused.length > 0 && { refused }),
    ...(named?.media !== undefined && { media: named.media }),
  };
}

function isBeside(value: Json): boolean {
  return BESIDE.test(attachment.safeParse(value).data?.contentType ?? '');
}

function saidWith(value: Json, service: string, channel: string): Said {
  const read = attachment.safeParse(value);
  if (!read.success) return { media: 'unknown' };
  const { contentType, contentUrl, name, content } = read.data;
  // Teams sends formatted words twice, as text and as this.
  if (contentType === 'text/html') return {};
  if (contentType.startsWith('video')) return { media: 'video' };
  const signed = contentType === TEAMS_FILE ? download.safeParse(content).data?.downloadUrl : undefined;
  const url = signed ?? contentUrl;
  if (url === undefined) return { media: 'unknown' };
  // Files that lie in the address itself, and endless addresses: they are sent again as files.
  if (url.length > caps.address || url.startsWith('data:')) return { refused: [{ key: 'file_unreadable' }] };
  const kind = contentType.split('/')[0] ?? '';
  const isVoice = kind === 'audio';
  const label = cleanFileName(name) || (isVoice ? 'voice' : kind) || 'file';
  const remote: RemoteFile = { name: label, facts: { url, service, channel } };
  return { remote: [remote], ...(isVoice && { media: 'voice' }) };
}

function placeIn(entities: readonly Json[]): Said {
  const found = entities.map((one) => place.safeParse(one)).find(({ success }) => success)?.data;
  if (!found) return {};
  const { latitude: lat, longitude: lon } = found.geo;
  const label = cleanFileName(found.name);
  return { location: { lat, lon, ...(label !== '' && { label }) } };
}
