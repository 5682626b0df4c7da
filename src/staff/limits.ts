// How often somebody may try to sign in: per network and per account, counted where all processes see it.
import { isIPv6 } from 'node:net';
import type { Counters } from '../store/contract.js';

/** Tries per window. */
export const SIGN_IN_LIMITS = {
  network: { most: 5, windowMs: 5 * 60_000 },
  account: { most: 10, windowMs: 15 * 60_000 },
} as const;

export interface LimitDeps {
  store: { counters: Pick<Counters, 'hit'> };
  /** Keyed hash: neither addresses nor logins stand in the store. */
  hash: (value: string) => string;
  now: () => number;
}

/**
 * Counts a try and says whether it may go on. Both counters are always hit, known login or not, so that the answer is the same for both;
 * counted before the password is looked at, so that parallel tries count too. A browser that signed in to this account before has a
 * counter of its own: neither strangers' tries nor colleagues behind the same address keep its owner out.
 */
export async function maySignIn(deps: LimitDeps, ip: string, login: string, device: string | null): Promise<boolean> {
  if (device !== null) return within(deps, 'account', `device|${device}`);
  const network = await within(deps, 'network', networkOf(ip));
  const account = await within(deps, 'account', login);
  return network && account;
}

/** The same limit for an account whose session is open: a stolen session must not try passwords freely. */
export function mayTryPassword(deps: LimitDeps, login: string): Promise<boolean> {
  return within(deps, 'account', login);
}

async function within(deps: LimitDeps, what: keyof typeof SIGN_IN_LIMITS, key: string): Promise<boolean> {
  const { most, windowMs } = SIGN_IN_LIMITS[what];
  const count = await deps.store.counters.hit(deps.hash(`sign-in|${what}|${key}`), windowMs, deps.now());
  return count <= most;
}

/** One person may hold a whole IPv6 /64, so that is what is counted; an IPv4 address in IPv6 clothes is itself. */
export function networkOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
