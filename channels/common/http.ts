// Small helpers that adapters share when they speak HTTP.
import type { ChannelRequest, ChannelResponse } from '../channel.js';

/** An error answer: a stable code and one technical sentence for developers; nothing of the request is repeated. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): ChannelResponse {
  return { status, headers: { 'cache-control': 'no-store', ...headers }, body: { error: { code, message } } };
}

/** The token of an `Authorization: Bearer` header, or null. */
export function bearer(request: ChannelRequest): string | null {
  const match = /^Bearer +(\S+)$/i.exec(request.headers['authorization'] ?? '');
  return match?.[1] ?? null;
}

/** What limits count an address by: IPv4 as it is, IPv6 by its /64, because one household owns all of it. */
export function ipKey(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.toLowerCase().replace(/%.*$/, '').split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = ip.includes('::') ? [...left, ...zeros(8 - left.length - right.length), ...right] : left;
  return groups.slice(0, 4).map(trimZeros).join(':') + '::/64';
}

const zeros = (n: number): string[] => Array.from({ length: Math.max(0, n) }, () => '0');
const trimZeros = (group: string): string => group.replace(/^0+(?=.)/, '');
