// Talks to /api/staff: JSON in and out, refusals as codes of a closed list.
import type { Refusal } from '../../answers.js';

/** What the API refuses with, and what can happen on the way to it. */
export type Fault = Refusal | 'offline' | 'failed';

export class ApiError extends Error {
  constructor(readonly fault: Fault) {
    super(fault);
    this.name = 'ApiError';
  }
}

/** The session's token, sent with every write; set from what sign-in and session answer. */
let token = '';
const signedOut = new Set<() => void>();

export function setToken(next: string): void {
  token = next;
}

/** Calls back when the API says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

export function get<T>(path: string, query: Record<string, string | number | undefined> = {}): Promise<T> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return ask<T>(search === '' ? path : `${path}?${search}`, { method: 'GET' });
}

export function post<T>(path: string, body: object = {}): Promise<T> {
  return ask<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sila-token': token },
    body: JSON.stringify(body),
  });
}

/** Sends the bytes of a file with its name. */
export function send<T>(path: string, file: File): Promise<T> {
  const headers = {
    'content-type': 'application/octet-stream',
    'x-sila-token': token,
    'x-file-name': encodeURIComponent(file.name),
  };
  return ask<T>(path, { method: 'POST', headers, body: file });
}

/** The code of whatever was thrown, for a sentence to show. */
export function faultOf(error: unknown): Fault {
  return error instanceof ApiError ? error.fault : 'failed';
}

/** An id for a write that must happen once. `randomUUID` exists in secure contexts only, a charity's LAN may be none. */
export function newClientId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** After this much time without a touch what the console asks for is no sign of somebody at the screen. */
const IDLE_AFTER_MS = 5 * 60_000;
let touchedAt = Date.now();
for (const sign of ['pointerdown', 'keydown', 'wheel'])
  addEventListener(sign, () => (touchedAt = Date.now()), { passive: true, capture: true });

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const idle = Date.now() - touchedAt > IDLE_AFTER_MS;
  const headers = new Headers(init.headers);
  if (idle) headers.set('x-sila-idle', '1');
  const asked = { ...init, headers, credentials: 'same-origin' } as const;
  const response = await fetch(`/api/staff${path}`, asked).catch(() => {
    throw new ApiError('offline');
  });
  const body = (await response.json().catch(() => null)) as { error?: { code?: Fault } } | null;
  if (response.ok && body !== null) return body as T;
  const fault = body?.error?.code ?? 'failed';
  if (fault === 'signed_out') signedOut.forEach((listener) => listener());
  throw new ApiError(fault);
}
