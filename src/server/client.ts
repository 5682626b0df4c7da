// Turns Node's request into the one that channels know.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { ChannelRequest } from '../../channels/channel.js';
import { parseUrl } from '../url.js';

/** `hops`: how many proxies of ours stand in front (TRUST_PROXY). What further left in X-Forwarded-For stands is anybody's invention. */
export function clientIp(request: IncomingMessage, hops: number): string {
  const socket = request.socket.remoteAddress ?? '';
  const forwarded = String(request.headers['x-forwarded-for'] ?? '');
  const chain = forwarded === '' ? [socket] : [socket, ...forwarded.split(',').reverse()];
  // An entry that is no address keeps its place: were it left out, an invention would move up into it.
  const trusted = chain.slice(0, hops + 1).map(addressOf);
  return trusted.findLast((one) => one !== null) ?? socket;
}

/** True when somebody in front passed the request on. */
export function isForwarded({ headers }: IncomingMessage): boolean {
  return ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
}

/** Some proxies add the port: `203.0.113.9:443`, `[2001:db8::1]:443`. */
function addressOf(entry: string): string | null {
  const text = entry.trim();
  const bare = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text;
  return isIP(bare) === 0 ? null : bare;
}

/** What is asked for, always as a path of ours; null when the request line names no such thing (RFC 9112, 3.2). */
export function urlOf({ url = '/', headersDistinct }: IncomingMessage): URL | null {
  // Two hosts: whoever stands in front may have read the other one.
  if ((headersDistinct['host']?.length ?? 0) > 1) return null;
  return parseUrl(url.startsWith('/') ? `http://local${url}` : url);
}

/** Path, query and headers as plain strings; of a repeated query key the first counts, repeated headers are joined. */
export function describe(
  request: IncomingMessage,
  hops: number,
  params: Record<string, string>,
): Omit<ChannelRequest, 'body' | 'stream'> {
  const url = urlOf(request);
  return {
    method: request.method ?? 'GET',
    path: url?.pathname ?? '',
    params,
    query: record([...(url?.searchParams ?? [])].reverse()),
    headers: record(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    ip: clientIp(request, hops),
  };
}

/** Without a prototype, so that no name of a stranger means anything. */
function record(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  const made = Object.create(null) as Record<string, string>;
  for (const [key, value] of pairs) made[key] = value;
  return made;
}
