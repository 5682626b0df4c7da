// Knows browsers from which an account was signed in to before, so that strangers' tries never lock its owner out.
import type { ChannelRequest } from '../../channels/channel.js';

/** A browser that was not used for this long is a stranger again. */
const LIFE_SECONDS = 180 * 86_400;

export interface DeviceDeps {
  /** Keyed hash: what it signs nobody else can make up. */
  hash: (value: string) => string;
  randomToken: () => string;
  https: boolean;
}

/** The cookie that a browser gets with a sign-in; it opens nothing (OWASP Authentication Cheat Sheet, device cookies). */
export function deviceCookie(deps: DeviceDeps, login: string): string {
  const device = deps.randomToken();
  const value = `${device}.${signature(deps, login, device)}`;
  const parts = [`${cookieName(deps)}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${LIFE_SECONDS}`];
  return (deps.https ? [...parts, 'Secure'] : parts).join('; ');
}

/** The id of the browser when it was given to it for this login; null for every other. */
export function deviceOf(deps: DeviceDeps, request: ChannelRequest, login: string): string | null {
  const given = new RegExp(`(?:^|; *)${cookieName(deps)}=([\\w-]{43})\\.([0-9a-f]{64})(?:;|$)`);
  const [, device = '', signed = ''] = given.exec(request.headers['cookie'] ?? '') ?? [];
  // Hashes are compared, not secrets: a stranger cannot choose what is hashed so that time would tell something.
  return device !== '' && deps.hash(signed) === deps.hash(signature(deps, login, device)) ? device : null;
}

function signature(deps: DeviceDeps, login: string, device: string): string {
  return deps.hash(`device|${login}|${device}`);
}

function cookieName({ https }: DeviceDeps): string {
  return https ? '__Host-sila_device' : 'sila_device';
}
