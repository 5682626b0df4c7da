// Tokens: made at the first message, refreshed before they end, taken up again after a reload.
import { storage } from './storage.js';
import type { Session } from './storage.js';

export const api = '/v3/directline';

/** The server does not know this conversation any more; a new one must be started. */
export class SessionLost extends Error {}

interface Grant {
  conversationId: string;
  token: string;
  expires_in: number;
  resume: string;
}

let session: Session | null = storage.session();

export const conversationId = (): string | null => session?.conversation ?? null;

export function dropSession(): void {
  session = null;
  storage.keepSession(null);
}

/** A token that lives a minute longer at least. Network faults reject with TypeError, as fetch does. */
export async function liveToken(): Promise<Session> {
  if (session === null) return keep(await grant('generate', null));
  if (session.expires - Date.now() > 60_000) return session;
  return keep(await grant('refresh', session.resume));
}

/** Asks the server with a token; an expired one is refreshed once. */
export async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const first = await callOnce(path, init);
  if (first.status !== 401 && first.status !== 403) return first;
  if (session !== null) session = { ...session, expires: 0 };
  return callOnce(path, init);
}

async function callOnce(path: string, init: RequestInit): Promise<Response> {
  const { token } = await liveToken();
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  return fetch(api + path, { ...init, headers });
}

async function grant(what: 'generate' | 'refresh', bearer: string | null): Promise<Grant> {
  const response = await fetch(`${api}/tokens/${what}`, {
    method: 'POST',
    ...(bearer === null ? {} : { headers: { authorization: `Bearer ${bearer}` } }),
  });
  if (response.ok) return (await response.json()) as Grant;
  if (what === 'refresh' && response.status >= 400 && response.status < 429) throw new SessionLost();
  throw new TypeError(`token ${response.status}`);
}

function keep(given: Grant): Session {
  session = {
    conversation: given.conversationId,
    token: given.token,
    expires: Date.now() + given.expires_in * 1_000,
    resume: given.resume,
  };
  storage.keepSession(session);
  return session;
}
