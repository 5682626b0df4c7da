// Fetches what people attached: by its signed address, of Meta's hosts only, without our token.
import type { Fetched, RemoteFile } from '../channel.js';
import type { Graph } from '../common/graph.js';
import { limits } from './limits.js';

const tooBig: Fetched = {
  result: 'refused',
  refused: 'file_too_big',
  values: { max: Math.floor(limits.fileBytes / 1024 / 1024) },
};
/** The person sends it again: the one at Meta is gone or cannot be had. */
const gone: Fetched = { result: 'refused', refused: 'file_unreadable' };

export async function fetchMedia(graph: Graph, { facts }: RemoteFile): Promise<Fetched> {
  const url = facts['url'] ?? '';
  if (!graph.trusts(url)) return gone;
  const loaded = await graph.fetch(url, limits.fileBytes);
  if (!loaded.ok) return loaded.why === 'too_large' ? tooBig : { result: 'later' };
  // A signed address that ran out answers 403.
  if ([403, 404, 410].includes(loaded.status)) return gone;
  return loaded.status === 200 ? { result: 'bytes', bytes: loaded.body } : { result: 'later' };
}
