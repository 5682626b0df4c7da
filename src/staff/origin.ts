// Where a write comes from: the console's own pages, or nowhere a browser would name.
import type { ChannelRequest } from '../../channels/channel.js';
import { parseUrl } from '../url.js';

/**
 * True when the browser says that the request comes from our own pages: `Origin` is that of PUBLIC_URL or of the host it was sent to.
 * A client that is no browser sends neither header; it is held by session and token alone.
 */
export function fromOurPages(request: ChannelRequest, publicUrl: string | null): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.headers['origin'];
  if (origin === undefined) return true;
  const from = parseUrl(origin);
  if (from === null) return false;
  if (publicUrl !== null && from.origin === new URL(publicUrl).origin) return true;
  return from.host === request.headers['host'];
}
