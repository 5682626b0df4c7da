// Fetches what people sent, and hands over what they are sent.
import { z } from 'zod';
import type { Fetched, RemoteFile } from '../channel.js';
import { call } from '../common/http-client.js';
import type { Bot } from './bot.js';
import { caps } from './limits.js';

const found = z.object({ file_path: z.string().min(1).max(1_024) });

/** By the file's id: first its path, which lives for an hour, then its bytes. */
export async function fetchFile(bot: Bot, { facts }: RemoteFile): Promise<Fetched> {
  const asked = await bot.client.call('getFile', { file_id: facts['file'] ?? '' }, caps.callTimeout);
  if (!asked.ok)
    return asked.why === 'refused' && asked.status === 400 ? refusedBy(asked.description) : { result: 'later' };
  const path = found.safeParse(asked.result);
  if (!path.success) return { result: 'later' };
  const url = `${bot.apiUrl}/file/bot${bot.token}/${path.data.file_path.split('/').map(encodeURIComponent).join('/')}`;
  const got = await call(url, { timeout: caps.downloadTimeout, most: caps.downloadBytes });
  if (!got.ok) return got.why === 'too_large' ? tooBig : { result: 'later' };
  return got.status === 200 ? { result: 'bytes', bytes: got.body } : { result: 'later' };
}

const tooBig: Fetched = {
  result: 'refused',
  refused: 'file_too_big',
  values: { max: caps.downloadBytes / (1024 * 1024) },
};

/** 400: an id that is too old or none of this bot's, or a file larger than a bot may fetch. It stays so. */
function refusedBy(description: string): Fetched {
  return /too big/i.test(description) ? tooBig : { result: 'refused', refused: 'file_unreadable' };
}
