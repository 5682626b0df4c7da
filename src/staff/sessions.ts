// Sessions of staff: a random token in a cookie, its SHA-256 in the store, ended by time and by idleness.
import { createHash } from 'node:crypto';
import type { ChannelRequest } from '../../channels/channel.js';
import type { StaffRow, StaffSession, StaffStore } from '../store/contract.js';

/** A session ends after this much time, however it is used: a working day. */
export const SESSION_MS = 12 * 3_600_000;
/** And after this much time in which nobody did anything. */
export const IDLE_MS = 2 * 3_600_000;
/** It is prolonged at most once in this time, so that reading does not mean writing. */
const PROLONG_AFTER_MS = 10 * 60_000;
/** The console says with it that nobody is at the screen: it only keeps itself up to date. */
export const IDLE_HEADER = 'x-sila-idle';

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
}

/** Opens a session under a token never seen before and gives the cookie that carries it. */
export async function openSession(deps: SessionDeps, staff: string): Promise<{ cookie: string; csrf: string }> {
  const token = deps.randomToken();
  const csrf = deps.randomToken();
  const startedAt = deps.now();
  const expiresAt = startedAt + IDLE_MS;
  await deps.store.staff.addSession({ tokenHash: tokenHash(token), staff, csrf, startedAt, expiresAt });
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
  return { staff, session: await prolong(deps, request, session) };
}

/** Ends the session that the request carries, if any, and gives the cookie that clears it. */
export async function endSession(deps: SessionDeps, request: ChannelRequest): Promise<string> {
  const token = tokenOf(request, deps.https);
  if (token !== null) await deps.store.staff.endSession(tokenHash(token));
  return cookie(deps.https, '', 0);
}

async function prolong(deps: SessionDeps, request: ChannelRequest, session: StaffSession): Promise<StaffSession> {
  if (request.headers[IDLE_HEADER] !== undefined) return session;
  const expiresAt = Math.min(deps.now() + IDLE_MS, session.startedAt + SESSION_MS);
  if (expiresAt - session.expiresAt < PROLONG_AFTER_MS) return session;
  const prolonged = { ...session, expiresAt };
  await deps.store.staff.addSession(prolonged);
  return prolonged;
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
