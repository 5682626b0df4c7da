// Fetches what people attached: from the service that their channel's token was signed for, or by a signed address of a host that it uses.
import type { Fetched, RemoteFile } from '../channel.js';
import { parseUrl } from '../../src/url.js';
import { call } from '../common/http-client.js';
import type { AppToken } from './app-token.js';
import { rowOf } from './azure-channels.js';
import { caps, limits } from './limits.js';

const tooBig: Fetched = {
  result: 'refused',
  refused: 'file_too_big',
  values: { max: Math.floor(limits.fileBytes / 1024 / 1024) },
};
/** The person sends it again: this one cannot be had. */
const gone: Fetched = { result: 'refused', refused: 'file_unreadable' };

/** `token`: null where nothing is proven, on one's own machine. */
export async function fetchFile({ facts }: RemoteFile, token: AppToken | null): Promise<Fetched> {
  const { url = '', service = '', channel = '' } = facts;
  const from = placeOf(url, service, channel);
  if (from === null) return gone;
  const answer = from === 'service' && token ? await token.get() : null;
  if (answer && !answer.ok) return { result: 'later' };
  const headers = answer ? { authorization: `Bearer ${answer.token}` } : {};
  const loaded = await call(url, { headers, timeout: caps.mediaTimeout, most: limits.fileBytes });
  if (!loaded.ok) return loaded.why === 'too_large' ? tooBig : { result: 'later' };
  // A signed address that ran out answers 403.
  if ([403, 404, 410].includes(loaded.status)) return gone;
  return loaded.status === 200 ? { result: 'bytes', bytes: loaded.body } : { result: 'later' };
}

/** `service`: the token may go there, as it does with every answer. `signed`: without it. Null: nothing is asked there. */
function placeOf(url: string, service: string, channel: string): 'service' | 'signed' | null {
  const place = parseUrl(url);
  const home = parseUrl(service);
  if (place === null || home === null) return null;
  const { origin, protocol, hostname, port, username, password } = place;
  if (username + password !== '') return null;
  if (origin === home.origin) return 'service';
  if (protocol !== 'https:' || port !== '') return null;
  return rowOf(channel).media?.test(hostname) === true ? 'signed' : null;
}
