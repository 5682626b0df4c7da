// Speaks to Meta's Graph API: one place that knows its address, its token and where the token may go.
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { parseUrl } from '../../src/url.js';
import { parseJson } from './json.js';
import { call, type HttpRequest, type HttpResult } from './http-client.js';

export type GraphAnswer =
  /** `body` is undefined when it was no JSON. `retryAfter` in milliseconds. */
  { ok: true; status: number; body: unknown; retryAfter?: number } | Extract<HttpResult, { ok: false }>;

export interface GraphOptions {
  /** With version, e.g. https://graph.facebook.com/v24.0. */
  base: string;
  token: string;
  /** Hosts, reached over TLS, where the product's media lie. */
  mediaHosts: RegExp;
  /** Proves with every request that it is the app's own (https://developers.facebook.com/docs/graph-api/guides/secure-requests). */
  appSecret?: string;
  /** Milliseconds of one exchange, and of one with a file. */
  timeout: number;
  mediaTimeout: number;
  /** Most bytes of an answer. */
  answerBytes: number;
}

export class Graph {
  private readonly base: string;
  private readonly proof: string;

  constructor(private readonly options: GraphOptions) {
    this.base = options.base.replace(/\/+$/, '');
    const { appSecret, token } = options;
    this.proof = appSecret === undefined ? '' : createHmac('sha256', appSecret).update(token).digest('hex');
  }

  /** `timeout`: milliseconds, where it is not the usual one. */
  post(path: string, body: object, timeout = this.options.timeout): Promise<GraphAnswer> {
    const headers = { 'content-type': 'application/json' };
    const { answerBytes: most } = this.options;
    return this.exchange(path, { method: 'POST', headers, body: JSON.stringify(body), timeout, most });
  }

  upload(path: string, form: FormData): Promise<GraphAnswer> {
    const { mediaTimeout: timeout, answerBytes: most } = this.options;
    return this.exchange(path, { method: 'POST', body: form, timeout, most });
  }

  get(path: string): Promise<GraphAnswer> {
    const { timeout, answerBytes: most } = this.options;
    return this.exchange(path, { timeout, most });
  }

  /** Bytes of a medium; only from Meta's hosts, for the request carries the token. */
  download(url: string, most: number): Promise<HttpResult> {
    return call(url, { headers: this.authorised({}), timeout: this.options.mediaTimeout, most });
  }

  /** Bytes that need no token: their address is signed. Asked of Meta's hosts only. */
  fetch(url: string, most: number): Promise<HttpResult> {
    return call(url, { timeout: this.options.mediaTimeout, most });
  }

  /** Whether the token may go there: to the API's own origin, and over TLS to the hosts that keep Meta's media. */
  trusts(url: string): boolean {
    const parsed = parseUrl(url);
    if (parsed === null) return false;
    const { origin, protocol, hostname, port, username, password } = parsed;
    if (username + password !== '') return false;
    if (origin === new URL(this.base).origin) return true;
    return protocol === 'https:' && port === '' && this.options.mediaHosts.test(hostname);
  }

  private async exchange(path: string, request: HttpRequest): Promise<GraphAnswer> {
    const proof = this.proof === '' ? '' : `${path.includes('?') ? '&' : '?'}appsecret_proof=${this.proof}`;
    const headers = this.authorised(request.headers ?? {});
    const result = await call(`${this.base}/${path}${proof}`, { ...request, headers });
    if (!result.ok) return result;
    const parsed = parseJson(result.body);
    const seconds = Number(result.headers.get('retry-after') ?? NaN);
    return {
      ok: true,
      status: result.status,
      body: parsed.ok ? parsed.value : undefined,
      ...(Number.isFinite(seconds) && seconds >= 0 && { retryAfter: seconds * 1000 }),
    };
  }

  private authorised(headers: Readonly<Record<string, string>>): Record<string, string> {
    return { ...headers, authorization: `Bearer ${this.options.token}` };
  }
}

/** The code of an error answer. */
export function codeOf(body: unknown): number | undefined {
  const read = z.object({ error: z.object({ code: z.number() }) }).safeParse(body);
  return read.success ? read.data.error.code : undefined;
}
