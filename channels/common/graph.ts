// Speaks to the Graph API: one place that knows its address, its token and where the token may go.
import { z } from 'zod';
import { parseJson } from '../common/json.js';
import { call, type HttpRequest, type HttpResult } from '../common/http-client.js';
import { caps } from './limits.js';

export type GraphAnswer =
  /** `body` is undefined when it was no JSON. `retryAfter` in milliseconds. */
  { ok: true; status: number; body: unknown; retryAfter?: number } | Extract<HttpResult, { ok: false }>;

export class Graph {
  private readonly base: string;

  /** `base`: with version, e.g. https://graph.facebook.com/v24.0. `timeout`: milliseconds of one send. */
  constructor(
    base: string,
    private readonly token: string,
    readonly timeout: number,
  ) {
    this.base = base.replace(/\/+$/, '');
  }

  post(path: string, body: object, timeout: number): Promise<GraphAnswer> {
    const headers = { 'content-type': 'application/json' };
    return this.exchange(path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      timeout,
      most: caps.answerBytes,
    });
  }

  upload(path: string, form: FormData): Promise<GraphAnswer> {
    return this.exchange(path, { method: 'POST', body: form, timeout: caps.mediaTimeout, most: caps.answerBytes });
  }

  get(path: string): Promise<GraphAnswer> {
    return this.exchange(path, { timeout: this.timeout, most: caps.answerBytes });
  }

  /** Bytes of a medium; only from Meta's hosts, for the request carries the token. */
  download(url: string, most: number): Promise<HttpResult> {
    return call(url, { headers: this.authorised({}), timeout: caps.mediaTimeout, most });
  }

  /** Whether the token may go there: to the API's own origin, and over TLS to the hosts that keep Meta's media. */
  trusts(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { origin, protocol, hostname, port, username, password } = new URL(url);
    if (username + password !== '') return false;
    if (origin === new URL(this.base).origin) return true;
    return protocol === 'https:' && port === '' && mediaHosts.test(hostname);
  }

  private async exchange(path: string, request: HttpRequest): Promise<GraphAnswer> {
    const result = await call(`${this.base}/${path}`, { ...request, headers: this.authorised(request.headers ?? {}) });
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
    return { ...headers, authorization: `Bearer ${this.token}` };
  }
}

/** Where the addresses of media that the Cloud API hands out lie. */
const mediaHosts = /^(lookaside\.fbsbx\.com|[a-z0-9.-]+\.(fbcdn\.net|fbsbx\.com|whatsapp\.net))$/;

/** The code of an error answer. */
export function codeOf(body: unknown): number | undefined {
  const read = z.object({ error: z.object({ code: z.number() }) }).safeParse(body);
  return read.success ? read.data.error.code : undefined;
}
