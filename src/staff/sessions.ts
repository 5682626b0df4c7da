// Sessions of staff: a random token in a cookie, its SHA-256 in the store, prolonged while it is used.
import { createHash } from 'node:crypto';
import type { ChannelRequest } from '../../channels/channel.js';
import type { StaffRow, StaffSession, StaffStore } from '../store/contract.js';

/** A session ends after this much time without use. */
export const SESSION_MS = 12 * 3_600_000;
/** It is prolonged at most once in this time, so that reading does not mean writing. */
const PROLONG_AFTER_MS = 15 * 60_000;

export interface SessionDeps {
  store: { staff: Pick<StaffStore, 'addSession' | 'session' | 'endSession' | 'byId'> };
  /** The console is reached over https: the cookie gets `Secure` and the `__Host-` prefix. */
  https: boolean;
  now: () => number;
  randomToken: () => string;
}

export interface SignedIn {
  staff: StaffRow;
  session: StaffSession;
  /** Present when the session was prolonged: the cookie to set again. */
  cookie?: string;
}

/** Opens a session under a token never seen before and gives the cookie that carries it. */
export async function openSession(deps: SessionDeps, staff: string): Promise<{ cookie: string; csrf: string }> {
  const token = deps.randomToken();
  const csrf = deps.randomToken();
  await deps.store.staff.addSession({
    tokenHash: tokenHash(token),
    staff,
    csrf,
    expiresAt: deps.now() + SESSION_MS,
  });
  return { cookie: cookie(deps.https, token, SESSION_MS), csrf };
}

/** Who is signed in with this request; null when nobody, or when the account was disabled since. */
export async function findSession(deps: SessionDeps, request: ChannelRequest): Promise<SignedIn | null> {
  const token = tokenOf(request, deps.https);
  if (token === null) return null;
  const session = await deps.store.staff.session(tokenHash(token), deps.now());
  if (session === null) return null;
  const staff = await deps.store.staff.byId(session.staff);
  if (staff === null || staff.disabledAt !== null) return null;
  return prolong(deps, token, { staff, session });
}

/** Ends the session that the request carries, if any, and gives the cookie that clears it. */
export async function endSession(deps: SessionDeps, request: ChannelRequest): Promise<string> {
  const token = tokenOf(request, deps.https);
  if (token !== null) await deps.store.staff.endSession(tokenHash(token));
  return cookie(deps.https, '', 0);
}

async function prolong(deps: SessionDeps, token: string, found: SignedIn): Promise<SignedIn> {
  const expiresAt = deps.now() + SESSION_MS;
  if (expiresAt - found.session.expiresAt < PROLONG_AFTER_MS) return found;
  const session = { ...found.session, expiresAt };
  await deps.store.staff.addSession(session);
  return { staff: found.staff, session, cookie: cookie(deps.https, token, SESSION_MS) };
}

function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function cookieName(https: boolean): string {
  return https ? '__Host-sila_staff' : 'sila_staff';
}

function cookie(https: boolean, token: string, lifeMs: number): string {
  const parts = [`${cookieName(https)}=${token}`, 'Path=/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${lifeMs / 1000}`];
  return (https ? [...parts, 'Secure'] : parts).join('; ');
}

function tokenOf(request: ChannelRequest, https: boolean): string | null {
  const prefix = `${cookieName(https)}=`;
  const found = (request.headers['cookie'] ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix));
  const token = found?.slice(prefix.length) ?? '';
  return /^[\w-]{43}$/.test(token) ? token : null;
}
