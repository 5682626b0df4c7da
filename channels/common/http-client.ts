// Speaks HTTP to a provider: within a time, up to a size, and never on to another address with what is secret.

export interface HttpRequest {
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array | FormData;
  /** Milliseconds for the whole exchange. */
  timeout: number;
  /** Most bytes of an answer. */
  most: number;
  /** Ends the request early. */
  signal?: AbortSignal;
}

/** `sent`: whether the provider may have taken the request. `too_large` and `redirected` come with an answer, which is not read. */
export type HttpResult =
  | { ok: true; status: number; headers: Headers; body: Buffer }
  | { ok: false; why: 'unreachable'; sent: 'no' }
  | { ok: false; why: 'broken' | 'timeout' | 'too_large' | 'redirected'; sent: 'maybe' };

/** Never rejects. Any status is an answer, but a redirect is not followed: it would carry the token along. */
export async function call(url: string, request: HttpRequest): Promise<HttpResult> {
  const { method = 'GET', headers = {}, body, timeout, most, signal } = request;
  const late = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([late, signal]) : late,
      ...(body !== undefined && { body }),
    });
    if (response.status >= 300 && response.status < 400) return await refuse(response, 'redirected');
    const bytes = await readUpTo(response, most);
    if (bytes === null) return { ok: false, why: 'too_large', sent: 'maybe' };
    return { ok: true, status: response.status, headers: response.headers, body: bytes };
  } catch (error) {
    if (late.aborted) return { ok: false, why: 'timeout', sent: 'maybe' };
    return neverLeft(error)
      ? { ok: false, why: 'unreachable', sent: 'no' }
      : { ok: false, why: 'broken', sent: 'maybe' };
  }
}

/** Codes of faults before a byte of the request went out. */
const unsent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Whether this fault (or what caused it) came before anything was sent. */
export function neverLeft(error: unknown): boolean {
  for (let fault = error, depth = 0; fault instanceof Error && depth < 4; fault = fault.cause, depth++) {
    const { code } = fault as { code?: unknown };
    if (typeof code === 'string' && unsent.has(code)) return true;
    // Every address of a name was tried.
    if (fault instanceof AggregateError && fault.errors.length > 0) return fault.errors.every(neverLeft);
  }
  return false;
}

async function refuse(response: Response, why: 'redirected'): Promise<HttpResult> {
  await response.body?.cancel();
  return { ok: false, why, sent: 'maybe' };
}

/** Null when there is more; the rest is not fetched. */
async function readUpTo(response: Response, most: number): Promise<Buffer | null> {
  const { body } = response;
  if (Number(response.headers.get('content-length') ?? 0) > most) {
    await body?.cancel();
    return null;
  }
  if (!body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const stream: AsyncIterable<Uint8Array> = body;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
