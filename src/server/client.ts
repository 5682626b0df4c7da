// Turns Node's request into the one that channels know.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { ChannelRequest } from '../../channels/channel.js';

/** `hops`: how many proxies of ours stand in front (TRUST_PROXY). What further left in X-Forwarded-For stands is anybody's invention. */
export function clientIp(request: IncomingMessage, hops: number): string {
  const socket = request.socket.remoteAddress ?? '';
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const chain = [...forwarded.map((one) => one.trim()).filter((one) => isIP(one) !== 0), socket].reverse();
  return chain[Math.min(hops, chain.length - 1)] ?? socket;
}

/** Path, query and headers as plain strings; of a repeated query key the first counts, repeated headers are joined. */
export function describe(
  request: IncomingMessage,
  hops: number,
  params: Record<string, string>,
): Omit<ChannelRequest, 'body' | 'stream'> {
  const url = new URL(request.url ?? '/', 'http://local');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    params,
    query: record([...url.searchParams].reverse()),
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
